import { endOf, entryOf, gapEntry, type Entry } from '../contract/entry.js';
import { failureOf, isFinal, type Failure } from '../contract/failure.js';
import type { StreamService, WatchResponse } from '../contract/wire.js';

/** What the page knows of its one connection. */
export type TailState =
  | { is: 'connecting' }
  | { is: 'live' }
  | { is: 'reconnecting'; attempt: number; retryAt: number }
  | { is: 'ended' }
  | { is: 'failed'; failure: Failure };

export interface TailListener {
  /** Entries that follow what was given before, without a hole. */
  arrived(entries: Entry[]): void;
  changed(state: TailState): void;
  /** The connection was lost and is back, and everything in between has arrived or is gone for a told reason. */
  recovered(missed: { arrived: number; removed: number }): void;
}

/** Newest events asked for when a page opens. */
const OPENING_TAIL = 400;
/** The server sends a checkpoint every 10 seconds; after three of them missed the line is taken for dead. */
const SILENCE_MS = 35_000;
/** After one missed checkpoint another sign that the server is gone is enough. */
const DOUBT_MS = 12_000;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;

/**
 * The page's one Watch. Applies by sequence: at or below the last is a duplicate; a hole or a drop means
 * asking again from the last. Nothing else keeps the position, so nothing can be missed or come twice.
 */
export class Tail {
  last: number | undefined;
  applied = 0;
  duplicatesDropped = 0;
  reconnects = 0;
  holes = 0;
  /** Newest event that was stored before the present connection asked; what lies above it came live. */
  caughtUpTo = Infinity;
  #lostAt: { applied: number; removed: number } | undefined;
  #removed = 0;
  #attempt = 0;
  #wake: (() => void) | undefined;
  #hangUp: (() => void) | undefined;
  #heardAt = 0;
  #heard = false;

  constructor(
    private readonly streams: StreamService,
    private readonly streamId: string,
    private readonly listener: TailListener,
    private readonly wait: (ms: number) => number = jittered,
  ) {}

  /** Follows the stream until it ends, a failure is final, or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.listener.changed({ is: 'connecting' });
    while (!signal.aborted) {
      const failure = await this.#connection(signal);
      if (signal.aborted) return;
      if (failure === 'ended') {
        this.#reportRecovery();
        this.listener.changed({ is: 'ended' });
        return;
      }
      // A call that was let in and is ended for its credential is asked again first: another cookie may be there.
      if (isFinal(failure) && !this.#heard) {
        this.listener.changed({ is: 'failed', failure });
        return;
      }
      await this.#backOff(signal);
    }
  }

  /** Tries again now instead of at the end of the wait. */
  retryNow(): void {
    this.#wake?.();
  }

  /** Tells that another call found the server gone: a line that has also been silent is given up. */
  doubt(): void {
    if (Date.now() - this.#heardAt > DOUBT_MS) this.#hangUp?.();
  }

  async #connection(signal: AbortSignal): Promise<Failure | 'ended'> {
    const line = new AbortController();
    const hangUp = () => line.abort();
    signal.addEventListener('abort', hangUp, { once: true });
    let alarm = setTimeout(hangUp, SILENCE_MS);
    this.#heardAt = Date.now();
    this.#heard = false;
    this.#hangUp = hangUp;
    this.caughtUpTo = Infinity;
    try {
      const start =
        this.last === undefined
          ? ({ case: 'tail', value: OPENING_TAIL } as const)
          : ({ case: 'afterSequence', value: BigInt(this.last) } as const);
      const messages = this.streams.watch({ streamId: this.streamId, start }, { signal: line.signal });
      for await (const message of messages) {
        clearTimeout(alarm);
        alarm = setTimeout(hangUp, SILENCE_MS);
        this.#heardAt = Date.now();
        this.#heard = true;
        if (!this.#take(message)) {
          this.holes++;
          throw new Error('an event is missing: asking again from the last one');
        }
        if (message.mark.case === 'ended') return 'ended';
      }
      throw new Error('the server closed the stream before its end');
    } catch (cause) {
      return failureOf(cause);
    } finally {
      clearTimeout(alarm);
      signal.removeEventListener('abort', hangUp);
      hangUp();
    }
  }

  /** Applies a message; false when it shows that something is missing. */
  #take(message: WatchResponse): boolean {
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
        this.#attempt = 0;
        this.#reportRecovery();
        this.listener.changed({ is: 'live' });
        return true;
      case 'checkpoint':
      case 'ended':
        this.last ??= Number(mark.value.sequence);
        return Number(mark.value.sequence) <= this.last;
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

  async #backOff(signal: AbortSignal): Promise<void> {
    this.reconnects++;
    this.#lostAt ??= { applied: this.applied, removed: this.#removed };
    const attempt = this.#attempt++;
    const ms = this.wait(Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS));
    this.listener.changed({ is: 'reconnecting', attempt: attempt + 1, retryAt: Date.now() + ms });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      const end = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#wake = end;
      signal.addEventListener('abort', end, { once: true });
    });
    this.#wake = undefined;
  }
}

/** Between half and the whole of the wait, so that a thousand pages do not come back in one moment. */
function jittered(ms: number): number {
  return ms / 2 + (Math.random() * ms) / 2;
}
