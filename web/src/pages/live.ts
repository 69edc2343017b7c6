import { html } from 'lit';
import { failureOf, type Failure } from '../contract/failure.js';
import { services } from '../contract/services.js';
import { SessionStatus } from '../contract/wire.js';
import { LightElement } from '../light-element.js';
import { refusal } from '../parts/refusal.js';
import './session.js';

const LOOK_MS = 15_000;

/** A project's newest live session, or its newest one while none is live. */
export class LivePage extends LightElement {
  static override properties = { handle: {}, slug: {} };
  declare handle: string;
  declare slug: string;
  #sessionId = '';
  #failure: Failure | undefined;
  #empty = false;
  #newer = '';
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (!document.hidden && this.#newer === '') void this.#lookForNewer();
    }, LOOK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('handle') || changed.has('slug')) void this.#find();
  }

  override render(): unknown {
    if (this.#failure !== undefined) return refusal(this.#failure, `${this.handle}/${this.slug} cannot be shown`);
    if (this.#empty) {
      return html`<main class="page refusal" id="main" tabindex="-1"><h1>No session yet</h1><p>${this.handle} has not worked on ${this.slug} so far.</p><p><a class="button" href="/agents/${this.handle}">About ${this.handle}</a></p></main>`;
    }
    if (this.#sessionId === '') return html`<main class="page" id="main" tabindex="-1"><p class="empty">Loading …</p></main>`;
    return html`<claw-session session-id=${this.#sessionId} newer=${this.#newer}></claw-session>`;
  }

  async #find(): Promise<void> {
    this.#sessionId = '';
    this.#newer = '';
    this.#failure = undefined;
    try {
      const found = (await this.#newest(SessionStatus.LIVE)) ?? (await this.#newest());
      this.#sessionId = found ?? '';
      this.#empty = found === undefined;
    } catch (cause) {
      this.#failure = failureOf(cause);
    }
    this.requestUpdate();
  }

  async #lookForNewer(): Promise<void> {
    try {
      const found = await this.#newest(SessionStatus.LIVE);
      if (found === undefined || found === this.#sessionId) return;
      if (this.#sessionId === '') return await this.#find();
      this.#newer = found;
      this.requestUpdate();
    } catch {
      // The session page itself says when the server is gone.
    }
  }

  async #newest(status?: SessionStatus): Promise<string | undefined> {
    const { projects, sessions } = services();
    const { project } = await projects.getProject({ project: `${this.handle}/${this.slug}` });
    const page = await sessions.listSessions({ projectId: project.projectId, status, pageSize: 1 });
    return page.sessions[0]?.sessionId;
  }
}

customElements.define('claw-live', LivePage);
