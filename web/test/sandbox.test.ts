import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code, ConnectError } from '@connectrpc/connect';
import type { Event, StreamService } from '../src/contract/wire.js';
import { failureOf, type Failure } from '../src/contract/failure.js';
import { SandboxReason, SandboxState, type ProcessEvent, type ProcessService, type SandboxStats } from '../src/contract/sandbox-wire.js';
import { draftOf, environment, problemsOf, words } from '../src/sandbox/draft.js';
import { Keys } from '../src/sandbox/keys.js';
import { Output } from '../src/sandbox/output.js';
import { Shell, type ShellState } from '../src/sandbox/shell.js';
import { Usage, WINDOW_MS } from '../src/sandbox/usage.js';
import { bytes, changeSentence, exitWords, leaseLeft, mebibytes, reasonWords } from '../src/sandbox/words.js';

const text = (data: Uint8Array) => new TextDecoder().decode(data);
const data = (of: string) => new TextEncoder().encode(of);
const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
const atOnce = async () => soon();

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn > 200) throw new Error(`never: ${what}`);
    await soon();
  }
}

/** Stands in for a process: takes every byte once, as the server does. */
class Inbox {
  taken = '';
  async take(part: Uint8Array, position: number | undefined): Promise<number> {
    const at = position ?? this.taken.length;
    if (at > this.taken.length) throw new ConnectError('position: bytes are missing', Code.InvalidArgument);
    this.taken += text(part).slice(this.taken.length - at);
    return this.taken.length;
  }
}

test('keys arrive in order, in one call at a time', async () => {
  const inbox = new Inbox();
  let open = 0;
  const keys = new Keys(
    async (part, position) => {
      assert.equal(++open, 1);
      await soon();
      open--;
      return inbox.take(part, position);
    },
    () => undefined,
    () => undefined,
    0,
  );
  for (const letter of 'echo hello') keys.type(data(letter));
  await until('all is sent', () => keys.idle);
  assert.equal(inbox.taken, 'echo hello');
  assert.ok(keys.calls <= 3, `${keys.calls} calls`);
});

test('a call that broke after it was taken is repeated, and its keys are there once', async () => {
  const inbox = new Inbox();
  let call = 0;
  const keys = new Keys(
    async (part, position) => {
      const before = call++;
      if (before === 0) throw new ConnectError('gone', Code.Unavailable);
      const sent = await inbox.take(part, position);
      if (before === 1) throw new ConnectError('gone', Code.Unavailable);
      return sent;
    },
    () => undefined,
    () => undefined,
    0,
    atOnce,
  );
  keys.type(data('ab'));
  await soon();
  keys.type(data('cd'));
  await until('all is sent', () => keys.idle);
  assert.equal(inbox.taken, 'abcd');
  assert.equal(keys.repeats, 2);
  assert.equal(keys.position, 4);
});

test('more than fits into one call goes in several', async () => {
  const inbox = new Inbox();
  const keys = new Keys((part, position) => inbox.take(part, position), () => undefined, () => undefined, 0);
  const long = 'x'.repeat(50_000);
  keys.type(data(long));
  await until('all is sent', () => keys.idle);
  assert.equal(inbox.taken, long);
  assert.equal(keys.calls, 4);
});

test('keys for a process that is gone are told to be lost', async () => {
  let lost: Failure | undefined;
  const keys = new Keys(
    async () => {
      throw new ConnectError('no such process', Code.NotFound);
    },
    (failure) => (lost = failure),
  );
  keys.type(data('x'));
  await until('told', () => lost !== undefined);
  keys.type(data('y'));
  assert.equal(lost?.code, Code.NotFound);
  assert.ok(keys.idle);
});

/** A process that writes what it is told to, and calls that break where the test wants it. */
class Theatre {
  output = '';
  exited = false;
  running = false;
  calls: string[] = [];
  sizes: string[] = [];
  inbox = new Inbox();
  /** Output after which the present call breaks. */
  breakAt = Infinity;

  service(): ProcessService {
    const self = this;
    const tell = async function* (from: number, signal: AbortSignal | undefined): AsyncIterable<{ event: ProcessEvent }> {
      let at = from;
      yield { event: { position: BigInt(at), event: { case: 'started', value: { pid: 7, tag: 't' } } } };
      while (!signal?.aborted) {
        const next = self.output.slice(at, at + 3);
        if (next !== '') {
          at += next.length;
          yield { event: { position: BigInt(at), event: { case: 'terminal', value: data(next) } } };
        } else if (self.exited) {
          yield { event: { position: BigInt(at), event: { case: 'exited', value: { code: 3, signal: 0, reason: '' } } } };
          return;
        } else await soon();
        if (at >= self.breakAt) {
          self.breakAt = Infinity;
          throw new ConnectError('gone', Code.Unavailable);
        }
      }
    };
    return {
      startProcess: (_, options) => {
        self.calls.push('start');
        if (self.running) throw new ConnectError('taken', Code.AlreadyExists);
        self.running = true;
        return tell(0, options.signal);
      },
      attachProcess: (request, options) => {
        self.calls.push(`attach ${request.position}`);
        return tell(Number(request.position), options.signal);
      },
      sendInput: async (request) => ({ position: BigInt(await self.inbox.take(request.data, request.position === undefined ? undefined : Number(request.position))) }),
      signalProcess: async () => ({}),
      resizeTerminal: async (request) => {
        self.sizes.push(`${request.size.columns}x${request.size.rows}`);
        return {};
      },
      listProcesses: async () => ({ processes: self.running ? [{ pid: 7, tag: 't', command: [], position: BigInt(self.output.length), terminal: true }] : [] }),
    };
  }
}

function shellOn(theatre: Theatre, sent?: number) {
  const seen = { text: '', replayed: '', states: [] as string[], sent: [] as (number | undefined)[] };
  const shell = new Shell(theatre.service(), 'id', sent === undefined ? { tag: 't' } : { tag: 't', sent }, { columns: 80, rows: 24 }, {
    wrote: (part, replayed) => {
      seen.text += text(part);
      if (replayed) seen.replayed += text(part);
      return undefined;
    },
    changed: (state: ShellState) => seen.states.push(state.is),
    sent: (count) => seen.sent.push(count),
  }, atOnce);
  return { shell, seen };
}

test('a shell goes on where its call broke: nothing is missing, nothing comes twice', async () => {
  const theatre = new Theatre();
  theatre.output = 'one two three ';
  theatre.breakAt = 6;
  const { shell, seen } = shellOn(theatre);
  void shell.start();
  await until('all is told', () => seen.text.length === theatre.output.length);
  assert.equal(seen.text, theatre.output);
  assert.deepEqual(theatre.calls, ['start', 'attach 6']);
  assert.deepEqual(seen.states, ['live', 'reconnecting', 'live']);
  theatre.exited = true;
  await until('it ended', () => shell.state.is === 'exited');
  assert.ok(shell.state.is === 'exited' && shell.state.how.code === 3);
});

test('a page that is loaded again goes on with the same shell, and its keys with their count', async () => {
  const theatre = new Theatre();
  theatre.running = true;
  theatre.output = 'before';
  theatre.inbox.taken = 'ls\n';
  const { shell, seen } = shellOn(theatre, 3);
  assert.ok(await shell.resume());
  await until('what was is drawn', () => seen.text === 'before');
  theatre.output += ' and after';
  await until('what comes is told', () => seen.text === 'before and after');
  assert.equal(seen.replayed, 'before');
  shell.type(data('pwd\n'));
  await until('typed', () => shell.keys.idle);
  assert.equal(theatre.inbox.taken, 'ls\npwd\n');
  assert.deepEqual(seen.sent, [undefined, 7]);
  assert.deepEqual(theatre.calls, ['attach 0']);
  shell.leave();
});

test('a shell that is gone is not gone on with', async () => {
  const { shell } = shellOn(new Theatre());
  assert.equal(await shell.resume(), false);
});

test('of many sizes the newest is told', async () => {
  const theatre = new Theatre();
  const { shell } = shellOn(theatre);
  void shell.start();
  await until('it runs', () => shell.state.is === 'live');
  for (let columns = 81; columns <= 90; columns++) shell.resize({ columns, rows: 30 });
  await until('told', () => theatre.sizes.length > 0);
  assert.deepEqual(theatre.sizes, ['90x30']);
  shell.leave();
});

function stats(seconds: number, more: Partial<SandboxStats> = {}): SandboxStats {
  return {
    measuredAt: { seconds: BigInt(seconds), nanos: 0 }, cpuNanos: BigInt(seconds) * 500_000_000n, memoryBytes: 1000n, memoryLimitBytes: 4000n,
    pids: 3, networkReceivedBytes: BigInt(seconds) * 100n, networkSentBytes: 0n, ...more,
  };
}

test('rates are differences, five minutes are kept, and a new start is no flood', () => {
  const usage = new Usage();
  usage.take(stats(1000));
  assert.equal(usage.last?.cpus, undefined);
  usage.take(stats(1002));
  assert.equal(usage.last?.cpus, 0.5);
  assert.equal(usage.last?.received, 100);
  usage.take(stats(1003, { cpuNanos: 5n, networkReceivedBytes: 0n }));
  assert.equal(usage.last?.cpus, undefined);
  for (let second = 1004; second < 2000; second++) usage.take(stats(second));
  assert.ok(usage.samples.length <= WINDOW_MS / 1000 + 1);
  assert.equal(usage.most('memory'), 1000);
  assert.ok(usage.path('memory', 4000, 300, 40).startsWith('M0 29.5L'));
});

test('nothing is drawn across a gap', () => {
  const usage = new Usage();
  for (const second of [1000, 1001, 1060, 1061]) usage.take(stats(second));
  assert.equal(usage.path('memory', 4000, 300, 40).split('M').length - 1, 2);
});

test('reasons and numbers are words', () => {
  const base = { message: '', state: SandboxState.STOPPED };
  assert.equal(reasonWords({ ...base, reason: SandboxReason.EXITED, exitCode: 137 }), 'its program ended (killed by SIGKILL)');
  assert.equal(changeSentence({ ...base, reason: SandboxReason.REQUESTED }), 'It is stopped');
  assert.equal(changeSentence({ ...base, reason: SandboxReason.OUT_OF_MEMORY }), 'It is stopped: it needed more memory than it may use');
  assert.equal(changeSentence({ ...base, state: SandboxState.RUNNING, reason: SandboxReason.LEASE_EXTENDED }), 'The lease was changed');
  assert.equal(exitWords(1), 'exit code 1');
  assert.equal(mebibytes(512), '512 MiB');
  assert.equal(mebibytes(1536), '1.5 GiB');
  assert.equal(bytes(1536), '1.5 KiB');
  assert.equal(bytes(0), '0 B');
  assert.equal(leaseLeft(23 * 3600_000 + 61_000), '23 h 1 m');
  assert.equal(leaseLeft(-1), 'over');
});

test('a form becomes a request; what is not written is left to the server', () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ name: ' probe ', command: 'sh -c "echo \\"hi\\" there"', memory: '256', cpus: '0.5', network: '', env: '# note\nA=1\nB=x=y\n', start: 'on' })) form.set(name, value);
  const { draft, problems } = draftOf(form);
  assert.equal(problems.size, 0);
  assert.deepEqual(draft, { name: 'probe', template: '', variables: {}, stopped: false, spec: { command: ['sh', '-c', 'echo "hi" there'], memoryMb: 256, cpus: 0.5, env: { A: '1', B: 'x=y' } } });
});

test('lines that cannot be meant are said at their field', () => {
  assert.equal(environment('A=1\nnonsense').problem, 'Line 2 is not NAME=value.');
  assert.equal(words("sh -c 'open"), undefined);
  assert.deepEqual(words("a '' b\\ c"), ['a', '', 'b c']);
});

test('a refusal is said at the field it is about', () => {
  const failure: Failure = { code: Code.InvalidArgument, reason: 'INVALID_ARGUMENT', message: 'spec.memory_mb: must be …', fields: [{ field: 'spec.memory_mb', message: 'must be 16 to 65,536, or 0 for the default' }] };
  assert.deepEqual([...problemsOf(failure, 'x')], [['memory', 'Must be 16 to 65,536, or 0 for the default.']]);
  const taken: Failure = { code: Code.AlreadyExists, reason: 'SANDBOX_NAME_TAKEN', message: 'You have one.' };
  assert.deepEqual([...problemsOf(taken, 'You have one.')], [['name', 'You have one.']]);
  const many: Failure = { code: Code.ResourceExhausted, reason: 'TOO_MANY_SANDBOXES', message: '20.' };
  assert.deepEqual([...problemsOf(many, '20.')], [['', '20.']]);
});

test('a refusal’s details are read', () => {
  // ErrorInfo{reason: "R", metadata: {"k": "v"}} and BadRequest{[{field: "f", description: "d"}]} as they are on the wire.
  const error = new ConnectError('no', Code.InvalidArgument);
  error.details = [
    { type: 'google.rpc.ErrorInfo', value: Uint8Array.from([10, 1, 82, 26, 6, 10, 1, 107, 18, 1, 118]) },
    { type: 'google.rpc.BadRequest', value: Uint8Array.from([10, 6, 10, 1, 102, 18, 1, 100]) },
  ];
  const failure = failureOf(error);
  assert.equal(failure.reason, 'R');
  assert.equal(failure.facts?.get('k'), 'v');
  assert.deepEqual(failure.fields, [{ field: 'f', message: 'd' }]);
});

function line(seq: number): Event {
  const payload = seq % 10 === 0
    ? { case: 'sandbox', value: { state: SandboxState.RUNNING, reason: SandboxReason.REQUESTED, message: '', revision: BigInt(seq) } }
    : { case: 'log', value: { level: 2, module: seq % 2 === 0 ? 'stderr' : 'stdout', line: `line ${seq}`, continued: false } };
  return { sequence: BigInt(seq), producerId: '', producerSequence: 0n, recordedAt: { seconds: BigInt(seq), nanos: 0 }, payload } as Event;
}

/** A stream of so many events, of which a watch gives the newest twenty and then what is pushed. */
function streamOf(count: number, pushed: Event[]): StreamService {
  return {
    async *watch(_, options) {
      yield { events: Array.from({ length: 20 }, (_, index) => line(count - 19 + index)), mark: { case: 'caughtUp', value: { sequence: BigInt(count) } } };
      while (!options.signal?.aborted) {
        const event = pushed.shift();
        if (event === undefined) await soon();
        else yield { events: [event], mark: { case: undefined } };
      }
    },
    async list(request) {
      const before = Number(request.from?.value ?? 0n);
      const first = Math.max(1, before - 50);
      return { events: Array.from({ length: before - first }, (_, index) => line(first + index)), hasMore: first > 1, lastSequence: BigInt(count) };
    },
    search: async () => ({ events: [], searchedTo: 0n, hasMore: false }),
    timeline: async () => ({ lastSequence: 0n, buckets: [], marks: [] }),
  };
}

test('output comes live, is read further back, and shows one channel with every change', async () => {
  const stop = new AbortController();
  const pushed: Event[] = [];
  const output = new Output(streamOf(200, pushed), 'id', { arrived: () => undefined, changed: () => undefined, recovered: () => undefined });
  void output.tail.run(stop.signal);
  await until('it is there', () => output.rows.length === 20);
  pushed.push(line(201), line(202));
  await until('more comes', () => output.lastSequence === 202);
  await output.loadOlder();
  assert.equal(output.view.first, 131);
  output.setChannel('stderr');
  assert.ok(output.rows.every((entry) => entry.kind === 'sandbox' || entry.module === 'stderr'));
  assert.ok(output.rows.some((entry) => entry.kind === 'sandbox'));
  assert.ok(await output.reveal(3));
  assert.equal(await output.reveal(999), false);
  output.setFollowing(false);
  pushed.push(line(203), line(204));
  await until('what came is counted', () => output.waiting === 1);
  stop.abort();
});
