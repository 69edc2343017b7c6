import type { Entry } from '../contract/entry.js';
import { failureOf } from '../contract/failure.js';
import type { StreamService } from '../contract/wire.js';
import type { LogSource } from '../log/log-view.js';
import { History } from '../session/history.js';
import { lowerBound, Segment } from '../session/segment.js';
import { Tail, type TailListener } from '../session/tail.js';

/** Entries kept while the page follows; beyond it the oldest are read again when scrolled to. */
const KEPT = 60_000;
/** Pages that are read at most to reach an event from a link. */
const REACH_PAGES = 60;

/** Which of a sandbox's lines are shown. */
export type Channel = '' | 'stdout' | 'stderr';

/** What a sandbox wrote and how it changed, from its stream: live, and as far back as somebody scrolls. */
export class Output implements LogSource {
  readonly about = 'sandbox';
  readonly words: readonly string[] = [];
  readonly behind = false;
  view = new Segment(0);
  rows: Entry[] = [];
  rebuilt = 0;
  channel: Channel = '';
  following = true;
  seen = { first: 0, last: 0 };
  loadingOlder = false;
  problem = '';
  readonly tail: Tail;
  readonly #history: History;
  readonly #listeners = new Set<() => void>();
  #leftAt = 0;

  constructor(
    streams: StreamService,
    private readonly sandboxId: string,
    listener: TailListener,
  ) {
    this.#history = new History(streams, sandboxId, (entry) => entry);
    this.tail = new Tail(streams, sandboxId, {
      arrived: (entries) => {
        this.#arrived(entries);
        listener.arrived(entries);
      },
      changed: (state) => {
        listener.changed(state);
        this.#tell();
      },
      recovered: (missed) => listener.recovered(missed),
    });
  }

  get lastSequence(): number {
    return this.tail.last ?? 0;
  }

  get caughtUpTo(): number {
    return this.tail.caughtUpTo;
  }

  get atLive(): boolean {
    return true;
  }

  /** Rows that came while somebody read further up. */
  get waiting(): number {
    return this.following ? 0 : this.rows.length - lowerBound(this.rows, this.#leftAt + 1);
  }

  addressOf(seq: number): string {
    return `/sandboxes/${this.sandboxId}#e${seq}`;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setFollowing(following: boolean): void {
    if (following === this.following) return;
    this.following = following;
    this.#leftAt = this.lastSequence;
    this.#tell();
  }

  setChannel(channel: Channel): void {
    this.channel = channel;
    this.#rebuild();
  }

  async loadOlder(): Promise<void> {
    if (this.loadingOlder || !this.view.hasOlder) return;
    this.loadingOlder = true;
    this.problem = '';
    this.#tell();
    try {
      let found = 0;
      for (let pages = 0; pages < 10 && found < 30 && this.view.hasOlder; pages++) {
        found += (await this.#history.extendBack(this.view)).filter((entry) => this.#passes(entry)).length;
      }
    } catch (cause) {
      this.problem = failureOf(cause).message;
    } finally {
      this.loadingOlder = false;
      this.#rebuild();
    }
  }

  /** There is nothing after what is loaded but what comes by itself. */
  async loadNewer(): Promise<void> {
    await Promise.resolve();
  }

  /** Loads until an event is there; false when it is not on the stream, or too far back. */
  async reveal(seq: number): Promise<boolean> {
    try {
      for (let pages = 0; pages < REACH_PAGES && !this.view.holds(seq) && this.view.hasOlder; pages++) await this.#history.extendBack(this.view);
    } catch (cause) {
      this.problem = failureOf(cause).message;
    }
    this.#rebuild();
    return this.view.holds(seq);
  }

  #arrived(entries: readonly Entry[]): void {
    if (this.view.entries.length === 0) this.view = new Segment((entries[0] as Entry).seq - 1);
    for (const entry of entries) {
      this.view.append(entry);
      if (this.#passes(entry)) this.rows.push(entry);
    }
    if (this.following && this.view.trim(KEPT)) this.#rebuild();
    else this.#tell();
  }

  #passes(entry: Entry): boolean {
    return this.channel === '' || entry.kind !== 'log' || entry.module === this.channel;
  }

  #rebuild(): void {
    this.rows = this.view.entries.filter((entry) => this.#passes(entry));
    this.rebuilt++;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
