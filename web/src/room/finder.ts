import { failureOf } from '../contract/failure.js';
import type { RoomChatService } from '../contract/room-wire.js';
import { messageOf, type Message } from './message.js';

/** Hits after which it waits to be asked for more. */
const MOST_HITS = 100;

/** A search in a room's talk, from the newest message back. */
export class RoomFinder {
  hits: Message[] = [];
  running = false;
  hasMore = false;
  problem = '';
  #searchedTo = 0n;
  readonly #line = new AbortController();

  constructor(
    private readonly chat: RoomChatService,
    private readonly roomId: string,
    readonly query: string,
    private readonly changed: () => void,
  ) {}

  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.problem = '';
    const most = this.hits.length + MOST_HITS;
    this.changed();
    try {
      do {
        const found = await this.chat.searchRoomMessages(
          { roomId: this.roomId, query: this.query, beforeSequence: this.#searchedTo, limit: 50 },
          { signal: this.#line.signal },
        );
        this.hits = [...this.hits, ...found.messages.map(messageOf)];
        this.#searchedTo = found.searchedTo;
        this.hasMore = found.hasMore;
        this.changed();
      } while (this.hasMore && this.hits.length < most);
    } catch (cause) {
      if (!this.#line.signal.aborted) this.problem = failureOf(cause).message;
    } finally {
      this.running = false;
      this.changed();
    }
  }

  stop(): void {
    this.#line.abort();
  }
}
