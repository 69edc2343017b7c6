import { failureOf, isFinal, type Failure } from '../contract/failure.js';
import { Presence, Role, type Approval, type Member, type Party, type Room, type RoomFacts, type RoomSettings, type Task } from '../contract/room-wire.js';
import type { Services } from '../contract/services.js';
import type { Event, WatchResponse, WatchStart } from '../contract/wire.js';
import { Line, type LineState, type Reader } from '../session/line.js';
import { Activity } from './activity.js';
import { ChatLog } from './chat-log.js';
import { belongs, waits, type Caller } from './may.js';
import { TabPresence } from './presence.js';

/** Messages that the page begins with. */
const OPENING_MESSAGES = 80;
/** How often the numbers are read that no event tells: who looks on. */
const LOOK_MS = 15_000;
const BEAT_MS = 2_500;
/** Numbers of the contract's enums. */
const LEFT = 2;
const REMOVED = 3;
const DELETED = 4;

export interface Notice {
  text: string;
  tone: 'good' | 'warn';
}

/** The rules of a room whose host set none. */
export const DEFAULT_SETTINGS: RoomSettings = {
  maxMembers: 20,
  autoMergeEnabled: false,
  spectatorsRefused: false,
  gitIntegration: false,
  spectatorChat: 0,
  assignment: 0,
  mentionsCreateTasks: false,
  messagesPerMinute: 300,
};

/**
 * Everything a room's page knows, without a word about how it looks. It reads the room once and then follows its
 * stream: every event holds the whole thing as it is afterwards, so what is held is replaced by it. The room is read
 * anew when the caller may see something else than before.
 */
export class RoomModel implements Reader {
  lineState: LineState = { is: 'connecting' };
  notice: Notice | undefined;
  room: Room | undefined;
  readonly members = new Map<string, Member>();
  readonly tasks = new Map<number, Task>();
  readonly approvals = new Map<number, Approval>();
  readonly chat: ChatLog;
  readonly activity: Activity;
  readonly presence: TabPresence;
  deleted = false;
  /** Last sequence that was applied, and how often things happened; tests read them. */
  last = 0;
  applied = 0;
  duplicatesDropped = 0;
  contexts = 0;
  /** The account that looks; empty for nobody. */
  me = '';
  readonly line: Line;
  readonly #listeners = new Set<() => void>();
  readonly #stop = new AbortController();
  #stale = true;
  #lost = false;
  #timers: ReturnType<typeof setInterval>[] = [];
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly services: Services,
    readonly roomId: string,
  ) {
    const tell = () => this.#tell();
    this.chat = new ChatLog(services.chat, roomId, () => this.me, tell);
    this.activity = new Activity(services.streams, roomId, (id) => this.nameOf(id), tell);
    this.presence = new TabPresence(services.rooms, roomId, undefined, tell);
    this.line = new Line(services.streams, roomId, this);
  }

  /** Starts watching; ends with stop(). */
  begin(): void {
    void this.line.run(this.#stop.signal);
    this.#timers = [setInterval(() => void this.#look(), LOOK_MS), setInterval(() => void this.presence.tick(), BEAT_MS)];
    addEventListener('online', this.#retry);
    document.addEventListener('visibilitychange', this.#retry);
    addEventListener('pagehide', this.#leave);
    addEventListener('pageshow', this.#comeBack);
    for (const name of INPUTS) addEventListener(name, this.#input, { passive: true, capture: true });
  }

  stop(): void {
    this.#stop.abort();
    this.presence.stop();
    this.#timers.forEach(clearInterval);
    clearTimeout(this.#noticeTimer);
    removeEventListener('online', this.#retry);
    document.removeEventListener('visibilitychange', this.#retry);
    removeEventListener('pagehide', this.#leave);
    removeEventListener('pageshow', this.#comeBack);
    for (const name of INPUTS) removeEventListener(name, this.#input, { capture: true });
    this.#listeners.clear();
  }

  /** Calls the listener after changes; the returned function ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get facts(): RoomFacts | undefined {
    return this.room?.facts;
  }

  get role(): Role {
    const member = this.members.get(this.me);
    if (this.me === '') return Role.NONE;
    return member?.role ?? Role.NONE;
  }

  get caller(): Caller {
    return { id: this.me, role: this.role };
  }

  get handle(): string {
    return this.members.get(this.me)?.party?.handle ?? '';
  }

  /** Why there is nothing to show. */
  get failure(): Failure | undefined {
    return this.lineState.is === 'failed' ? this.lineState.failure : undefined;
  }

  /** Hosts and members, in the order they joined. */
  get team(): Member[] {
    return [...this.members.values()].filter((member) => member.role === Role.HOST || member.role === Role.MEMBER);
  }

  get presentCount(): number {
    return this.team.filter((member) => this.presenceOf(member) !== Presence.OFFLINE).length;
  }

  /** Whether a member is there; of ourselves we know it before the room does. */
  presenceOf(member: Member): Presence {
    const told = member.presence || Presence.OFFLINE;
    return told === Presence.OFFLINE && member.party?.id === this.me ? (this.presence.reported ?? told) : told;
  }

  get waitingApprovals(): Approval[] {
    return [...this.approvals.values()].filter(waits);
  }

  nameOf(id: string): string {
    if (id === '') return '';
    const member = this.members.get(id)?.party?.handle;
    if (member !== undefined) return member;
    const creator = this.room?.creator;
    return creator?.id === id ? creator.handle : 'somebody';
  }

  /** Says which account looks; the room is read anew when it is another one than before. */
  setMe(id: string): void {
    if (id === this.me) return;
    this.me = id;
    this.#beThere();
    this.#tell();
  }

  /** Does something on the server; what it refuses is the result. */
  async act(deed: () => Promise<unknown>): Promise<Failure | undefined> {
    try {
      await deed();
      return undefined;
    } catch (cause) {
      return failureOf(cause);
    }
  }

  /** Reads the room anew as soon as the line is there, for what a deed of ours changed in what we may see. */
  readAnew(): void {
    this.#stale = true;
    this.line.retryNow();
  }

  async start(signal: AbortSignal): Promise<WatchStart> {
    if (this.#stale) await this.#read(signal);
    return { case: 'afterSequence', value: BigInt(this.last) };
  }

  take(message: WatchResponse): boolean {
    for (const event of message.events) {
      const seq = Number(event.sequence);
      if (seq <= this.last) {
        this.duplicatesDropped++;
        continue;
      }
      this.last = seq;
      this.applied++;
      this.#apply(event);
    }
    const mark = message.mark;
    if (mark.case === 'gap') {
      this.#stale = true;
      return false;
    }
    // What the caller may not see leaves holes; a mark says how far everything else has come.
    if (mark.case !== undefined) this.last = Math.max(this.last, Number(mark.value.sequence));
    if (mark.case === 'caughtUp' && this.#lost) {
      this.#lost = false;
      this.#notify({ tone: 'good', text: 'Connected again, nothing was missed.' });
    }
    void this.presence.tick();
    if (message.events.length > 0) this.#tell();
    return true;
  }

  dropped(failure: Failure): boolean {
    const another = failure.reason === 'AUDIENCE_CHANGED' || isFinal(failure) || failure.reason === 'SEQUENCE_IN_FUTURE';
    if (another) this.#stale = true;
    else this.#lost = true;
    return another;
  }

  changed(state: LineState): void {
    this.lineState = state;
    if (state.is === 'live') void this.#look();
    if (state.is === 'ended' || state.is === 'failed') this.presence.stop();
    this.#tell();
  }

  async #read(signal: AbortSignal): Promise<void> {
    const context = await this.services.rooms.getRoomContext({ roomId: this.roomId, messages: OPENING_MESSAGES }, { signal });
    this.contexts++;
    this.room = context.room;
    replaceAll(this.members, context.members, (member) => member.party?.id ?? '');
    replaceAll(this.tasks, context.tasks, (task) => Number(task.taskId));
    replaceAll(this.approvals, context.approvals, (approval) => Number(approval.approvalId));
    this.last = Number(context.lastSequence);
    this.chat.open(context.messages, OPENING_MESSAGES);
    this.#stale = false;
    this.#beThere();
    this.#tell();
    void this.activity.open(this.last);
  }

  #apply(event: Event): void {
    if (this.chat.take(event, !document.hidden)) return;
    const payload = event.payload;
    switch (payload.case) {
      case 'room':
        if (this.room !== undefined && payload.value.room !== undefined) this.room = { ...this.room, facts: payload.value.room };
        this.deleted = payload.value.change === DELETED;
        if (this.deleted) this.presence.stop();
        break;
      case 'member':
        this.#memberChanged(payload.value.change, payload.value.member);
        break;
      case 'presence':
      case 'steering':
        this.#memberIs(payload.value.member);
        break;
      case 'task':
        if (payload.value.task !== undefined) this.tasks.set(Number(payload.value.task.taskId), payload.value.task);
        break;
      case 'approval':
        if (payload.value.approval !== undefined) this.approvals.set(Number(payload.value.approval.approvalId), payload.value.approval);
        break;
      default:
        break;
    }
    this.activity.take(event);
  }

  #memberChanged(change: number, member: Member | undefined): void {
    const id = member?.party?.id ?? '';
    if (change === LEFT || change === REMOVED) {
      this.members.delete(id);
      this.activity.forget(id);
      if (id === this.me) this.presence.stop();
    } else this.#memberIs(member);
  }

  #memberIs(member: Member | undefined): void {
    if (member?.party === undefined) return;
    this.members.set(member.party.id, member);
    if (member.party.id === this.me) this.#beThere();
  }

  /** Reports this tab's presence while the caller belongs to the room. */
  #beThere(): void {
    if (belongs(this.caller) && !this.#stop.signal.aborted && !this.deleted && this.lineState.is !== 'ended') this.presence.start();
    else this.presence.stop();
  }

  async #look(): Promise<void> {
    if (document.hidden || this.room === undefined) return;
    try {
      const { room } = await this.services.rooms.getRoom({ roomId: this.roomId });
      this.room = { ...this.room, spectators: room.spectators, spectatorsPeak: room.spectatorsPeak };
      this.#tell();
    } catch (cause) {
      if (!isFinal(failureOf(cause))) this.line.doubt();
    }
  }

  #notify(notice: Notice): void {
    this.notice = notice;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => {
      this.notice = undefined;
      this.#tell();
    }, 5_000);
    this.#tell();
  }

  readonly #retry = () => {
    void this.presence.tick();
    if (!document.hidden) this.line.retryNow();
  };

  readonly #leave = () => this.presence.stop();

  readonly #comeBack = () => this.#beThere();

  readonly #input = () => this.presence.input();

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** A party by what people call it. */
export function titleOf(party: Party | undefined): string {
  return party?.handle ?? '';
}

function replaceAll<K, V>(map: Map<K, V>, values: readonly V[], keyOf: (value: V) => K): void {
  map.clear();
  for (const value of values) map.set(keyOf(value), value);
}
