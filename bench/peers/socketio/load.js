// Load for server.js. Prints one line of JSON.
//
// usage: node load.js PORT ingest PUBLISHERS IN_FLIGHT SECONDS
//        node load.js PORT fanout WATCHERS EVENTS_PER_SECOND SECONDS
//
// Publishers use the Socket.IO client. Watchers speak its protocol over a bare WebSocket and read
// from an event only its moment, so that they cost the machine, which they share with the server, as
// little as can be.
import { io } from 'socket.io-client';
import WebSocket from 'ws';

const [port, mode, ...numbers] = process.argv.slice(2);
const [first, second, seconds] = numbers.map(Number);
const url = `127.0.0.1:${port}`;
const STAMP = /"body":"(\d{19})/g;
const WARM_UP_SECONDS = 1;
const TAIL = ' request worker finished compiled module retrying connection in ms cache hit for user'
  .repeat(3)
  .slice(0, 154);

const now = () => process.hrtime.bigint();
const line = () => now().toString().padStart(19, '0') + TAIL;
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function connect() {
  return new Promise((done, failed) => {
    const socket = io(`http://${url}`, { transports: ['websocket'], forceNew: true });
    socket.on('connect', () => done(socket));
    socket.on('connect_error', failed);
  });
}

async function ingest(publishers, inFlight) {
  const sockets = await Promise.all(Array.from({ length: publishers }, connect));
  let acknowledged = 0;
  let running = true;
  sockets.forEach((socket, i) => {
    const next = () => {
      if (running) {
        socket.emit('publish', `room-${i}`, line(), () => {
          acknowledged++;
          next();
        });
      }
    };
    for (let n = 0; n < inFlight; n++) next();
  });
  await sleep(WARM_UP_SECONDS * 1000);
  const [before, begin] = [acknowledged, now()];
  await sleep(seconds * 1000);
  const perSecond = (acknowledged - before) / (Number(now() - begin) / 1e9);
  running = false;
  return { per_second: perSecond };
}

const room = `room-${now()}`;
let delivered = 0;
let latencies = [];

function watch() {
  return new Promise((done, failed) => {
    const socket = new WebSocket(`ws://${url}/socket.io/?EIO=4&transport=websocket`);
    socket.on('error', failed);
    socket.on('message', (data) => {
      const text = data.toString('latin1');
      if (text[0] === '0') socket.send('40');
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40')) socket.send(`420["join","${room}"]`);
      else if (text.startsWith('430')) done(socket);
      else if (text.startsWith('42')) received(text);
    });
  });
}

function received(text) {
  const moment = now();
  for (const [, stamp] of text.matchAll(STAMP)) {
    delivered++;
    latencies.push(Number(moment - BigInt(stamp)) / 1e6);
  }
}

/** Publishes at an even rate by the clock, whatever becomes of the events. */
async function pace(socket, perSecond, duration) {
  const begin = performance.now();
  const events = perSecond * duration;
  for (let sent = 0; sent < events; ) {
    const due = Math.min(events, ((performance.now() - begin) / 1000) * perSecond + 1);
    for (; sent < Math.floor(due); sent++) socket.emit('publish', room, line(), () => {});
    await sleep(1);
  }
  return events;
}

async function fanOut(watchers, perSecond) {
  for (let i = 0; i < watchers; i += 50) {
    await Promise.all(Array.from({ length: Math.min(50, watchers - i) }, watch));
  }
  const publisher = await connect();
  await pace(publisher, perSecond, WARM_UP_SECONDS);
  await sleep(2000);
  delivered = 0;
  latencies = [];
  const begin = now();
  const expected = (await pace(publisher, perSecond, seconds)) * watchers;
  for (let i = 0; i < 1000 && delivered < expected; i++) await sleep(10);
  const sorted = Float64Array.from(latencies).sort();
  return {
    per_second: delivered / (Number(now() - begin) / 1e9),
    missing: expected - delivered,
    p50: sorted[Math.floor(sorted.length * 0.5)],
    p99: sorted[Math.floor(sorted.length * 0.99)],
  };
}

const result = mode === 'ingest' ? await ingest(first, second) : await fanOut(first, second);
console.log(JSON.stringify(result));
process.exit(0);
