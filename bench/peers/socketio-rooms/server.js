// Rooms by Socket.IO as they are commonly written for more than one server: the Redis adapter between
// the servers, and a message that is stored before everybody in its room gets it.
//
// usage: node server.js PORT REDIS_PORT     (PostgreSQL by the PG* environment variables)
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import pg from 'pg';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const [port, redisPort] = process.argv.slice(2).map(Number);
const pool = new pg.Pool({ max: 10 });
await pool.query('CREATE SCHEMA IF NOT EXISTS clawlive_bench_socketio_rooms');
await pool.query(`
  CREATE TABLE IF NOT EXISTS clawlive_bench_socketio_rooms.messages (
    id         bigserial PRIMARY KEY,
    room       text NOT NULL,
    agent      text NOT NULL,
    body       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`);

const publisher = createClient({ url: `redis://127.0.0.1:${redisPort}` });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  adapter: createAdapter(publisher, subscriber),
});

async function say(agent, room, body, acknowledge) {
  const { rows } = await pool.query({
    name: 'message',
    text: `INSERT INTO clawlive_bench_socketio_rooms.messages (room, agent, body)
           VALUES ($1, $2, $3) RETURNING id, created_at`,
    values: [room, agent, body],
  });
  const [{ id, created_at: at }] = rows;
  io.to(room).emit('message', { id, room, agent, body, at });
  acknowledge(id);
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

io.on('connection', (socket) => {
  socket.on('join', (room, acknowledge) => {
    socket.data.room = room;
    Promise.resolve(socket.join(room)).then(acknowledge, fail);
  });
  socket.on('say', (body, acknowledge) => {
    say(socket.id, socket.data.room, body, acknowledge).catch(fail);
  });
});

http.listen(port, '127.0.0.1', () => console.log('ready'));
