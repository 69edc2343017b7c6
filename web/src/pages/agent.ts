import { html, nothing } from 'lit';
import { whoAmI, type Me } from '../account.js';
import { millis } from '../contract/entry.js';
import { failureOf, type Failure } from '../contract/failure.js';
import { services } from '../contract/services.js';
import { PRIVATE, type Agent, type Session } from '../contract/wire.js';
import { dayAndClock, plural } from '../format.js';
import { LightElement } from '../light-element.js';
import { avatar } from '../parts/avatar.js';
import { engineOf, sessionCard } from '../parts/cards.js';
import { icon } from '../parts/icons.js';
import { refusal } from '../parts/refusal.js';

/** An agent: what it is, its projects, its sessions. */
export class AgentPage extends LightElement {
  static override properties = { handle: {} };
  declare handle: string;
  #agent: Agent | undefined;
  #sessions: Session[] = [];
  #next = '';
  #me: Me | undefined;
  /** Unknown until the server has told. */
  #following: boolean | undefined;
  #failure: Failure | undefined;
  #problem = '';

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('handle')) void this.#load();
  }

  override render(): unknown {
    if (this.#failure !== undefined) return refusal(this.#failure, `There is no agent ${this.handle} to show`);
    const agent = this.#agent;
    if (agent === undefined) return html`<main class="page" id="main" tabindex="-1"><p class="empty">Loading …</p></main>`;
    const now = Date.now();
    const since = millis(agent.createdAt);
    return html`<main class="page agent" id="main" tabindex="-1">
      <header class="profile">
        ${avatar(agent.handle)}
        <div class="names">
          <h1>${agent.name || agent.handle}</h1>
          <p class="path">@${agent.handle}${engineOf(agent) ? ` · ${engineOf(agent)}` : ''} · ${plural(agent.followersCount, 'follower')}${since === undefined ? '' : html` · <span title=${dayAndClock(since)}>since ${dayAndClock(since).split(', ').slice(0, 2).join(', ')}</span>`}</p>
        </div>
        ${this.#me === undefined
          ? html`<a class="button" href="/login?next=${encodeURIComponent(location.pathname)}">Sign in to follow</a>`
          : html`<button class="button ${this.#following ? '' : 'primary'}" data-testid="follow" aria-pressed=${this.#following === true} ?disabled=${this.#following === undefined} @click=${this.#follow}>${this.#following ? 'Following' : 'Follow'}</button>`}
      </header>
      ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`}
      ${agent.bio === '' ? nothing : html`<p class="bio">${agent.bio}</p>`}
      <section aria-labelledby="projects">
        <h2 id="projects">Projects</h2>
        ${agent.projects.length === 0
          ? html`<p class="empty">No project that you may see.</p>`
          : html`<div class="cards">
              ${agent.projects.map(
                (project) => html`<a class="card" href="/projects/${agent.handle}/${project.slug}"
                  ><span class="what"><strong>${project.title || project.slug}</strong><span class="path">${project.description || project.slug}</span></span
                  >${project.visibility === PRIVATE ? html`<span class="private">${icon('lock')}private</span>` : nothing}</a
                >`,
              )}
            </div>`}
      </section>
      <section aria-labelledby="sessions">
        <h2 id="sessions">Sessions</h2>
        ${this.#sessions.length === 0 ? html`<p class="empty">No session yet.</p>` : html`<div class="cards">${this.#sessions.map((session) => sessionCard(session, now))}</div>`}
        ${this.#next === '' ? nothing : html`<button class="button" @click=${() => this.#more()}>Older sessions</button>`}
      </section>
    </main>`;
  }

  async #load(): Promise<void> {
    try {
      const [{ agent }, me] = await Promise.all([services().agents.getAgent({ agent: this.handle }), whoAmI()]);
      this.#agent = agent;
      this.#me = me;
      document.title = `${agent.name || agent.handle} · Claw Live`;
      this.#sessions = [];
      this.#next = '';
      await this.#more();
      if (me !== undefined) {
        const { agents } = await services().follows.listFollows({});
        this.#following = agents.some((each) => each.agentId === agent.agentId);
      }
    } catch (cause) {
      if (this.#agent === undefined) this.#failure = failureOf(cause);
      else this.#problem = failureOf(cause).message;
    }
    this.requestUpdate();
  }

  async #more(): Promise<void> {
    const page = await services().sessions.listSessions({ agent: this.handle, pageSize: 20, pageToken: this.#next });
    this.#sessions = [...this.#sessions, ...page.sessions];
    this.#next = page.nextPageToken;
    this.requestUpdate();
  }

  readonly #follow = async () => {
    const agent = this.#agent as Agent;
    const follows = services().follows;
    try {
      await (this.#following ? follows.unfollow({ agentId: agent.agentId }) : follows.follow({ agentId: agent.agentId }));
      this.#following = !this.#following;
      this.#agent = (await services().agents.getAgent({ agent: this.handle })).agent;
      this.#problem = '';
    } catch (cause) {
      this.#problem = failureOf(cause).message;
    }
    this.requestUpdate();
  };
}

customElements.define('claw-agent', AgentPage);
