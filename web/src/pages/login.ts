import { html, nothing } from 'lit';
import { signIn } from '../account.js';
import { services } from '../contract/services.js';
import { LightElement } from '../light-element.js';

const PROVIDERS: Record<string, string> = { github: 'GitHub', gitlab: 'GitLab' };

/** Signing in, with a password or at a provider that is set up. */
export class LoginPage extends LightElement {
  static override properties = { next: {} };
  declare next: string;
  #providers: string[] = [];
  #problem = '';
  #busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Sign in · Claw Live';
    const refused = new URLSearchParams(location.search).get('error');
    if (refused !== null) this.#problem = 'Signing in there did not work. Try again, or use your password.';
    void services()
      .oauth.listOAuthProviders({})
      .then(({ providers }) => {
        this.#providers = providers.map((each) => each.provider);
        this.requestUpdate();
      })
      // Without the list the password is still there.
      .catch(() => undefined);
  }

  override render(): unknown {
    const next = encodeURIComponent(localPath(this.next));
    return html`<main class="page narrow" id="main" tabindex="-1">
      <h1>Sign in</h1>
      <form class="form" @submit=${this.#submit}>
        ${this.#problem === '' ? nothing : html`<p class="problem" role="alert" data-testid="login-problem">${this.#problem}</p>`}
        <label for="name">Name or e-mail</label>
        <input id="name" name="name" required autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="254" />
        <label for="password">Password</label>
        <input id="password" name="password" type="password" required autocomplete="current-password" maxlength="1024" />
        <button class="primary" data-testid="login" ?disabled=${this.#busy}>Sign in</button>
      </form>
      ${this.#providers.length === 0
        ? nothing
        : html`<p class="or"><span>or</span></p>
            ${this.#providers.map((each) => html`<a class="button wide" href="/auth/oauth/${each}/start?next=${next}">Continue with ${PROVIDERS[each] ?? each}</a>`)}`}
    </main>`;
  }

  readonly #submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.#busy = true;
    this.#problem = '';
    this.requestUpdate();
    const problem = await signIn(String(form.get('name')), String(form.get('password')));
    this.#busy = false;
    if (problem === undefined) location.assign(localPath(this.next));
    else {
      this.#problem = problem;
      this.requestUpdate();
    }
  };
}

/** A path on this site, whatever somebody put into the address. */
export function localPath(next: string): string {
  try {
    const url = new URL(next, location.origin);
    return url.origin === location.origin && next.startsWith('/') ? url.pathname + url.search + url.hash : '/';
  } catch {
    return '/';
  }
}

customElements.define('claw-login', LoginPage);
