import { endOf, entryOf, gapEntry, type Entry } from '../contract/entry.js';
import type { StreamService, WatchResponse, WatchStart } from '../contract/wire.js';
import { Line, type LineState, type Reader } from './line.js';

export type TailState = LineState;

export interface TailListener {
  /** Entries that follow what was given before, without a hole. */
  arrived(entries: Entry[]): void;
  changed(state: TailState): void;
  /** The connection was lost and is back, and everything in between has arrived or is gone for a told reason. */
  recovered(missed: { arrived: number; removed: number }): void;
}

/** Newest events asked for when a page opens. */
const OPENING_TAIL = 400;

/**
 * The page's one Watch. Applies by sequence: at or below the last is a duplicate; a hole or a drop means
 * asking again from the last. Nothing else keeps the position, so nothing can be missed or come twice.
 */
export class Tail implements Reader {
  last: number | undefined;
  applied = 0;
  duplicatesDropped = 0;
  holes = 0;
  /** Newest event that was stored before the present connection asked; what lies above it came live. */
  caughtUpTo = Infinity;
  readonly #line: Line;
  #lostAt: { applied: number; removed: number } | undefined;
  #removed = 0;

  constructor(
    streams: StreamService,
    streamId: string,
    private readonly listener: TailListener,
    wait?: (ms: number) => number,
  ) {
    this.#line = new Line(streams, streamId, this, wait);
  }

  get reconnects(): number {
    return this.#line.reconnects;
  }

  /** Follows the stream until it ends, a failure is final, or the signal aborts. */
  run(signal: AbortSignal): Promise<void> {
    return this.#line.run(signal);
  }

  /** Tries again now instead of at the end of the wait. */
  retryNow(): void {
    this.#line.retryNow();
  }

  /** Tells that another call found the server gone: a line that has also been silent is given up. */
  doubt(): void {
    this.#line.doubt();
  }

  start(): WatchStart {
    this.caughtUpTo = Infinity;
    return this.last === undefined ? { case: 'tail', value: OPENING_TAIL } : { case: 'afterSequence', value: BigInt(this.last) };
  }

  take(message: WatchResponse): boolean {
    const whole = this.#apply(message);
    if (!whole) this.holes++;
    return whole;
  }

  dropped(): boolean {
    this.#lostAt ??= { applied: this.applied, removed: this.#removed };
    return false;
  }

  changed(state: TailState): void {
    this.listener.changed(state);
  }

  /** Applies a message; false when it shows that something is missing. */
  #apply(message: WatchResponse): boolean {
    const fresh: Entry[] = [];
    let whole = true;
    for (const event of message.events) {
      const seq = Number(event.sequence);
      if (this.last !== undefined && seq <= this.last) {
        this.duplicatesDropped++;
        continue;
      }
      if (this.last !== undefined && seq !== this.last + 1) {
        whole = false;
        break;
      }
      fresh.push(entryOf(event));
      this.last = seq;
      this.applied++;
    }
    const mark = message.mark;
    if (whole && mark.case === 'gap') {
      const last = Number(mark.value.lastSequence);
      const first = Math.max(Number(mark.value.firstSequence), (this.last ?? 0) + 1);
      if (last >= first) {
        const gap = gapEntry(first, last);
        fresh.push(gap);
        this.#removed += last - first + 1;
        this.last = endOf(gap);
      }
    }
    if (fresh.length > 0) this.listener.arrived(fresh);
    if (!whole) return false;
    switch (mark.case) {
      case 'caughtUp':
        this.last ??= Number(mark.value.sequence);
        if (Number(mark.value.sequence) > this.last) return false;
        this.caughtUpTo = this.last;
        this.#reportRecovery();
        return true;
      case 'checkpoint':
        this.last ??= Number(mark.value.sequence);
        return Number(mark.value.sequence) <= this.last;
      case 'ended':
        this.last ??= Number(mark.value.sequence);
        if (Number(mark.value.sequence) > this.last) return false;
        this.#reportRecovery();
        return true;
      case 'gap':
      case undefined:
        return true;
    }
  }

  #reportRecovery(): void {
    if (this.#lostAt === undefined) return;
    const missed = { arrived: this.applied - this.#lostAt.applied, removed: this.#removed - this.#lostAt.removed };
    this.#lostAt = undefined;
    this.listener.recovered(missed);
  }
}
