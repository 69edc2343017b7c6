import { html, nothing, type TemplateResult } from 'lit';
import { signOut, whoAmI, type Me } from './account.js';
import { LightElement } from './light-element.js';
import { avatar } from './parts/avatar.js';
import { icon } from './parts/icons.js';
import { chooseTheme, themeChoice, type Choice } from './theme-choice.js';

interface Route {
  pattern: RegExp;
  /** Fetches what the page needs; a page's code is loaded when somebody opens it. */
  load: () => Promise<unknown>;
  show: (parts: string[], query: URLSearchParams) => TemplateResult;
  /** Whether the page takes the whole window and brings its own main landmark. */
  whole?: 'bare' | 'framed';
}

const NAME = '([a-z0-9][a-z0-9_-]{0,63})';

const ROUTES: readonly Route[] = [
  {
    pattern: /^\/(?:agents|projects)?\/?$/,
    load: () => import('./pages/directory.js'),
    show: () => html`<claw-directory></claw-directory>`,
  },
  {
    pattern: /^\/s\/([0-9a-fA-F-]{36})$/,
    load: () => import('./pages/session.js'),
    show: ([id]) => html`<claw-session session-id=${id ?? ''}></claw-session>`,
    whole: 'framed',
  },
  {
    pattern: new RegExp(`^/live/${NAME}/${NAME}$`),
    load: () => import('./pages/live.js'),
    show: ([handle, slug]) => html`<claw-live handle=${handle ?? ''} slug=${slug ?? ''}></claw-live>`,
    whole: 'framed',
  },
  {
    pattern: /^\/embed\/([0-9a-fA-F-]{36})$/,
    load: () => import('./pages/session.js'),
    show: ([id]) => html`<claw-session session-id=${id ?? ''} embedded></claw-session>`,
    whole: 'bare',
  },
  {
    pattern: new RegExp(`^/agents/${NAME}$`),
    load: () => import('./pages/agent.js'),
    show: ([handle]) => html`<claw-agent handle=${handle ?? ''}></claw-agent>`,
  },
  {
    pattern: new RegExp(`^/projects/(?:${NAME}/${NAME}|([0-9a-fA-F-]{36}))$`),
    load: () => import('./pages/project.js'),
    show: ([handle, slug, id]) => html`<claw-project name=${id ?? `${handle}/${slug}`}></claw-project>`,
  },
  {
    pattern: /^\/rooms\/?$/,
    load: () => import('./pages/rooms.js'),
    show: () => html`<claw-rooms></claw-rooms>`,
  },
  {
    pattern: /^\/rooms\/([0-9a-fA-F-]{36})$/,
    load: () => import('./pages/room.js'),
    show: ([id]) => html`<claw-room room-id=${id ?? ''}></claw-room>`,
    whole: 'framed',
  },
  {
    pattern: /^\/sandboxes\/?$/,
    load: () => import('./pages/sandboxes.js'),
    show: () => html`<claw-sandboxes></claw-sandboxes>`,
  },
  {
    pattern: /^\/sandboxes\/([0-9a-fA-F-]{36})$/,
    load: () => import('./pages/sandbox.js'),
    show: ([id]) => html`<claw-sandbox sandbox-id=${id ?? ''}></claw-sandbox>`,
    whole: 'framed',
  },
  {
    pattern: /^\/login$/,
    load: () => import('./pages/login.js'),
    show: (_, query) => html`<claw-login next=${query.get('next') ?? '/'}></claw-login>`,
  },
  {
    pattern: /^\/device$/,
    load: () => import('./pages/device.js'),
    show: (_, query) => html`<claw-device code=${query.get('user_code') ?? ''}></claw-device>`,
  },
];

const THEMES: Record<Choice, { next: Choice; icon: 'auto' | 'sun' | 'moon'; says: string }> = {
  system: { next: 'light', icon: 'auto', says: 'Theme: as the system' },
  light: { next: 'dark', icon: 'sun', says: 'Theme: light' },
  dark: { next: 'system', icon: 'moon', says: 'Theme: dark' },
};

/** The frame around every page: header, account, and which page the address names. */
export class App extends LightElement {
  #page: TemplateResult | undefined;
  #route: Route | undefined;
  #shown = '';
  #me: Me | undefined;
  #problem = '';

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('popstate', this.#follow);
    addEventListener('themechange', this.#redraw);
    addEventListener('accountchange', this.#who);
    document.addEventListener('click', this.#click);
    this.#who();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#follow);
    removeEventListener('themechange', this.#redraw);
    removeEventListener('accountchange', this.#who);
    document.removeEventListener('click', this.#click);
  }

  override render(): unknown {
    if (this.#route?.whole === 'bare') return this.#page ?? nothing;
    const theme = THEMES[themeChoice()];
    return html`<a class="skip" href="#main" @click=${this.#skip}>Skip to the content</a>
      <header class="app-head">
        <a class="brand" href="/" aria-label="Claw Live: who is live"><span class="claw" aria-hidden="true"></span><span>Claw&nbsp;Live</span></a>
        <nav class="app-nav" aria-label="Pages">
          <a href="/" aria-current=${/^\/(?:agents|projects)?\/?$/.test(location.pathname) ? 'page' : nothing}>Live</a>
          <a href="/rooms" data-testid="nav-rooms" aria-current=${location.pathname === '/rooms' ? 'page' : nothing}>Rooms</a>
          <a href="/sandboxes" data-testid="nav-sandboxes" aria-current=${location.pathname === '/sandboxes' ? 'page' : nothing}>Sandboxes</a>
        </nav>
        <span class="grow"></span>
        <button class="square" data-testid="theme" aria-label="${theme.says}. Change" title=${theme.says} @click=${() => chooseTheme(theme.next)}>${icon(theme.icon)}</button>
        ${this.#me === undefined
          ? html`<a class="button" data-testid="sign-in" href="/login?next=${encodeURIComponent(location.pathname === '/login' ? '/' : location.pathname)}">Sign in</a>`
          : html`<span class="account">${avatar(this.#me.name)}<span class="account-name">${this.#me.name}</span></span>
              <button class="button" data-testid="sign-out" @click=${this.#out}>Sign out</button>`}
      </header>
      ${this.#problem === '' ? (this.#page ?? nothing) : html`<main class="page refusal" id="main"><h1>${this.#problem}</h1></main>`}`;
  }

  readonly #redraw = () => this.requestUpdate();

  readonly #who = () => {
    void whoAmI().then((me) => {
      this.#me = me;
      this.requestUpdate();
    });
  };

  readonly #out = async () => {
    await signOut();
    location.reload();
  };

  readonly #skip = (event: Event) => {
    event.preventDefault();
    this.querySelector<HTMLElement>('#main')?.focus();
  };

  /** Opens the page of the present address. */
  readonly #follow = async () => {
    const { pathname, search } = location;
    // Another place on the same page is the page's own matter.
    if (pathname + search === this.#shown) return;
    this.#shown = pathname + search;
    for (const route of ROUTES) {
      const match = route.pattern.exec(pathname);
      if (match === null) continue;
      try {
        await route.load();
      } catch {
        this.#problem = 'The page could not be loaded. The server may be starting again; reload in a moment.';
        this.requestUpdate();
        return;
      }
      if (this.#shown !== pathname + search) return;
      this.#problem = '';
      this.#route = route;
      this.#page = route.show(match.slice(1) as string[], new URLSearchParams(search));
      document.body.dataset.page = route.whole ?? 'plain';
      this.requestUpdate();
      return;
    }
    document.title = 'Nothing here · Claw Live';
    this.#page = html`<main class="page refusal" id="main" tabindex="-1"><h1>Nothing here</h1><p>No page has the address <code>${pathname}</code>.</p><p><a class="button" href="/">Who is live</a></p></main>`;
    this.requestUpdate();
  };

  /** Follows links within the site without loading the whole page again. */
  readonly #click = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (link === null || link.target !== '' || link.origin !== location.origin || link.hasAttribute('download')) return;
    if (!ROUTES.some((route) => route.pattern.test(link.pathname))) return;
    if (link.pathname + link.search === location.pathname + location.search) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    scrollTo(0, 0);
    void this.#follow();
  };
}

customElements.define('claw-app', App);
