import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Code, ConnectError } from '@connectrpc/connect';
import { ApprovalState, Assignment, ChatVisibility, Deciders, Presence, Role, RoomState, TaskState, type Approval, type ChatMessage, type ChatPayload, type Member, type Party, type RoomContext, type RoomFacts, type RoomPayload, type Task } from '../src/contract/room-wire.js';
import type { Services } from '../src/contract/services.js';
import type { Event, WatchResponse } from '../src/contract/wire.js';
import { happeningOf } from '../src/room/activity.js';
import { ChatLog, KEPT } from '../src/room/chat-log.js';
import { complete, completionAt } from '../src/room/completion.js';
import { decides, deedsOf, talksAs } from '../src/room/may.js';
import { withReaction, messageOf } from '../src/room/message.js';
import { DEFAULT_SETTINGS, RoomModel } from '../src/room/model.js';
import { TabPresence } from '../src/room/presence.js';

const ADA: Party = { kind: 2, id: 'ada-id', handle: 'ada' };
const BOT: Party = { kind: 1, id: 'bot-id', handle: 'bot' };

function event(seq: number, payload: RoomPayload, actor = ADA.id): Event {
  return { sequence: BigInt(seq), producerId: '', producerSequence: 0n, recordedAt: { seconds: BigInt(seq), nanos: 0 }, actor: { kind: 2, id: actor }, payload } as Event;
}

function said(message: string, more: Partial<ChatPayload> = {}): RoomPayload {
  return { case: 'chat', value: { user: 'ada', message, reactions: [], visibility: ChatVisibility.ROOM, recipients: [], mentions: [], thread: 0n, fromSpectator: false, ...more } };
}

function listed(seq: number, text = `message ${seq}`): ChatMessage {
  return {
    sequence: BigInt(seq), user: 'ada', message: text, sentAt: { seconds: BigInt(seq), nanos: 0 }, reactions: [], edited: false, deleted: false,
    sender: { kind: 2, id: ADA.id }, visibility: ChatVisibility.ROOM, recipients: [], mentions: [], thread: 0n, replies: 0, fromSpectator: false,
  };
}

function member(party: Party, role: Role, presence = Presence.ACTIVE): Member {
  return { party, role, presence, capabilities: [], activity: 0, note: '', work: 1 };
}

function task(state: TaskState, more: Partial<Task> = {}): Task {
  return { taskId: 1n, title: 'Do it', description: '', state, priority: 2, context: [], creator: ADA, ...more };
}

const FACTS: RoomFacts = { name: 'A room', description: '', visibility: 1, gitRepo: '', state: RoomState.ACTIVE, settings: DEFAULT_SETTINGS };

function context(last: number, more: Partial<RoomContext> = {}): RoomContext {
  return {
    room: { roomId: 'r', facts: FACTS, members: 1, present: 1, spectators: 0, spectatorsPeak: 0, url: '', role: Role.HOST },
    members: [member(ADA, Role.HOST)], tasks: [], approvals: [], messages: [], lastSequence: BigInt(last), ...more,
  };
}

/** A chat service over a list of messages, as the server would page it. */
function chatOver(all: () => ChatMessage[]) {
  const asked: unknown[] = [];
  const service = {
    async listRoomMessages(request: { limit?: number; from?: { case: string; value: bigint } }) {
      asked.push(request.from);
      const limit = request.limit ?? 50;
      const messages = all();
      if (request.from?.case === 'afterSequence') {
        const after = messages.filter((each) => each.sequence > request.from!.value);
        return { messages: after.slice(0, limit), hasMore: after.length > limit };
      }
      const before = request.from === undefined ? messages : messages.filter((each) => each.sequence < request.from!.value);
      return { messages: before.slice(-limit), hasMore: before.length > limit };
    },
  };
  return { asked, service: service as never };
}

function mark(name: 'caughtUp' | 'checkpoint' | 'ended', seq: number, events: Event[] = []): WatchResponse {
  return { events, mark: { case: name, value: { sequence: BigInt(seq) } } };
}

/** A model over scripted answers; runs until the last script of watches is played. */
async function run(contexts: (RoomContext | Error)[], ...watches: (WatchResponse | Error)[][]) {
  const asked: bigint[] = [];
  const services = {
    rooms: {
      async getRoomContext() {
        const next = contexts.shift() ?? new ConnectError('no more', Code.NotFound);
        if (next instanceof Error) throw next;
        return next;
      },
      async getRoom() {
        return { room: context(0).room };
      },
    },
    streams: {
      async *watch(request: { start: { value: bigint } }) {
        asked.push(request.start.value);
        for (const step of watches.shift() ?? [new ConnectError('no more', Code.NotFound)]) {
          if (step instanceof Error) throw step;
          yield step;
        }
      },
      async list() {
        return { events: [], hasMore: false, lastSequence: 0n };
      },
    },
    chat: {},
  } as unknown as Services;
  const model = new RoomModel(services, 'r');
  await model.line.run(new AbortController().signal);
  return { model, asked };
}

// What the model asks of a browser is not there.
(globalThis as unknown as { document: unknown }).document = { hidden: true };

test('a room is read once, then events replace what they hold, holes and all', async () => {
  const { model, asked } = await run(
    [context(10, { tasks: [task(TaskState.OPEN)] })],
    [mark('caughtUp', 10), { events: [event(12, { case: 'task', value: { change: 3, task: task(TaskState.CLAIMED, { assignee: BOT }), reason: '' } })], mark: { case: undefined } }, mark('checkpoint', 20), mark('ended', 21)],
  );
  assert.deepEqual(asked, [10n]);
  assert.equal(model.tasks.get(1)?.state, TaskState.CLAIMED);
  assert.equal(model.last, 21);
  assert.equal(model.contexts, 1);
  assert.equal(model.lineState.is, 'ended');
});

test('a drop goes on after the last mark, and what comes twice is applied once', async () => {
  const joined = event(13, { case: 'member', value: { change: 1, member: member(BOT, Role.MEMBER), reason: '' } });
  const { model, asked } = await run(
    [context(10)],
    [mark('checkpoint', 12), { events: [joined], mark: { case: undefined } }, new ConnectError('lost', Code.Unavailable)],
    [mark('caughtUp', 13, [joined]), mark('ended', 13)],
  );
  assert.deepEqual(asked, [10n, 13n]);
  assert.equal(model.duplicatesDropped, 1);
  assert.equal(model.members.size, 2);
});

test('who may see something else than before reads the room anew', async () => {
  const changed = new ConnectError('another audience', Code.Aborted);
  changed.details.push({ type: 'google.rpc.ErrorInfo', value: new Uint8Array([10, 16, ...new TextEncoder().encode('AUDIENCE_CHANGED')]), debug: undefined } as never);
  const { model, asked } = await run([context(10), context(30)], [mark('caughtUp', 10), changed], [mark('caughtUp', 30), mark('ended', 30)]);
  assert.deepEqual(asked, [10n, 30n]);
  assert.equal(model.contexts, 2);
  assert.equal(model.line.reconnects, 0);
});

test('a spectator of a room that turned private is sent away', async () => {
  const gone = new ConnectError('no such room', Code.NotFound);
  const { model } = await run([context(10), gone], [mark('caughtUp', 10), gone]);
  assert.equal(model.lineState.is, 'failed');
  assert.equal(model.failure?.code, Code.NotFound);
});

test('a stretch that retention removed makes the page read the room anew', async () => {
  const gap: WatchResponse = { events: [], mark: { case: 'gap', value: { firstSequence: 1n, lastSequence: 40n } } };
  const { asked } = await run([context(10), context(50)], [gap], [mark('ended', 50)]);
  assert.deepEqual(asked, [10n, 50n]);
});

test('the talk keeps a few hundred rows, reads older ones back and finds the way to the newest', async () => {
  const all: ChatMessage[] = [];
  for (let seq = 1; seq <= 1000; seq++) all.push(listed(seq));
  const { service } = chatOver(() => all);
  const log = new ChatLog(service, 'r', () => '', () => undefined);
  log.open(all.slice(-80), 80);
  assert.ok(log.hasOlder);
  for (let page = 0; page < 12; page++) await log.loadOlder();
  assert.ok(log.messages.length <= KEPT);
  assert.ok(log.hasNewer);
  log.following = false;
  all.push(listed(1001));
  log.take(event(1001, said('live')), true);
  assert.notEqual(log.messages.at(-1)?.seq, 1001);
  assert.equal(log.unread, 1);
  await log.toNewest();
  assert.equal(log.messages.at(-1)?.seq, 1001);
  assert.ok(!log.hasNewer);
  for (let seq = 1002; seq < 1900; seq++) log.take(event(seq, said(`live ${seq}`)), true);
  assert.ok(log.messages.length <= KEPT);
  assert.equal(log.messages.at(-1)?.seq, 1899);
});

test('a message that comes while a page is read stands once and in its place', async () => {
  const all = [listed(1), listed(2)];
  let answer: () => void = () => undefined;
  const service = { listRoomMessages: () => new Promise((resolve) => { answer = () => resolve({ messages: [listed(2)], hasMore: true }); }) } as never;
  const log = new ChatLog(service, 'r', () => '', () => undefined);
  log.open(all, 80);
  log.hasNewer = true;
  const loading = log.toNewest();
  log.take(event(3, said('meanwhile')), true);
  log.take(event(4, { case: 'chatChange', value: { sequence: 2n, message: 'edited meanwhile', deleted: false } }), true);
  answer();
  await loading;
  assert.deepEqual(log.messages.map((each) => [each.seq, each.text]), [[2, 'edited meanwhile'], [3, 'meanwhile']]);
});

test('an edit and a deletion leave their trace, an answer is counted at its thread', async () => {
  const { service } = chatOver(() => []);
  const log = new ChatLog(service, 'r', () => '', () => undefined);
  log.open([listed(1), listed(2)], 80);
  log.take(event(3, { case: 'chatChange', value: { sequence: 1n, message: 'better', deleted: false } }), true);
  log.take(event(4, { case: 'chatChange', value: { sequence: 2n, message: '', deleted: true } }), true);
  log.take(event(5, said('an answer', { thread: 1n })), true);
  assert.deepEqual([log.find(1)?.text, log.find(1)?.edited, log.find(1)?.replies], ['better', true, 1]);
  assert.deepEqual([log.find(2)?.text, log.find(2)?.deleted], ['', true]);
});

test('reactions count, and my own only once', () => {
  const plain = messageOf(listed(1));
  const mine = withReaction(plain, '👍', false, true);
  assert.deepEqual(withReaction(mine, '👍', false, true).reactions, [{ emoji: '👍', count: 1, mine: true }]);
  const both = withReaction(mine, '👍', false, false);
  assert.deepEqual(both.reactions, [{ emoji: '👍', count: 2, mine: true }]);
  assert.deepEqual(withReaction(both, '👍', true, true).reactions, [{ emoji: '👍', count: 1, mine: false }]);
  assert.deepEqual(withReaction(plain, '👍', true, false).reactions, []);
});

test('a task offers what its state, the room and the caller allow', () => {
  const host = { id: ADA.id, role: Role.HOST };
  const other = { id: 'other', role: Role.MEMBER };
  const nobody = { id: '', role: Role.NONE };
  assert.deepEqual(deedsOf(task(TaskState.OPEN), other, FACTS), ['claim']);
  assert.deepEqual(deedsOf(task(TaskState.OPEN, { reservedFor: BOT }), other, FACTS), []);
  assert.deepEqual(deedsOf(task(TaskState.OPEN), other, { ...FACTS, settings: { ...DEFAULT_SETTINGS, assignment: Assignment.HOST } }), []);
  assert.deepEqual(deedsOf(task(TaskState.OPEN), other, { ...FACTS, state: RoomState.PAUSED }), []);
  assert.deepEqual(deedsOf(task(TaskState.CLAIMED, { assignee: { ...BOT, id: 'other' } }), other, FACTS), ['start', 'release']);
  assert.deepEqual(deedsOf(task(TaskState.REVIEW, { assignee: BOT }), host, FACTS), ['merge', 'changes', 'reject', 'edit', 'cancel']);
  assert.deepEqual(deedsOf(task(TaskState.REVIEW, { assignee: BOT }), other, FACTS), []);
  assert.deepEqual(deedsOf(task(TaskState.MERGED), host, FACTS), []);
  assert.deepEqual(deedsOf(task(TaskState.OPEN), nobody, FACTS), []);
  assert.deepEqual(deedsOf(task(TaskState.OPEN), host, { ...FACTS, state: RoomState.COMPLETED }), []);
});

test('who asked does not decide, who came too late neither', () => {
  const asked: Approval = { approvalId: 1n, title: '', description: '', taskId: 0n, requester: BOT, deciders: Deciders.PEOPLE, state: ApprovalState.PENDING, comment: '' };
  const person = { id: 'p', role: Role.MEMBER };
  assert.ok(decides(asked, person, FACTS, 5, 10));
  assert.ok(!decides(asked, person, FACTS, 10, 10));
  assert.ok(!decides({ ...asked, requester: { ...BOT, id: 'p' } }, person, FACTS, 5, 10));
  assert.ok(!decides({ ...asked, deciders: Deciders.HOSTS }, person, FACTS, 5, 10));
  assert.ok(!decides({ ...asked, state: ApprovalState.APPROVED }, person, FACTS, 5, 10));
  assert.ok(decides({ ...asked, state: ApprovalState.NEEDS_DISCUSSION }, person, FACTS, 5, undefined));
});

test('spectators talk where the room lets them', () => {
  const looker = { id: 'x', role: Role.NONE };
  assert.equal(talksAs(looker, FACTS), undefined);
  assert.equal(talksAs(looker, { ...FACTS, settings: { ...DEFAULT_SETTINGS, spectatorChat: 3 } }), 'spectator');
  assert.equal(talksAs({ id: '', role: Role.NONE }, { ...FACTS, settings: { ...DEFAULT_SETTINGS, spectatorChat: 3 } }), undefined);
  assert.equal(talksAs({ id: 'x', role: Role.MEMBER }, FACTS), 'member');
});

test('an @-word is completed where the cursor stands', () => {
  const handles = ['ada', 'adam', 'bot', 'all'];
  const found = completionAt('hello @ad, look', 9, handles);
  assert.deepEqual(found?.options, ['ada', 'adam']);
  assert.deepEqual(complete('hello @ad, look', found!, 'adam'), { text: 'hello @adam , look', cursor: 12 });
  assert.equal(completionAt('mail@ad', 7, handles), undefined);
  assert.equal(completionAt('@bot', 4, handles), undefined);
  assert.deepEqual(completionAt('@', 1, handles)?.options.length, 4);
});

test('a line tells what happened', () => {
  const name = (id: string) => (id === ADA.id ? 'ada' : 'bot');
  const line = happeningOf(event(1, { case: 'task', value: { change: 9, task: task(TaskState.OPEN), reason: 'no tests' } }), name);
  assert.equal(`${line?.who} ${line?.text}`, 'ada rejected #1 “Do it”: no tests');
  assert.equal(happeningOf(event(2, said('talk')), name), undefined);
  const steered = happeningOf(event(3, { case: 'steering', value: { action: 1, member: member(BOT, Role.MEMBER), reason: '' } }), name);
  assert.equal(`${steered?.who} ${steered?.text}`, 'ada paused bot');
});

test('a tab reports when it is due or something changed, and says goodbye', async () => {
  const reports: { presence: Presence }[] = [];
  const words: string[] = [];
  let now = 0;
  let hidden = false;
  const rooms = { async heartbeat(request: { presence: Presence }) { reports.push(request); return { nextReport: { seconds: 10n, nanos: 0 } }; } } as never;
  const presence = new TabPresence(rooms, 'r', { now: () => now, hidden: () => hidden, goodbye: (path, body) => words.push(`${path} ${body}`) });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  presence.start();
  await settle();
  await presence.tick();
  assert.equal(reports.length, 1);
  now = 9_500;
  await presence.tick();
  assert.equal(reports.length, 2);
  hidden = true;
  await presence.tick();
  assert.equal(reports.at(-1)?.presence, Presence.IDLE);
  hidden = false;
  presence.input();
  await settle();
  assert.equal(reports.at(-1)?.presence, Presence.ACTIVE);
  now = 200_000;
  await presence.tick();
  assert.equal(reports.at(-1)?.presence, Presence.IDLE);
  presence.stop();
  presence.stop();
  assert.deepEqual(words, [`/api/rooms/r/presence {"device_id":"${presence.deviceId}","presence":"offline"}`]);
});
