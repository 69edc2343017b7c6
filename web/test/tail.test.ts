import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code, ConnectError } from '@connectrpc/connect';
import type { Entry } from '../src/contract/entry.js';
import type { Event, StreamService, WatchResponse } from '../src/contract/wire.js';
import { Tail, type TailState } from '../src/session/tail.js';

function event(seq: number): Event {
  return {
    sequence: BigInt(seq),
    producerId: 'p',
    producerSequence: BigInt(seq),
    recordedAt: { seconds: 1n, nanos: 0 },
    payload: { case: 'log', value: { level: 2, module: 'm', line: `line ${seq}`, continued: false } },
  };
}

function events(first: number, last: number): WatchResponse {
  const list: Event[] = [];
  for (let seq = first; seq <= last; seq++) list.push(event(seq));
  return { events: list, mark: { case: undefined } };
}

function mark(name: 'caughtUp' | 'checkpoint' | 'ended', seq: number): WatchResponse {
  return { events: [], mark: { case: name, value: { sequence: BigInt(seq) } } };
}

const DROP = new ConnectError('connection lost', Code.Unavailable);

/** Plays one script a connection and keeps what was asked for; more connections than scripts are refused for good. */
async function run(...scripts: (WatchResponse | Error)[][]) {
  const asked: unknown[] = [];
  const got: Entry[] = [];
  const states: TailState[] = [];
  const recoveries: { arrived: number; removed: number }[] = [];
  const streams = {
    async *watch(request: { start: unknown }) {
      asked.push(request.start);
      for (const step of scripts.shift() ?? [new ConnectError('no more', Code.NotFound)]) {
        if (step instanceof Error) throw step;
        yield step;
      }
    },
  } as unknown as StreamService;
  const tail = new Tail(
    streams,
    'stream',
    { arrived: (entries) => got.push(...entries), changed: (state) => states.push(state), recovered: (missed) => recoveries.push(missed) },
    () => 0,
  );
  await tail.run(new AbortController().signal);
  return { tail, asked, states, recoveries, sequences: got.map((entry) => entry.seq), got };
}

test('a drop is resumed from the last event, and what comes twice is applied once', async () => {
  const { tail, asked, sequences, recoveries } = await run(
    [events(1, 3), mark('caughtUp', 3), events(4, 5), DROP],
    [events(4, 8), mark('caughtUp', 8), mark('ended', 8)],
  );
  assert.deepEqual(sequences, [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(asked[1], { case: 'afterSequence', value: 5n });
  assert.equal(tail.duplicatesDropped, 2);
  assert.equal(tail.applied, 8);
  assert.deepEqual(recoveries, [{ arrived: 3, removed: 0 }]);
});

test('a hole is not skipped: the page asks again from the last event before it', async () => {
  const { tail, asked, sequences } = await run([events(1, 2), events(5, 6)], [events(3, 6), mark('ended', 6)]);
  assert.deepEqual(sequences, [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(asked[1], { case: 'afterSequence', value: 2n });
  assert.equal(tail.holes, 1);
});

test('a checkpoint ahead of what arrived is a hole too', async () => {
  const { sequences, tail } = await run([events(1, 2), mark('checkpoint', 4)], [events(3, 4), mark('ended', 4)]);
  assert.deepEqual(sequences, [1, 2, 3, 4]);
  assert.equal(tail.holes, 1);
});

test('recovery is told only when the server says that everything has arrived', async () => {
  const { recoveries } = await run([events(1, 2), mark('caughtUp', 2), DROP], [events(3, 4), DROP], [events(5, 5), mark('caughtUp', 5), mark('ended', 5)]);
  assert.deepEqual(recoveries, [{ arrived: 3, removed: 0 }]);
});

test('events that retention removed stand as a gap, not as missed in silence', async () => {
  const { got, recoveries } = await run(
    [events(1, 2), mark('caughtUp', 2), DROP],
    [
      { events: [], mark: { case: 'gap', value: { firstSequence: 1n, lastSequence: 6n } } },
      events(7, 7),
      mark('caughtUp', 7),
      mark('ended', 7),
    ],
  );
  const gap = got.find((entry) => entry.kind === 'gap');
  assert.equal(gap?.seq, 3);
  assert.equal(gap?.until, 6);
  assert.deepEqual(recoveries, [{ arrived: 1, removed: 4 }]);
});

test('a refusal that will not change ends the asking', async () => {
  const { states } = await run([new ConnectError('no such stream', Code.NotFound)]);
  assert.equal(states.at(-1)?.is, 'failed');
});

test('a watch that is ended for its credential is asked again before the page gives up', async () => {
  const expired = new ConnectError('expired', Code.Unauthenticated);
  const { sequences, states } = await run([events(1, 2), expired], [events(3, 3), expired], [expired]);
  assert.deepEqual(sequences, [1, 2, 3]);
  assert.equal(states.at(-1)?.is, 'failed');
});

test('an empty stream starts at its first event', async () => {
  const { sequences, asked } = await run([mark('caughtUp', 0), DROP], [events(1, 1), mark('ended', 1)]);
  assert.deepEqual(sequences, [1]);
  assert.deepEqual(asked[1], { case: 'afterSequence', value: 0n });
});
