import { failureOf } from '../contract/failure.js';
import type { SandboxService } from '../contract/sandbox-wire.js';
import type { Usage } from './usage.js';

const INTERVAL_MS = 1_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Follows how much a sandbox uses, while it runs and somebody looks: a browser has six connections to a server, and a
 * page behind others needs none for this.
 */
export class Meter {
  /** Why there is nothing to measure; empty while there is. */
  problem = '';
  #call: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;

  constructor(
    private readonly sandboxes: SandboxService,
    private readonly sandboxId: string,
    private readonly usage: Usage,
    private readonly changed: () => void,
  ) {}

  get running(): boolean {
    return this.#call !== undefined;
  }

  /** Starts or stops following. */
  follow(wanted: boolean): void {
    if (!wanted) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#call?.abort();
      this.#call = undefined;
    } else if (this.#call === undefined && this.#timer === undefined) {
      void this.#run();
    }
  }

  async #run(): Promise<void> {
    const call = new AbortController();
    this.#call = call;
    const { sandboxId } = this;
    const interval = { seconds: BigInt(INTERVAL_MS / 1000), nanos: 0 };
    try {
      for await (const { stats } of this.sandboxes.watchSandboxStats({ sandboxId, interval }, { signal: call.signal })) {
        if (call.signal.aborted) return;
        this.#attempt = 0;
        this.problem = '';
        if (stats !== undefined) this.usage.take(stats);
        this.changed();
      }
    } catch (cause) {
      if (call.signal.aborted) return;
      const failure = failureOf(cause);
      // A state that does not fit is about to be told, and a line that broke comes back; everything else is worth a sentence.
      this.problem = failure.reason === 'SANDBOX_STATE_REFUSED' || failure.reason === '' ? '' : failure.message;
    }
    if (this.#call === call) this.#call = undefined;
    if (call.signal.aborted) return;
    this.changed();
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        void this.#run();
      },
      Math.min(FIRST_WAIT_MS * 2 ** this.#attempt++, LONGEST_WAIT_MS),
    );
  }
}
