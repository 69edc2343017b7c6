// Load for server.js: agents that talk in rooms. Prints one line of JSON.
//
// usage: node load.js PORT SERVER_PID AGENTS PER_ROOM MESSAGES_PER_SECOND WARM_UP_PER_SECOND SECONDS
//
// An agent speaks Socket.IO's protocol over a bare WebSocket and reads from a message only its moment,
// so that it costs the machine, which it shares with the server, as little as can be. Whoever speaks
// hears itself, and the server acknowledges what is stored. Times in milliseconds.
import { readFileSync } from 'node:fs';
import WebSocket from 'ws';

const [port, server, agents, perRoom, perSecond, warmUpPerSecond, seconds] = process.argv
  .slice(2)
  .map(Number);
const MARK = '"body":"';
const STAMP_DIGITS = 19;
const TAIL = ' request worker finished compiled module retrying connection in ms cache hit for user';
const WARM_UP_SECONDS = 4;
const CATCH_UP_MILLIS = 10_000;
const JOINING = 50;
const NANOS_PER_TICK = 10_000_000;

const now = () => process.hrtime.bigint();
const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const rooms = agents / perRoom;
const sockets = [];
let delivered = 0;
let acknowledged = 0;
let deliveries = [];
let acknowledgements = [];

function connect(number) {
  return new Promise((done, failed) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    const waiting = new Map();
    let next = 1;
    socket.say = (due) => {
      const id = next++;
      waiting.set(id, due);
      socket.send(`42${id}["say","${due.toString().padStart(STAMP_DIGITS, '0')}${TAIL}"]`);
    };
    socket.on('error', failed);
    socket.on('message', (data) => {
      const text = data.toString('latin1');
      if (text.startsWith('42')) heard(text);
      else if (text[0] === '0') socket.send('40');
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40')) socket.send(`420["join","room-${number % rooms}"]`);
      else if (text.startsWith('430')) done(socket);
      else if (text.startsWith('43')) stored(waiting, Number(text.slice(2, text.indexOf('['))));
    });
  });
}

function heard(text) {
  const from = text.indexOf(MARK) + MARK.length;
  delivered++;
  deliveries.push(Number(now() - BigInt(text.slice(from, from + STAMP_DIGITS))) / 1e6);
}

function stored(waiting, id) {
  acknowledged++;
  acknowledgements.push(Number(now() - waiting.get(id)) / 1e6);
  waiting.delete(id);
}

/** Lets the agents talk in turn at an even rate by the clock, whatever becomes of the messages. */
async function talk(rate, duration) {
  const begin = now();
  const messages = Math.round(rate * duration);
  const expected = [delivered + messages * perRoom, acknowledged + messages];
  for (let said = 0; said < messages; ) {
    const due = Math.min(messages, Math.floor((Number(now() - begin) / 1e9) * rate) + 1);
    for (; said < due; said++) {
      sockets[said % agents].say(begin + BigInt(Math.floor((said / rate) * 1e9)));
    }
    await sleep(1);
  }
  const patience = performance.now() + CATCH_UP_MILLIS;
  while (
    (delivered < expected[0] || acknowledged < expected[1]) &&
    performance.now() < patience
  ) {
    await sleep(1);
  }
  return expected[0] - delivered;
}

/** Processor time of the server so far, in nanoseconds. */
function serverTime() {
  const stat = readFileSync(`/proc/${server}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * NANOS_PER_TICK;
}

for (let i = 0; i < agents; i += JOINING) {
  const some = Array.from({ length: Math.min(JOINING, agents - i) }, (_, n) => connect(i + n));
  sockets.push(...(await Promise.all(some)));
}
await talk(warmUpPerSecond, WARM_UP_SECONDS);
delivered = 0;
acknowledged = 0;
deliveries = [];
acknowledgements = [];
const [begin, used, own] = [now(), serverTime(), process.cpuUsage()];
const lost = await talk(perSecond, seconds);
const took = Number(now() - begin) / 1e9;
const served = serverTime() - used;
const { user, system } = process.cpuUsage(own);

function percentiles(values) {
  const sorted = Float64Array.from(values).sort();
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)];
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

const acks = percentiles(acknowledgements);
console.log(
  JSON.stringify({
    ...percentiles(deliveries),
    per_second: delivered / took,
    acknowledged_p50: acks.p50,
    acknowledged_p99: acks.p99,
    lost,
    server_cpu_micros: served / 1e3 / delivered,
    server_cores: served / 1e9 / took,
    load_cores: (user + system) / 1e6 / took,
  }),
);
process.exit(0);
