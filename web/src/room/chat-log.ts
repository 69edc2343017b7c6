import { failureOf } from '../contract/failure.js';
import { millis } from '../contract/entry.js';
import type { ChatChangePayload, ChatMessage, RoomChatService } from '../contract/room-wire.js';
import type { Event } from '../contract/wire.js';
import { messageIn, messageOf, withReaction, type Message } from './message.js';

/** Messages asked for at once. */
const PAGE = 60;
/** Rows kept at most; what is beyond it is read again when somebody scrolls there. */
export const KEPT = 400;
/** Rows kept after some had to go, so that it is not done for every message. */
const KEPT_AFTER = 300;

/** A thread that is open: its first message, and the answers. */
export interface Thread {
  readonly root: number;
  messages: Message[];
  loading: boolean;
  problem: string;
}

/**
 * The talk of a room: a stretch of messages without a hole, the newest one or one further back, and one open thread. It
 * holds a few hundred messages, whatever happens.
 */
export class ChatLog {
  messages: Message[] = [];
  hasOlder = false;
  /** Whether the stretch lies further back, so that what comes live does not follow it. */
  hasNewer = false;
  loading = false;
  problem = '';
  thread: Thread | undefined;
  /** Whether somebody looks at the end of the talk; the panel says so. */
  following = true;
  /** Messages of others that came while nobody looked. */
  unread = 0;
  /** First of these; where the panel draws its line. */
  firstUnread: number | undefined;
  /** Rises when the stretch is another one, so that the panel does not keep its place. */
  moved = 0;
  /** Events that came while a page was on its way; it may not know of them. */
  #meanwhile: Event[] | undefined;

  constructor(
    private readonly chat: RoomChatService,
    private readonly roomId: string,
    private readonly me: () => string,
    private readonly changed: () => void,
  ) {}

  /** Begins with the newest messages. */
  open(messages: readonly ChatMessage[], asked: number): void {
    this.messages = messages.map(messageOf);
    this.hasOlder = messages.length >= asked;
    this.hasNewer = false;
    this.moved++;
    if (this.thread !== undefined) void this.openThread(this.thread.root);
  }

  /** Takes an event of the room's stream; false when it is none of the talk's. */
  take(event: Event, looking: boolean): boolean {
    const payload = event.payload;
    switch (payload.case) {
      case 'chat': {
        const message = messageIn(event, payload.value);
        this.#meanwhile?.push(event);
        this.#add(message, looking);
        return true;
      }
      case 'chatChange':
        this.#meanwhile?.push(event);
        this.#change(event, payload.value);
        return true;
      case 'reaction': {
        const { sequence, emoji, removed } = payload.value;
        const byMe = this.me() !== '' && event.actor?.id === this.me();
        this.#replace(Number(sequence), (message) => withReaction(message, emoji, removed, byMe));
        return true;
      }
      default:
        return false;
    }
  }

  /** The message, if it is among those that are held. */
  find(seq: number): Message | undefined {
    return this.messages[indexOf(this.messages, seq)] ?? this.thread?.messages.find((each) => each.seq === seq);
  }

  seenToTheEnd(): void {
    if (this.unread === 0) return;
    this.unread = 0;
    this.changed();
  }

  /** Takes the line away from above the first unread message. */
  forgetUnread(): void {
    this.unread = 0;
    this.firstUnread = undefined;
    this.changed();
  }

  /** Loads what lies before the stretch. */
  async loadOlder(): Promise<void> {
    const first = this.messages[0];
    if (!this.hasOlder || first === undefined) return;
    await this.#load(async () => {
      const page = await this.chat.listRoomMessages({ roomId: this.roomId, limit: PAGE, from: { case: 'beforeSequence', value: BigInt(first.seq) } });
      this.messages = [...page.messages.map(messageOf), ...this.messages];
      this.hasOlder = page.hasMore;
      if (this.messages.length > KEPT) {
        this.messages = this.messages.slice(0, KEPT_AFTER);
        this.hasNewer = true;
      }
    });
  }

  /** Loads what lies after a stretch that is not the newest. */
  async loadNewer(): Promise<void> {
    const last = this.messages.at(-1);
    if (!this.hasNewer || last === undefined) return;
    await this.#load(async () => {
      const page = await this.chat.listRoomMessages({ roomId: this.roomId, limit: PAGE, from: { case: 'afterSequence', value: BigInt(last.seq) } });
      this.messages = [...this.messages, ...page.messages.map(messageOf)];
      this.hasNewer = page.hasMore;
      if (this.messages.length > KEPT) {
        this.messages = this.messages.slice(-KEPT_AFTER);
        this.hasOlder = true;
      }
    });
  }

  /** Goes back to the newest messages. */
  async toNewest(): Promise<void> {
    this.following = true;
    if (!this.hasNewer) return this.changed();
    await this.#load(async () => {
      const page = await this.chat.listRoomMessages({ roomId: this.roomId, limit: PAGE });
      this.messages = page.messages.map(messageOf);
      this.hasOlder = page.hasMore;
      this.hasNewer = false;
      this.moved++;
    });
  }

  /** Brings a message and what stands around it into the stretch; false when the room does not hold it. */
  async openAt(seq: number): Promise<boolean> {
    if (this.#at(seq) !== undefined) return true;
    const at = BigInt(seq);
    await this.#load(async () => {
      const [older, newer] = await Promise.all([
        this.chat.listRoomMessages({ roomId: this.roomId, limit: PAGE, from: { case: 'beforeSequence', value: at + 1n } }),
        this.chat.listRoomMessages({ roomId: this.roomId, limit: PAGE, from: { case: 'afterSequence', value: at } }),
      ]);
      this.messages = [...older.messages, ...newer.messages].map(messageOf);
      this.hasOlder = older.hasMore;
      this.hasNewer = newer.hasMore;
      this.following = false;
      this.moved++;
    });
    return this.#at(seq) !== undefined;
  }

  /** One message, wherever it stands; undefined when it cannot be read. */
  async read(seq: number): Promise<Message | undefined> {
    const held = this.find(seq);
    if (held !== undefined) return held;
    const page = await this.chat.listRoomMessages({ roomId: this.roomId, limit: 1, from: { case: 'beforeSequence', value: BigInt(seq + 1) } });
    const found = page.messages.map(messageOf)[0];
    return found?.seq === seq ? found : undefined;
  }

  async openThread(root: number): Promise<void> {
    const thread: Thread = { root, messages: this.thread?.root === root ? this.thread.messages : [], loading: true, problem: '' };
    this.thread = thread;
    const came: Event[] = [];
    this.#meanwhile ??= came;
    this.changed();
    try {
      const page = await this.chat.listRoomMessages({ roomId: this.roomId, limit: 200, thread: BigInt(root) });
      const listed = page.messages.map(messageOf);
      const newest = listed.at(-1)?.seq ?? 0;
      thread.messages = [...listed, ...thread.messages.filter((each) => each.seq > newest)];
      this.#replace(root, (message) => ({ ...message, replies: Math.max(message.replies, listed.length - 1) }));
    } catch (cause) {
      thread.problem = failureOf(cause).message;
    } finally {
      thread.loading = false;
      if (this.#meanwhile === came) this.#again(came);
      this.changed();
    }
  }

  closeThread(): void {
    this.thread = undefined;
    this.changed();
  }

  /** Runs one loading at a time, and afterwards applies what happened meanwhile. */
  async #load(loading: () => Promise<void>): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    this.problem = '';
    const came: Event[] = [];
    this.#meanwhile = came;
    this.changed();
    try {
      await loading();
    } catch (cause) {
      this.problem = failureOf(cause).message;
    } finally {
      this.loading = false;
      this.#again(came);
      this.changed();
    }
  }

  #again(events: readonly Event[]): void {
    this.#meanwhile = undefined;
    for (const event of events) {
      if (event.payload.case === 'chatChange') this.#change(event, event.payload.value);
      if (event.payload.case === 'chat' && !this.hasNewer) this.#place(messageIn(event, event.payload.value));
    }
  }

  #add(message: Message, looking: boolean): void {
    const mine = this.me() !== '' && message.senderId === this.me();
    if (!this.hasNewer && this.#place(message) && this.following && this.messages.length > KEPT) {
      this.messages = this.messages.slice(-KEPT_AFTER);
      this.hasOlder = true;
    }
    const thread = this.thread;
    if (thread !== undefined && message.thread === thread.root) thread.messages = [...thread.messages, message];
    if (message.thread !== 0) this.#replace(message.thread, (root) => ({ ...root, replies: root.replies + 1 }));
    if (mine) this.firstUnread = undefined;
    else if (!looking || !this.following) {
      if (this.unread === 0) this.firstUnread = message.seq;
      this.unread++;
    }
  }

  /** Puts a message at the stretch's end; false when it stands there already or was trimmed before. */
  #place(message: Message): boolean {
    const last = this.messages.at(-1)?.seq ?? 0;
    if (message.seq <= last) return false;
    this.messages = [...this.messages, message];
    return true;
  }

  #change(event: Event, change: ChatChangePayload): void {
    this.#replace(Number(change.sequence), (message) => ({
      ...message,
      text: change.message,
      edited: message.edited || !change.deleted,
      deleted: change.deleted,
      changedAt: millis(event.recordedAt),
    }));
  }

  #replace(seq: number, change: (message: Message) => Message): void {
    const index = indexOf(this.messages, seq);
    const found = this.messages[index];
    if (found !== undefined) this.messages = [...this.messages.slice(0, index), change(found), ...this.messages.slice(index + 1)];
    if (this.thread !== undefined) this.thread.messages = this.thread.messages.map((each) => (each.seq === seq ? change(each) : each));
  }

  #at(seq: number): Message | undefined {
    return this.messages[indexOf(this.messages, seq)];
  }
}

/** Index of a message in rising order; -1 when it is not there. */
function indexOf(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = messages[middle]!.seq;
    if (at === seq) return middle;
    if (at < seq) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
