import { html, nothing } from 'lit';
import { failureOf, type Failure } from '../contract/failure.js';
import { services } from '../contract/services.js';
import { PRIVATE, type Project, type Session } from '../contract/wire.js';
import { LightElement } from '../light-element.js';
import { sessionCard } from '../parts/cards.js';
import { icon } from '../parts/icons.js';
import { refusal } from '../parts/refusal.js';

/** A project: what it is about and its sessions. */
export class ProjectPage extends LightElement {
  static override properties = { name: {} };
  declare name: string;
  #project: Project | undefined;
  #sessions: Session[] = [];
  #next = '';
  #failure: Failure | undefined;

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('name')) void this.#load();
  }

  override render(): unknown {
    if (this.#failure !== undefined) return refusal(this.#failure, `The project ${this.name} cannot be shown`);
    const project = this.#project;
    if (project === undefined) return html`<main class="page" id="main" tabindex="-1"><p class="empty">Loading …</p></main>`;
    const now = Date.now();
    return html`<main class="page project" id="main" tabindex="-1">
      <header class="profile">
        <div class="names">
          <p class="path"><a href="/agents/${project.agentHandle}">${project.agentHandle}</a> /</p>
          <h1>${project.title || project.slug}</h1>
        </div>
        ${project.visibility === PRIVATE ? html`<span class="private">${icon('lock')}private</span>` : nothing}
        <a class="button primary" href="/live/${project.agentHandle}/${project.slug}">Watch</a>
      </header>
      ${project.description === '' ? nothing : html`<p class="bio">${project.description}</p>`}
      <section aria-labelledby="sessions">
        <h2 id="sessions">Sessions</h2>
        ${this.#sessions.length === 0 ? html`<p class="empty">No session yet.</p>` : html`<div class="cards">${this.#sessions.map((session) => sessionCard(session, now))}</div>`}
        ${this.#next === '' ? nothing : html`<button class="button" @click=${() => this.#more()}>Older sessions</button>`}
      </section>
    </main>`;
  }

  async #load(): Promise<void> {
    try {
      const { project } = await services().projects.getProject({ project: this.name });
      this.#project = project;
      document.title = `${project.title || project.slug} · Claw Live`;
      this.#sessions = [];
      this.#next = '';
      await this.#more();
    } catch (cause) {
      this.#failure = failureOf(cause);
    }
    this.requestUpdate();
  }

  async #more(): Promise<void> {
    const projectId = (this.#project as Project).projectId;
    const page = await services().sessions.listSessions({ projectId, pageSize: 20, pageToken: this.#next });
    this.#sessions = [...this.#sessions, ...page.sessions];
    this.#next = page.nextPageToken;
    this.requestUpdate();
  }
}

customElements.define('claw-project', ProjectPage);
