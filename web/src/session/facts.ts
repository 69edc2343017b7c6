import { failureOf, isFinal, type Failure } from '../contract/failure.js';
import type { Services } from '../contract/services.js';
import { SessionStatus, type Session, type TimelineResponse } from '../contract/wire.js';

const POLL_MS = 5_000;
const TIMELINE_MS = 15_000;
/** Parts that the server is asked to cut the session's time into. */
export const TIMELINE_BUCKETS = 1000;

/** How the session stands and what shape it has, asked again and again while somebody looks at the page. */
export class Facts {
  session: Session | undefined;
  timeline: TimelineResponse | undefined;
  /** Why the session cannot be shown. */
  failure: Failure | undefined;

  constructor(
    private readonly services: Services,
    private readonly sessionId: string,
    private readonly changed: () => void,
    /** Called when the server did not answer. */
    private readonly unanswered: () => void,
  ) {}

  start(signal: AbortSignal, stream: () => { ended: boolean; lastSequence: number }): void {
    void this.#poll(signal, stream);
    void this.#pollTimeline(signal, stream);
  }

  async refresh(): Promise<void> {
    try {
      this.session = (await this.services.sessions.getSession({ sessionId: this.sessionId })).session;
    } catch (cause) {
      const failure = failureOf(cause);
      if (!isFinal(failure)) this.unanswered();
      else if (this.session === undefined) this.failure = failure;
    }
    this.changed();
  }

  async readTimeline(): Promise<void> {
    try {
      this.timeline = await this.services.streams.timeline({ streamId: this.sessionId, buckets: TIMELINE_BUCKETS });
      this.changed();
    } catch {
      // The strip stays as it was; the log does not depend on it.
    }
  }

  async #poll(signal: AbortSignal, stream: () => { ended: boolean }): Promise<void> {
    while (!signal.aborted) {
      if (!document.hidden) await this.refresh();
      if (this.session?.status === SessionStatus.ENDED && stream().ended) return;
      await pause(POLL_MS, signal);
    }
  }

  async #pollTimeline(signal: AbortSignal, stream: () => { lastSequence: number }): Promise<void> {
    while (!signal.aborted) {
      await pause(TIMELINE_MS, signal);
      const stale = Number(this.timeline?.lastSequence ?? 0) < stream().lastSequence;
      if (!document.hidden && stale && !signal.aborted) await this.readTimeline();
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
