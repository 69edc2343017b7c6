import { Presence as State, type RoomService } from '../contract/room-wire.js';

/** Without input for so long a tab counts as idle. */
const IDLE_AFTER_MS = 120_000;
const REPORT_MS = 10_000;

/** What the tab's presence needs of the browser; tests bring their own. */
export interface Surroundings {
  now(): number;
  hidden(): boolean;
  /** Sends a last word that outlives the page. */
  goodbye(path: string, body: string): void;
}

const BROWSER: Surroundings = {
  now: () => Date.now(),
  hidden: () => document.hidden,
  goodbye: (path, body) => {
    void fetch(path, { method: 'POST', keepalive: true, headers: { 'content-type': 'application/json' }, body }).catch(() => undefined);
  },
};

/** Tells the server that this tab is there: in use, idle, or going. */
export class TabPresence {
  /** Names this tab; a page that is loaded again is another one. */
  readonly deviceId = `tab-${[...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  reported: State | undefined;
  reports = 0;
  #inputAt: number;
  #dueAt = 0;
  #busy = false;
  #running = false;

  constructor(
    private readonly rooms: RoomService,
    private readonly roomId: string,
    private readonly around: Surroundings = BROWSER,
    private readonly changed: () => void = () => undefined,
  ) {
    this.#inputAt = around.now();
  }

  /** Begins to report; at once. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#inputAt = this.around.now();
    this.#dueAt = 0;
    void this.tick();
  }

  /** Stops reporting and says goodbye, when somebody was told before. */
  stop(): void {
    if (!this.#running) return;
    this.#running = false;
    if (this.reported === undefined) return;
    this.reported = undefined;
    this.around.goodbye(`/api/rooms/${this.roomId}/presence`, JSON.stringify({ device_id: this.deviceId, presence: 'offline' }));
  }

  /** Somebody moved, typed or came back. */
  input(): void {
    this.#inputAt = this.around.now();
    if (this.reported === State.IDLE && !this.around.hidden()) void this.tick();
  }

  /**
   * Reports when it is time, or when something changed. Called by a timer and by what the Watch brings: a tab in the
   * background gets a timer only once a minute, which is longer than a lease.
   */
  async tick(): Promise<void> {
    if (!this.#running || this.#busy) return;
    const now = this.around.now();
    const state = this.around.hidden() || now - this.#inputAt > IDLE_AFTER_MS ? State.IDLE : State.ACTIVE;
    if (state === this.reported && now < this.#dueAt) return;
    this.#busy = true;
    try {
      const answer = await this.rooms.heartbeat({ roomId: this.roomId, deviceId: this.deviceId, presence: state });
      const next = Number(answer.nextReport?.seconds ?? 0n) * 1000;
      const news = state !== this.reported;
      this.reported = state;
      this.reports++;
      if (news) this.changed();
      // A little early, so that a late timer is still in time.
      this.#dueAt = now + Math.max(1000, (next || REPORT_MS) * 0.9);
    } catch {
      // The page says itself when the server is gone; the next report is the cure.
      this.#dueAt = now + REPORT_MS;
    } finally {
      this.#busy = false;
    }
  }
}
