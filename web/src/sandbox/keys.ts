import { failureOf, isFinal, type Failure } from '../contract/failure.js';

/** Bytes of one call at most. */
const MOST = 16 * 1024;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/** Writes bytes to a process; position is how many were sent before, undefined for whatever it is. */
export type Send = (data: Uint8Array, position: number | undefined) => Promise<number>;

/**
 * What is typed, on its way to a process. One call at a time, in order; what is typed meanwhile goes with the next. A
 * call that is not answered is made again with the same position, so that the process has every byte once.
 */
export class Keys {
  /** Bytes that the process has; unknown until the first call is answered. */
  position: number | undefined;
  calls = 0;
  repeats = 0;
  #waiting: Uint8Array[] = [];
  #sending = false;
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(
    private readonly send: Send,
    /** Told when bytes cannot be delivered: the process is gone, or the caller may not any more. */
    private readonly lost: (failure: Failure) => void,
    /** Told before and after calls how many bytes the process has; undefined while that is not known. */
    private readonly moved: (position: number | undefined) => void = () => undefined,
    position?: number,
    private readonly pause: (ms: number, woken: (wake: () => void) => void) => Promise<void> = wait,
  ) {
    this.position = position;
  }

  /** Whether everything that was typed has arrived. */
  get idle(): boolean {
    return !this.#sending && this.#waiting.length === 0;
  }

  type(data: Uint8Array): void {
    if (this.#closed || data.length === 0) return;
    this.#waiting.push(data);
    if (!this.#sending) void this.#run();
  }

  /** Tries again now instead of at the end of the wait. */
  retryNow(): void {
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#wake?.();
  }

  async #run(): Promise<void> {
    this.#sending = true;
    this.moved(undefined);
    while (this.#waiting.length > 0 && !this.#closed) await this.#deliver(this.#next());
    this.#sending = false;
    this.moved(this.position);
  }

  /** As much of what waits as goes into one call. */
  #next(): Uint8Array {
    const whole = new Uint8Array(this.#waiting.reduce((sum, each) => sum + each.length, 0));
    let at = 0;
    for (const each of this.#waiting) {
      whole.set(each, at);
      at += each.length;
    }
    this.#waiting = whole.length > MOST ? [whole.subarray(MOST)] : [];
    return whole.subarray(0, MOST);
  }

  async #deliver(data: Uint8Array): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt++) {
      try {
        this.calls++;
        if (attempt > 0) this.repeats++;
        this.position = await this.send(data, this.position);
        return;
      } catch (cause) {
        const failure = failureOf(cause);
        if (isFinal(failure) || failure.reason === 'SANDBOX_STATE_REFUSED') {
          this.close();
          this.lost(failure);
          return;
        }
        await this.pause(Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS), (wake) => (this.#wake = wake));
        this.#wake = undefined;
      }
    }
  }
}

function wait(ms: number, woken: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    woken(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
