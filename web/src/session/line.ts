import { failureOf, isFinal, type Failure } from '../contract/failure.js';
import type { StreamService, WatchResponse, WatchStart } from '../contract/wire.js';

/** What the page knows of its one connection. */
export type LineState =
  | { is: 'connecting' }
  | { is: 'live' }
  | { is: 'reconnecting'; attempt: number; retryAt: number }
  | { is: 'ended' }
  | { is: 'failed'; failure: Failure };

/** Who reads from the line and keeps the position. */
export interface Reader {
  /** Where the next call begins. May read other things first; what that throws counts as the call's own failure. */
  start(signal: AbortSignal): WatchStart | Promise<WatchStart>;
  /** Applies a message; false when it shows that something is missing, which is asked for again then. */
  take(message: WatchResponse): boolean;
  /** The call is over before the stream is. True to ask again at once and without a word. */
  dropped(failure: Failure): boolean;
  changed(state: LineState): void;
}

/** The server sends a checkpoint every 10 seconds; after three of them missed the line is taken for dead. */
const SILENCE_MS = 35_000;
/** After one missed checkpoint another sign that the server is gone is enough. */
const DOUBT_MS = 12_000;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;

/** A Watch that outlives its calls: after every drop it asks again, patiently, until the stream ends or a refusal is final. */
export class Line {
  reconnects = 0;
  #attempt = 0;
  #wake: (() => void) | undefined;
  #hangUp: (() => void) | undefined;
  #heardAt = 0;
  #heard = false;

  constructor(
    private readonly streams: StreamService,
    private readonly streamId: string,
    private readonly reader: Reader,
    private readonly wait: (ms: number) => number = jittered,
  ) {}

  /** Follows the stream until it ends, a failure is final, or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.reader.changed({ is: 'connecting' });
    while (!signal.aborted) {
      const failure = await this.#call(signal);
      if (signal.aborted) return;
      if (failure === 'ended') {
        this.reader.changed({ is: 'ended' });
        return;
      }
      // A call that was let in and is ended for its credential is asked again first: another cookie may be there.
      if (isFinal(failure) && !this.#heard) {
        this.reader.changed({ is: 'failed', failure });
        return;
      }
      if (this.reader.dropped(failure) && this.#heard) continue;
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

  async #call(signal: AbortSignal): Promise<Failure | 'ended'> {
    const call = new AbortController();
    const hangUp = () => call.abort();
    signal.addEventListener('abort', hangUp, { once: true });
    let alarm = setTimeout(hangUp, SILENCE_MS);
    this.#heardAt = Date.now();
    this.#heard = false;
    this.#hangUp = hangUp;
    try {
      const start = await this.reader.start(call.signal);
      for await (const message of this.streams.watch({ streamId: this.streamId, start }, { signal: call.signal })) {
        clearTimeout(alarm);
        alarm = setTimeout(hangUp, SILENCE_MS);
        this.#heardAt = Date.now();
        this.#heard = true;
        if (!this.reader.take(message)) throw new Error('an event is missing: asking again from the last one');
        if (message.mark.case === 'caughtUp') {
          this.#attempt = 0;
          this.reader.changed({ is: 'live' });
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

  async #backOff(signal: AbortSignal): Promise<void> {
    this.reconnects++;
    const attempt = this.#attempt++;
    const ms = this.wait(Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS));
    this.reader.changed({ is: 'reconnecting', attempt: attempt + 1, retryAt: Date.now() + ms });
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
