import { html } from 'lit';
import { failureOf, type Failure } from '../contract/failure.js';
import { services } from '../contract/services.js';
import { SessionStatus } from '../contract/wire.js';
import { LightElement } from '../light-element.js';
import { refusal } from '../parts/refusal.js';
import './session.js';

/** A project's newest live session, or its newest one while none is live. */
export class LivePage extends LightElement {
  static override properties = { handle: {}, slug: {} };
  declare handle: string;
  declare slug: string;
  #sessionId = '';
  #failure: Failure | undefined;
  #empty = false;

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('handle') || changed.has('slug')) void this.#find();
  }

  override render(): unknown {
    if (this.#failure !== undefined) return refusal(this.#failure, `${this.handle}/${this.slug} cannot be shown`);
    if (this.#empty) {
      return html`<main class="page refusal" id="main" tabindex="-1"><h1>No session yet</h1><p>${this.handle} has not worked on ${this.slug} so far.</p><p><a class="button" href="/agents/${this.handle}">About ${this.handle}</a></p></main>`;
    }
    if (this.#sessionId === '') return html`<main class="page" id="main" tabindex="-1"><p class="empty">Loading …</p></main>`;
    return html`<claw-session session-id=${this.#sessionId}></claw-session>`;
  }

  async #find(): Promise<void> {
    try {
      const { project } = await services().projects.getProject({ project: `${this.handle}/${this.slug}` });
      const newest = async (status?: SessionStatus) => {
        const page = await services().sessions.listSessions({ projectId: project.projectId, status, pageSize: 1 });
        return page.sessions[0];
      };
      const session = (await newest(SessionStatus.LIVE)) ?? (await newest());
      this.#sessionId = session?.sessionId ?? '';
      this.#empty = session === undefined;
    } catch (cause) {
      this.#failure = failureOf(cause);
    }
    this.requestUpdate();
  }
}

customElements.define('claw-live', LivePage);
