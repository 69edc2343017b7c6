import { applyChange, millis, type Entry } from '../contract/entry.js';
import { failureOf, type Failure } from '../contract/failure.js';
import type { Services } from '../contract/services.js';
import type { Session, TimelineResponse } from '../contract/wire.js';
import type { LogSource } from '../log/log-view.js';
import { Facts } from './facts.js';
import { EVERYTHING, passes, type Filter } from './filter.js';
import { Finder } from './finder.js';
import { History } from './history.js';
import { Ledger } from './ledger.js';
import { Player, seekBy } from './player.js';
import { lowerBound, Segment } from './segment.js';
import { Tail, type TailState } from './tail.js';

/** Events that a replay wants ahead of its position. */
const AHEAD = 1_000;
/** Entries kept while the page follows a stream; beyond it the oldest are read again when scrolled to. */
const KEPT = 150_000;
/** Up to so far above the newest stretch a place is reached by paging, so that nothing has to be joined. */
const NEAR = 2_000;

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'ended' | 'failed';

/** A sentence above the log for a while. */
export interface Notice {
  text: string;
  tone: 'good' | 'warn';
}

/**
 * Everything a session page knows, without a word about how it looks. The log that is shown is `rows`:
 * entries of the stretch in view that pass the filter and, while a replay runs, lie behind its position.
 */
export class SessionModel implements LogSource {
  readonly about = 'session';
  tailState: TailState = { is: 'connecting' };
  notice: Notice | undefined;
  /** The stretch that the tail keeps growing. */
  live = new Segment(0);
  /** The stretch in view: the live one, or one further back that has not been joined to it yet. */
  view = this.live;
  rows: Entry[] = [];
  /** Rises whenever rows changed other than by entries added at their end. */
  rebuilt = 0;
  filter: Filter = EVERYTHING;
  readonly modules = new Set<string>();
  readonly player = new Player();
  readonly proofs: Ledger;
  readonly chat: Ledger;
  finder: Finder | undefined;
  /** Whether the page is at the log's end and stays there; the log's element says so. */
  following = true;
  /** First and last event in sight; the log's element says so. */
  seen = { first: 0, last: 0 };
  loadingOlder = false;
  loadingNewer = false;
  problem = '';
  readonly tail: Tail;
  readonly facts: Facts;
  readonly #history: History;
  /** Newest edit or deletion of each message that is known of. */
  readonly #changes = new Map<number, Entry>();
  readonly #listeners = new Set<() => void>();
  readonly #stop = new AbortController();
  #rowsTo = 0;
  #leftAt = 0;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  #opened = false;
  #opening = 0;

  constructor(
    private readonly services: Services,
    readonly sessionId: string,
  ) {
    const tell = () => this.#tell();
    this.proofs = new Ledger(services.streams, sessionId, ['proof', 'artifact'], tell);
    this.chat = new Ledger(services.streams, sessionId, ['chat', 'reaction', 'chat_change'], tell, (entry) => void this.#noted(entry));
    this.facts = new Facts(services, sessionId, tell, () => this.tail.doubt());
    this.#history = new History(services.streams, sessionId, (entry) => this.#noted(entry));
    this.tail = new Tail(services.streams, sessionId, {
      arrived: (entries) => this.#arrived(entries),
      changed: (state) => {
        this.tailState = state;
        if (state.is === 'live' || state.is === 'ended') void this.#openPanels();
        // Soon again, now that this page is a viewer itself.
        if (state.is === 'live') setTimeout(() => void this.facts.refresh(), 500);
        if (state.is === 'ended') void this.facts.refresh();
        this.#tell();
      },
      recovered: (missed) => this.#recovered(missed),
    });
  }

  /** Starts watching; ends with stop(). */
  start(): void {
    void this.tail.run(this.#stop.signal);
    this.facts.start(this.#stop.signal, () => ({ ended: this.connection === 'ended', lastSequence: this.lastSequence }));
    addEventListener('online', this.#retry);
    document.addEventListener('visibilitychange', this.#retry);
  }

  stop(): void {
    this.#stop.abort();
    this.finder?.stop();
    clearTimeout(this.#noticeTimer);
    removeEventListener('online', this.#retry);
    document.removeEventListener('visibilitychange', this.#retry);
    this.#listeners.clear();
  }

  /** Calls the listener after changes; the returned function ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get connection(): Connection {
    return this.tailState.is;
  }

  get lastSequence(): number {
    return this.tail.last ?? 0;
  }

  /** Whether the newest event is in view as it comes. */
  get atLive(): boolean {
    return this.player.mode === 'live' && this.view === this.live;
  }

  get behind(): boolean {
    return this.player.mode === 'live' && this.view !== this.live;
  }

  get words(): readonly string[] {
    return this.finder?.words ?? [];
  }

  get caughtUpTo(): number {
    return this.tail.caughtUpTo;
  }

  addressOf(seq: number): string {
    return `/s/${this.sessionId}#e${seq}`;
  }

  /** Events that came and are not shown because the page looks elsewhere. */
  get waiting(): number {
    if (this.player.mode !== 'live') return Math.max(0, this.lastSequence - this.player.position);
    if (this.view !== this.live) return Math.max(0, this.lastSequence - this.view.last);
    return this.following ? 0 : this.rows.length - lowerBound(this.rows, this.#leftAt + 1);
  }

  setFollowing(following: boolean): void {
    if (following === this.following) return;
    this.following = following;
    this.#leftAt = this.lastSequence;
    this.#tell();
  }

  setFilter(filter: Filter): void {
    this.filter = filter;
    this.#rebuild();
  }

  /** Loads what lies before the stretch in view, on until some of it passes the filter. */
  async loadOlder(): Promise<void> {
    if (this.loadingOlder || !this.view.hasOlder) return;
    this.loadingOlder = true;
    this.problem = '';
    this.#tell();
    const view = this.view;
    try {
      let found = 0;
      for (let pages = 0; pages < 10 && found < 30 && view.hasOlder; pages++) {
        found += (await this.#history.extendBack(view)).filter((entry) => passes(this.filter, entry)).length;
      }
    } catch (cause) {
      this.problem = failureOf(cause).message;
    } finally {
      this.loadingOlder = false;
      this.#rebuild();
    }
  }

  /** Loads what lies after the stretch in view and joins it to the live one when they meet. */
  async loadNewer(): Promise<void> {
    if (this.loadingNewer || this.view === this.live) return;
    this.loadingNewer = true;
    this.problem = '';
    const view = this.view;
    try {
      await this.#history.extendForward(view);
      this.#join(view);
    } catch (cause) {
      this.problem = failureOf(cause).message;
    } finally {
      this.loadingNewer = false;
      this.#extend();
    }
  }

  /** Brings the stretch around an event into view; false when the stream does not hold it. */
  async openAt(seq: number): Promise<boolean> {
    const turn = ++this.#opening;
    this.problem = '';
    try {
      if (!this.view.holds(seq)) {
        if (this.live.holds(seq) || (seq < this.live.first && this.live.first - seq <= NEAR)) {
          while (!this.live.holds(seq) && this.live.hasOlder) await this.#history.extendBack(this.live);
          this.view = this.live;
        } else {
          const stretch = await this.#history.around(seq);
          // Somebody has asked for another place meanwhile.
          if (turn !== this.#opening) return true;
          this.view = stretch;
          this.#join(stretch);
        }
      }
      // Retention may have taken the place that was asked for.
      if (this.player.mode !== 'live' && this.player.position < this.view.first - 1) this.player.moveTo(this.view.first - 1);
      this.#rebuild();
      return this.view.holds(seq);
    } catch (cause) {
      this.problem = failureOf(cause).message;
      this.#tell();
      return false;
    }
  }

  /** As openAt; a replay that has not come so far moves there. */
  async reveal(seq: number): Promise<boolean> {
    if (this.player.mode !== 'live' && seq > this.player.position) this.player.moveTo(seq);
    return this.openAt(seq);
  }

  goLive(): void {
    this.#opening++;
    this.player.mode = 'live';
    this.player.skipped = 0;
    this.view = this.live;
    this.following = true;
    this.#rebuild();
  }

  pause(): void {
    if (this.player.mode === 'live') this.player.moveTo(this.view.last);
    this.player.mode = 'paused';
    this.#extend();
  }

  /** Plays on from the position; from the beginning when it stands at the end of what is over. */
  async play(): Promise<void> {
    if (this.player.mode === 'live') this.player.moveTo(this.view.last);
    if (this.connection === 'ended' && this.player.position >= this.lastSequence) await this.seek(0);
    this.player.skipped = 0;
    this.player.mode = 'playing';
    this.#tell();
  }

  /** Moves the replay to an event. What was live is paused there; what was playing plays on. */
  async seek(seq: number): Promise<void> {
    const goal = Math.max(0, Math.min(seq, this.lastSequence));
    if (this.player.mode === 'live') this.player.mode = 'paused';
    this.player.skipped = 0;
    this.following = true;
    this.player.moveTo(goal);
    await this.openAt(Math.max(1, goal));
  }

  /**
   * Moves the replay by some time of the stream; forward beyond the end means live. What was live plays on from
   * further back, as a recorder would.
   */
  async seekBy(ms: number): Promise<void> {
    const wasLive = this.player.mode === 'live' && this.connection !== 'ended';
    const position = this.player.mode === 'live' ? this.view.last : this.player.position;
    let goal = seekBy(this.view.entries, position, ms);
    if (goal <= this.view.first && ms < 0 && this.view.hasOlder) {
      await this.loadOlder();
      goal = seekBy(this.view.entries, position, ms);
    }
    if (ms > 0 && goal >= this.lastSequence) return this.goLive();
    if (wasLive) this.player.mode = 'playing';
    await this.seek(goal);
  }

  /** Lets a running replay go on by so many milliseconds. */
  advance(passed: number): void {
    const player = this.player;
    // Between a leap and the arrival of what stands there, time does not pass.
    if (player.mode !== 'playing' || player.position < this.view.first - 1) return;
    if (this.view !== this.live && this.view.last - player.position < AHEAD) void this.loadNewer();
    if (!player.advance(this.view.entries, passed)) {
      if (this.view === this.live && player.position >= this.live.last) this.goLive();
      return;
    }
    this.#extend();
  }

  /** Searches the whole stream, narrowed to the kinds and levels that are shown. */
  search(query: string, narrowing: ConstructorParameters<typeof Finder>[3]): Finder {
    this.finder?.stop();
    const finder = new Finder(this.services.streams, this.sessionId, query, narrowing, () => this.#tell());
    this.finder = finder;
    void finder.run(this.lastSequence);
    return finder;
  }

  clearSearch(): void {
    this.finder?.stop();
    this.finder = undefined;
    this.#tell();
  }

  async send(message: string, requestId: string): Promise<Failure | undefined> {
    try {
      await this.services.chat.sendMessage({ sessionId: this.sessionId, message, requestId });
      return undefined;
    } catch (cause) {
      return failureOf(cause);
    }
  }

  async react(seq: number, emoji: string, remove: boolean): Promise<Failure | undefined> {
    try {
      await this.services.chat.react({ sessionId: this.sessionId, sequence: BigInt(seq), emoji, remove });
      return undefined;
    } catch (cause) {
      return failureOf(cause);
    }
  }

  async edit(seq: number, message: string): Promise<Failure | undefined> {
    try {
      await this.services.chat.editMessage({ streamId: this.sessionId, sequence: BigInt(seq), message });
      return undefined;
    } catch (cause) {
      return failureOf(cause);
    }
  }

  async remove(seq: number): Promise<Failure | undefined> {
    try {
      await this.services.chat.deleteMessage({ streamId: this.sessionId, sequence: BigInt(seq) });
      return undefined;
    } catch (cause) {
      return failureOf(cause);
    }
  }

  get session(): Session | undefined {
    return this.facts.session;
  }

  get timeline(): TimelineResponse | undefined {
    return this.facts.timeline;
  }

  /** Why there is nothing to show; undefined while there is. */
  get failure(): Failure | undefined {
    return this.tailState.is === 'failed' ? (this.facts.failure ?? this.tailState.failure) : this.facts.failure;
  }

  /** When something was last heard of the session: a heartbeat or an event, milliseconds since 1970. */
  get lastSign(): number | undefined {
    const beat = millis(this.session?.lastHeartbeatAt);
    const event = this.live.entries.at(-1)?.recorded;
    return beat === undefined ? event : Math.max(beat, event ?? 0);
  }

  #arrived(entries: Entry[]): void {
    if (this.live.entries.length === 0) {
      const wasInView = this.view === this.live;
      this.live = new Segment((entries[0] as Entry).seq - 1);
      if (wasInView) this.view = this.live;
    }
    for (const entry of entries) this.live.append(this.#noted(entry));
    if (entries.some((entry) => entry.kind === 'chat_change')) this.#rebuild();
    this.proofs.take(entries);
    this.chat.take(entries);
    if (this.view !== this.live) {
      this.#join(this.view);
      this.#tell();
    } else if (this.atLive && this.following && this.live.trim(KEPT)) this.#rebuild();
    else this.#extend();
  }

  #recovered(missed: { arrived: number; removed: number }): void {
    const came = missed.arrived === 1 ? '1 event caught up' : `${missed.arrived.toLocaleString('en')} events caught up`;
    if (missed.removed > 0) {
      this.#notify({ tone: 'warn', text: `Recovered. ${missed.removed} events had been removed by retention meanwhile.` });
    } else this.#notify({ tone: 'good', text: `Recovered, nothing missed: ${missed.arrived === 0 ? 'nothing had happened' : came}.` });
  }

  #notify(notice: Notice): void {
    this.notice = notice;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => {
      this.notice = undefined;
      this.#tell();
    }, 8_000);
    this.#tell();
  }

  readonly #retry = () => {
    if (!document.hidden) this.tail.retryNow();
  };

  async #openPanels(): Promise<void> {
    if (this.#opened) return;
    this.#opened = true;
    await Promise.all([this.proofs.loadOlder(this.lastSequence), this.chat.loadOlder(this.lastSequence), this.facts.readTimeline()]);
  }

  #join(stretch: Segment): void {
    if (stretch === this.live || this.view !== stretch || stretch.last < this.live.first - 1) return;
    this.live.adopt(stretch);
    this.view = this.live;
  }

  #noted(entry: Entry): Entry {
    if (entry.module) this.modules.add(entry.module);
    if (entry.kind === 'chat_change') this.#changed(entry);
    const change = entry.kind === 'chat' ? this.#changes.get(entry.seq) : undefined;
    if (change !== undefined) applyChange(entry, change);
    return entry;
  }

  /** A message was edited or deleted: what is shown of it follows. */
  #changed(change: Entry): void {
    const seq = change.target ?? 0;
    if ((this.#changes.get(seq)?.seq ?? 0) > change.seq) return;
    this.#changes.set(seq, change);
    for (const entries of [this.live.entries, this.view.entries, this.chat.entries]) {
      const message = entries[lowerBound(entries, seq)];
      if (message !== undefined) applyChange(message, change);
    }
  }

  #target(): number {
    return this.player.mode === 'live' ? this.view.last : Math.min(this.player.position, this.view.last);
  }

  /** Adds rows at the end as far as they are to be shown. */
  #extend(): void {
    const target = this.#target();
    if (target < this.#rowsTo) return this.#rebuild();
    const entries = this.view.entries;
    for (let index = lowerBound(entries, this.#rowsTo + 1); index < entries.length; index++) {
      const entry = entries[index] as Entry;
      if (entry.seq > target) break;
      if (passes(this.filter, entry)) this.rows.push(entry);
    }
    this.#rowsTo = target;
    this.#tell();
  }

  #rebuild(): void {
    const target = this.#target();
    this.rows = this.view.entries.filter((entry) => entry.seq <= target && passes(this.filter, entry));
    this.#rowsTo = target;
    this.rebuilt++;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
