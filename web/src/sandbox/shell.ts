import { failureOf, isFinal, type Failure } from '../contract/failure.js';
import type { ProcessEvent, ProcessExited, ProcessService, TerminalSize } from '../contract/sandbox-wire.js';
import { Keys } from './keys.js';

/** A shell, the better one where there are two. */
export const COMMAND: readonly string[] = ['/bin/sh', '-c', 'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh -i; fi'];
const ENVIRONMENT = { TERM: 'xterm-256color', COLORTERM: 'truecolor' };
/** Output that a page that was loaded again asks for, enough to draw its screen anew. */
const REPLAYED = 256 * 1024;
/** The server says something every ten seconds; after three times nothing the line is taken for dead. */
const SILENCE_MS = 35_000;
const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 10_000;
const RESIZE_MS = 120;

export type ShellState =
  | { is: 'starting' }
  | { is: 'live' }
  | { is: 'reconnecting'; retryAt: number }
  | { is: 'exited'; how: ProcessExited }
  | { is: 'failed'; failure: Failure };

export interface ShellListener {
  /**
   * Bytes that it wrote, in order and once each; replayed is true for what it wrote before this page was there. What it
   * writes next is read when this is done.
   */
  wrote(data: Uint8Array, replayed: boolean): Promise<void> | undefined;
  changed(state: ShellState): void;
  /** How many bytes were sent to it: undefined while a call is under way. */
  sent(count: number | undefined): void;
}

/** Where a page finds its shell again. */
export interface Bookmark {
  tag: string;
  /** Bytes that were sent to it; undefined while a call was under way. */
  sent?: number;
}

/** A shell with a terminal in a sandbox. It outlives the calls that show it, and the page. */
export class Shell {
  state: ShellState = { is: 'starting' };
  /** Bytes that it wrote and that were told. */
  position = 0;
  reattached = 0;
  keys: Keys;
  #size: TerminalSize;
  #sizeTold = '';
  #sizing: ReturnType<typeof setTimeout> | undefined;
  #heard = false;
  #replayTo = 0;
  #wake: (() => void) | undefined;
  readonly #stop = new AbortController();

  constructor(
    private readonly processes: ProcessService,
    private readonly sandboxId: string,
    readonly bookmark: Bookmark,
    size: TerminalSize,
    private readonly listener: ShellListener,
    private readonly pause: (ms: number) => Promise<void> = (ms) => this.#backOff(ms),
  ) {
    this.#size = size;
    this.keys = new Keys(
      async (data, position) => {
        const request = { sandboxId, process: bookmark.tag, data };
        const { position: sent } = await processes.sendInput(position === undefined ? request : { ...request, position: BigInt(position) });
        return Number(sent);
      },
      (failure) => {
        if (!this.#stop.signal.aborted && this.state.is !== 'exited') this.#now({ is: 'failed', failure });
      },
      (count) => listener.sent(count),
      bookmark.sent,
    );
  }

  /** Starts the shell and follows it until it ends. */
  async start(): Promise<void> {
    this.keys.position = 0;
    await this.#follow(false);
  }

  /** Goes on with the shell of the bookmark; false when it is gone, so that another may be started. */
  async resume(): Promise<boolean> {
    for (let attempt = 0; !this.#stop.signal.aborted; attempt++) {
      try {
        const { processes } = await this.processes.listProcesses({ sandboxId: this.sandboxId });
        const found = processes.find((each) => each.tag === this.bookmark.tag && each.exited === undefined);
        if (found === undefined) return false;
        this.#replayTo = Number(found.position);
        this.position = Math.max(0, this.#replayTo - REPLAYED);
        void this.#follow(true);
        return true;
      } catch (cause) {
        const failure = failureOf(cause);
        if (isFinal(failure) || failure.reason === 'SANDBOX_STATE_REFUSED') return false;
        await this.#wait(attempt);
      }
    }
    return true;
  }

  type(data: Uint8Array): void {
    this.keys.type(data);
  }

  /** Says how many characters there is room for; the newest of many sizes in a short while is told. */
  resize(size: TerminalSize): void {
    this.#size = size;
    clearTimeout(this.#sizing);
    this.#sizing = setTimeout(() => void this.#tellSize(), RESIZE_MS);
  }

  retryNow(): void {
    this.#wake?.();
    this.keys.retryNow();
  }

  /** Lets go of it; it runs on. */
  leave(): void {
    this.#stop.abort();
    this.keys.close();
    clearTimeout(this.#sizing);
    this.#wake?.();
  }

  /** Ends it. */
  async hangUp(): Promise<void> {
    await this.processes.signalProcess({ sandboxId: this.sandboxId, process: this.bookmark.tag, signal: 1 }).catch(() => undefined);
  }

  async #follow(known: boolean): Promise<void> {
    let started = known;
    for (let attempt = 0; !this.#stop.signal.aborted; ) {
      const failure = await this.#call(started);
      if (failure === 'over' || this.#stop.signal.aborted) return;
      // Whether a call that broke before its first word had started the shell is not known: its tag tells.
      if (failure.reason === 'PROCESS_TAG_TAKEN') {
        started = true;
        continue;
      }
      if (failure.reason === 'OUTPUT_GONE') this.position = Math.max(this.position, this.#replayTo);
      else if (isFinal(failure) || failure.reason === 'SANDBOX_STATE_REFUSED') {
        this.keys.close();
        this.#now({ is: 'failed', failure });
        return;
      }
      if (this.#heard) {
        started = true;
        attempt = 0;
      }
      await this.#wait(attempt++);
    }
  }

  async #wait(attempt: number): Promise<void> {
    const ms = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
    this.#now({ is: 'reconnecting', retryAt: Date.now() + ms });
    await this.pause(ms);
  }

  async #call(attach: boolean): Promise<Failure | 'over'> {
    const call = new AbortController();
    const end = () => call.abort();
    this.#stop.signal.addEventListener('abort', end, { once: true });
    let alarm = setTimeout(end, SILENCE_MS);
    this.#heard = false;
    const { sandboxId } = this;
    const { tag } = this.bookmark;
    const told = JSON.stringify(this.#size);
    if (attach && this.state.is === 'reconnecting') this.reattached++;
    try {
      const events = attach
        ? this.processes.attachProcess({ sandboxId, process: tag, position: BigInt(this.position) }, { signal: call.signal })
        : this.processes.startProcess({ sandboxId, command: [...COMMAND], env: ENVIRONMENT, terminal: this.#size, tag }, { signal: call.signal });
      for await (const { event } of events) {
        clearTimeout(alarm);
        alarm = setTimeout(end, SILENCE_MS);
        if (event === undefined) continue;
        if (!this.#heard) {
          this.#heard = true;
          if (!attach) this.#sizeTold = told;
          this.#now({ is: 'live' });
          void this.#tellSize();
        }
        if (await this.#take(event)) return 'over';
      }
      throw new Error('the server closed the terminal before its end');
    } catch (cause) {
      return failureOf(cause);
    } finally {
      clearTimeout(alarm);
      this.#stop.signal.removeEventListener('abort', end);
      end();
    }
  }

  /** Takes over what was told; true when nothing follows. */
  async #take({ event, position }: ProcessEvent): Promise<boolean> {
    const before = this.position;
    switch (event.case) {
      case 'terminal':
      case 'stdout':
      case 'stderr':
        this.position = Number(position);
        await this.listener.wrote(event.value, before < this.#replayTo);
        return false;
      case 'exited':
        this.keys.close();
        this.#now({ is: 'exited', how: event.value });
        return true;
      case 'started':
      case 'keepalive':
      case undefined:
        return false;
    }
  }

  async #tellSize(): Promise<void> {
    const size = this.#size;
    const told = JSON.stringify(size);
    if (this.state.is !== 'live' || told === this.#sizeTold) return;
    this.#sizeTold = told;
    try {
      await this.processes.resizeTerminal({ sandboxId: this.sandboxId, process: this.bookmark.tag, size });
    } catch {
      // It is told again with the next size, or when the line is back.
      this.#sizeTold = '';
    }
  }

  #now(state: ShellState): void {
    this.state = state;
    this.listener.changed(state);
  }

  #backOff(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
