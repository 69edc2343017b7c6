// A Socket.IO server over PostgreSQL as such servers are commonly written: an event that comes in is
// stored, sent to everybody in its room and acknowledged.
//
// usage: node server.js PORT idiomatic|batched     (PostgreSQL by the PG* environment variables)
import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';

const [port, mode] = [Number(process.argv[2]), process.argv[3]];
const pool = new pg.Pool({ max: 10 });
await pool.query('CREATE SCHEMA IF NOT EXISTS clawlive_bench_socketio');
await pool.query(`
  CREATE TABLE IF NOT EXISTS clawlive_bench_socketio.events (
    id         bigserial PRIMARY KEY,
    room       text NOT NULL,
    body       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`);

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

/** One INSERT for one event, awaited. */
async function publishOne(room, body, acknowledge) {
  const { rows } = await pool.query({
    name: 'one',
    text: 'INSERT INTO clawlive_bench_socketio.events (room, body) VALUES ($1, $2) RETURNING id',
    values: [room, body],
  });
  io.to(room).emit('event', { id: rows[0].id, body });
  acknowledge(rows[0].id);
}

const waiting = [];
let writing = false;

/** While one INSERT is under way the next events gather; a room gets them as one message. */
function publishGathered(room, body, acknowledge) {
  waiting.push({ room, body, acknowledge });
  if (!writing) {
    writing = true;
    writeAll().catch(fail);
  }
}

async function writeAll() {
  while (waiting.length > 0) {
    const batch = waiting.splice(0, 1000);
    const { rows } = await pool.query({
      name: 'many',
      text: `INSERT INTO clawlive_bench_socketio.events (room, body)
             SELECT * FROM unnest($1::text[], $2::text[]) RETURNING id`,
      values: [batch.map((event) => event.room), batch.map((event) => event.body)],
    });
    const rooms = new Map();
    batch.forEach((event, i) => {
      if (!rooms.has(event.room)) rooms.set(event.room, []);
      rooms.get(event.room).push({ id: rows[i].id, body: event.body });
    });
    rooms.forEach((events, room) => io.to(room).emit('events', events));
    batch.forEach((event, i) => event.acknowledge(rows[i].id));
  }
  writing = false;
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

io.on('connection', (socket) => {
  socket.on('join', (room, acknowledge) => {
    socket.join(room);
    acknowledge();
  });
  socket.on('publish', (room, body, acknowledge) => {
    if (mode === 'batched') publishGathered(room, body, acknowledge);
    else publishOne(room, body, acknowledge).catch(fail);
  });
});

http.listen(port, '127.0.0.1', () => console.log('ready'));
