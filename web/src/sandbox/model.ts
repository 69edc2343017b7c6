import type { Entry } from '../contract/entry.js';
import { failureOf, isFinal, type Failure } from '../contract/failure.js';
import { SandboxState, type Sandbox, type SandboxChange } from '../contract/sandbox-wire.js';
import type { Services } from '../contract/services.js';
import { Ledger } from '../session/ledger.js';
import type { TailState } from '../session/tail.js';
import { runs } from './may.js';
import { Meter } from './meter.js';
import { Output } from './output.js';
import { Usage } from './usage.js';

const POLL_MS = 30_000;
/** Changes that come close together are one reason to read the sandbox again. */
const SOON_MS = 120;
const NOTICE_MS = 8_000;
/** Changes that are kept to be shown. */
export const HISTORY = 200;

export interface Notice {
  text: string;
  tone: 'good' | 'warn';
}

/**
 * Everything a sandbox's page knows, without a word about how it looks. Its stream is the one thing that it follows: what the
 * sandbox writes and how it changes stand on it in one order, so that one connection tells both. How much it uses has another.
 */
export class SandboxModel {
  sandbox: Sandbox | undefined;
  failure: Failure | undefined;
  lineState: TailState = { is: 'connecting' };
  notice: Notice | undefined;
  readonly output: Output;
  readonly usage = new Usage();
  readonly meter: Meter;
  readonly history: Ledger;
  #deleted = false;
  #opened = false;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly services: Services,
    readonly sandboxId: string,
  ) {
    const tell = () => this.#tell();
    this.history = new Ledger(services.streams, sandboxId, ['sandbox'], tell);
    this.meter = new Meter(services.sandboxes, sandboxId, this.usage, tell);
    this.output = new Output(services.streams, sandboxId, {
      arrived: (entries) => this.#arrived(entries),
      changed: (state) => this.#lineChanged(state),
      recovered: (missed) =>
        this.#notify(
          missed.removed > 0
            ? { tone: 'warn', text: `Recovered. ${missed.removed} events had been removed by retention meanwhile.` }
            : { tone: 'good', text: `Recovered, nothing missed: ${missed.arrived === 1 ? '1 event' : `${missed.arrived.toLocaleString('en')} events`} caught up.` },
        ),
    });
  }

  start(): void {
    void this.refresh();
    void this.output.tail.run(this.#stop.signal);
    this.#poll = setInterval(() => {
      if (!document.hidden && !this.deleted) void this.refresh();
    }, POLL_MS);
    addEventListener('online', this.#looked);
    document.addEventListener('visibilitychange', this.#looked);
  }

  stop(): void {
    this.#stop.abort();
    this.meter.follow(false);
    clearTimeout(this.#soon);
    clearTimeout(this.#noticeTimer);
    clearInterval(this.#poll);
    removeEventListener('online', this.#looked);
    document.removeEventListener('visibilitychange', this.#looked);
    this.#listeners.clear();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get deleted(): boolean {
    return this.#deleted;
  }

  get state(): SandboxState {
    return this.sandbox?.state ?? SandboxState.UNKNOWN;
  }

  /** Reads the sandbox as it is now. */
  async refresh(): Promise<void> {
    try {
      this.take((await this.services.sandboxes.getSandbox({ sandboxId: this.sandboxId })).sandbox);
    } catch (cause) {
      const failure = failureOf(cause);
      if (isFinal(failure)) {
        if (this.sandbox === undefined) this.failure = failure;
        else if (failure.reason === 'SANDBOX_NOT_FOUND') this.#deleted = true;
      } else this.output.tail.doubt();
      this.#tell();
    }
  }

  /** Takes over what an answer says, unless something newer is known. */
  take(sandbox: Sandbox): void {
    if (this.sandbox !== undefined && sandbox.revision < this.sandbox.revision) return;
    this.sandbox = sandbox;
    if (sandbox.state === SandboxState.DELETED) this.#deleted = true;
    this.#measure();
    this.#tell();
  }

  #arrived(entries: readonly Entry[]): void {
    const newest = entries.filter((entry) => entry.change !== undefined).at(-1)?.change;
    this.history.take(entries);
    if (this.history.entries.length > HISTORY * 2) this.history.entries.splice(0, this.history.entries.length - HISTORY);
    if (newest !== undefined) this.#apply(newest);
  }

  /** What the stream says holds at once; the rest of the sandbox is read soon after. */
  #apply(change: SandboxChange): void {
    if (change.state === SandboxState.DELETED) this.#deleted = true;
    const now = this.sandbox;
    if (now === undefined || change.revision <= now.revision) return;
    const { state, reason, message, exitCode, leaseEndsAt, revision } = change;
    this.sandbox = { ...now, state, reason, message, revision, ...(exitCode === undefined ? {} : { exitCode }), leaseEndsAt };
    this.#measure();
    clearTimeout(this.#soon);
    if (!this.#deleted) this.#soon = setTimeout(() => void this.refresh(), SOON_MS);
  }

  #lineChanged(state: TailState): void {
    this.lineState = state;
    if (state.is === 'failed' && this.sandbox === undefined) this.failure ??= state.failure;
    if ((state.is === 'live' || state.is === 'ended') && !this.#opened) {
      this.#opened = true;
      void this.history.loadOlder(this.output.lastSequence);
    }
    if (state.is === 'live') void this.refresh();
    this.#tell();
  }

  #measure(): void {
    this.meter.follow(runs(this.state) && !document.hidden && !this.#stop.signal.aborted);
  }

  #notify(notice: Notice): void {
    this.notice = notice;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => {
      this.notice = undefined;
      this.#tell();
    }, NOTICE_MS);
    this.#tell();
  }

  readonly #looked = () => {
    this.#measure();
    if (!document.hidden) this.output.tail.retryNow();
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
