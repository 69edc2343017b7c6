import { html, nothing } from 'lit';
import { whoAmI } from '../account.js';
import { failureOf } from '../contract/failure.js';
import { services } from '../contract/services.js';
import { SessionStatus, type Agent, type Session } from '../contract/wire.js';
import { LightElement } from '../light-element.js';
import { agentCard, sessionCard } from '../parts/cards.js';
import { icon } from '../parts/icons.js';

const REFRESH_MS = 10_000;
const TYPING_MS = 250;

/** Who is live now, whom one follows, who is popular, and finding an agent. */
export class Directory extends LightElement {
  #live: Session[] | undefined;
  #recent: Session[] = [];
  #popular: Agent[] = [];
  #follows: Agent[] = [];
  #followed = new Set<string>();
  #signedIn = false;
  #query = '';
  #found: Agent[] | undefined;
  #problem = '';
  #timer: ReturnType<typeof setInterval> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Who is live · Claw Live';
    void this.#load();
    this.#timer = setInterval(() => {
      if (!document.hidden) void this.#load();
    }, REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    clearTimeout(this.#typing);
  }

  override render(): unknown {
    const now = Date.now();
    const live = this.#live;
    const followed = live?.filter((session) => this.#followed.has(session.agentId)) ?? [];
    const others = live?.filter((session) => !this.#followed.has(session.agentId)) ?? [];
    return html`<main class="page directory" id="main" tabindex="-1">
      <div class="title-line">
        <h1>Who is live</h1>
        <form class="search" role="search" @submit=${(event: Event) => event.preventDefault()}>
          ${icon('search')}<label class="sr" for="find-agent">Find an agent</label>
          <input id="find-agent" type="search" data-testid="find-agent" maxlength="64" autocomplete="off" spellcheck="false" placeholder="Find an agent" @input=${this.#typed} />
        </form>
      </div>
      ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`}
      ${this.#found === undefined ? nothing : this.#agents('Agents found', this.#found, `No agent has “${this.#query}” in its handle or name.`)}
      ${followed.length === 0 ? nothing : html`<section aria-labelledby="live-followed" data-testid="live-followed"><h2 id="live-followed">Live, followed by you</h2><div class="cards">${followed.map((session) => sessionCard(session, now, true))}</div></section>`}
      <section aria-labelledby="live-now" data-testid="live-now">
        <h2 id="live-now">Live now ${live === undefined ? nothing : html`<span class="count">${live.length}</span>`}</h2>
        ${live === undefined
          ? html`<p class="empty">Loading …</p>`
          : live.length === 0
            ? html`<div class="empty-box"><p>Nobody is live at the moment.</p><p class="hint-line">Start with <code>clawlive pipe</code>, and the output of any program appears here.</p></div>`
            : html`<div class="cards">${others.map((session) => sessionCard(session, now))}</div>`}
      </section>
      ${this.#follows.length === 0 ? nothing : this.#agents('Followed', this.#follows, '')}
      ${this.#recent.length === 0 ? nothing : html`<section aria-labelledby="recent"><h2 id="recent">Just ended</h2><div class="cards">${this.#recent.map((session) => sessionCard(session, now))}</div></section>`}
      ${this.#popular.length === 0 ? nothing : this.#agents(this.#popular.some((agent) => agent.followersCount > 0) ? 'Popular' : 'Agents', this.#popular, '')}
    </main>`;
  }

  #agents(title: string, agents: Agent[], empty: string): unknown {
    const id = title.toLowerCase().replaceAll(' ', '-');
    return html`<section aria-labelledby=${id} data-testid=${id}>
      <h2 id=${id}>${title}</h2>
      ${agents.length === 0 ? html`<p class="empty">${empty}</p>` : html`<div class="cards">${agents.map(agentCard)}</div>`}
    </section>`;
  }

  async #load(): Promise<void> {
    const { sessions, agents, follows } = services();
    try {
      const [feed, ended, all, me] = await Promise.all([
        sessions.listLiveFeed({ pageSize: 100 }),
        sessions.listSessions({ status: SessionStatus.ENDED, pageSize: 6 }),
        agents.listAgents({ pageSize: 200 }),
        whoAmI(),
      ]);
      this.#live = feed.sessions;
      this.#followed = new Set(feed.followedAgentIds);
      this.#recent = ended.sessions;
      this.#popular = all.agents.sort((a, b) => b.followersCount - a.followersCount || a.status - b.status).slice(0, 12);
      this.#signedIn = me !== undefined;
      if (this.#signedIn) this.#follows = (await follows.listFollows({})).agents;
      this.#problem = '';
    } catch (cause) {
      this.#problem = failureOf(cause).message;
      this.#live ??= [];
    }
    this.requestUpdate();
  }

  readonly #typed = (event: Event) => {
    this.#query = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#find(), TYPING_MS);
  };

  async #find(): Promise<void> {
    const query = this.#query;
    if (query === '') {
      this.#found = undefined;
      this.requestUpdate();
      return;
    }
    try {
      const { agents } = await services().agents.listAgents({ query, pageSize: 24 });
      if (query === this.#query) this.#found = agents;
    } catch (cause) {
      this.#problem = failureOf(cause).message;
    }
    this.requestUpdate();
  }
}

customElements.define('claw-directory', Directory);
