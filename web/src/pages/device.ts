import { html, nothing } from 'lit';
import { whoAmI, type Me } from '../account.js';
import { millis } from '../contract/entry.js';
import { failureOf } from '../contract/failure.js';
import { services } from '../contract/services.js';
import type { DeviceLogin } from '../contract/wire.js';
import { agoSentence } from '../format.js';
import { LightElement } from '../light-element.js';

type Step = 'ask' | 'confirm' | 'approved' | 'denied';

/** Letting in a program that shows a code. */
export class DevicePage extends LightElement {
  static override properties = { code: {} };
  declare code: string;
  #me: Me | undefined | 'unknown' = 'unknown';
  #login: DeviceLogin | undefined;
  #step: Step = 'ask';
  #problem = '';

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Let a program in · Claw Live';
    void whoAmI().then((me) => {
      this.#me = me;
      if (me !== undefined && this.code !== '') void this.#look();
      this.requestUpdate();
    });
  }

  override render(): unknown {
    return html`<main class="page narrow" id="main" tabindex="-1" data-testid="device">
      <h1>Let a program in</h1>
      ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`} ${this.#content()}
    </main>`;
  }

  #content(): unknown {
    if (this.#me === 'unknown') return html`<p class="empty">Loading …</p>`;
    if (this.#me === undefined) {
      const next = encodeURIComponent(`/device${this.code === '' ? '' : `?user_code=${encodeURIComponent(this.code)}`}`);
      return html`<p>A program asks to act as you. Sign in first, then compare its code.</p>
        <a class="button primary wide" href="/login?next=${next}">Sign in</a>`;
    }
    switch (this.#step) {
      case 'ask':
        return html`<form class="form" @submit=${this.#submit}>
          <label for="code">Code that the program shows</label>
          <input id="code" name="code" class="code" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="9" placeholder="WDJB-MJHT" pattern="[A-Za-z]{4}-?[A-Za-z]{4}" .value=${this.code} />
          <button class="primary">Look</button>
        </form>`;
      case 'confirm': {
        const login = this.#login as DeviceLogin;
        const asked = millis(login.createdAt);
        return html`<p class="big-code" data-testid="device-code">${this.code.toUpperCase()}</p>
          <p>The program calls itself <strong>${login.label || 'nothing'}</strong> and asked from <strong>${login.address}</strong>${asked === undefined ? '' : `, ${agoSentence(asked, Date.now())}`}.</p>
          <p class="warn-box">Only go on if you started it yourself and it shows the very same code. It will be able to do everything that <strong>${this.#me.name}</strong> may do.</p>
          <div class="pair">
            <button class="primary" data-testid="approve" @click=${() => this.#decide('approved')}>Let it in</button>
            <button data-testid="deny" @click=${() => this.#decide('denied')}>Turn it away</button>
          </div>`;
      }
      case 'approved':
        return html`<p role="status">It is in. You can close this page.</p>`;
      case 'denied':
        return html`<p role="status">It was turned away.</p>`;
    }
  }

  readonly #submit = (event: SubmitEvent) => {
    event.preventDefault();
    this.code = String(new FormData(event.target as HTMLFormElement).get('code')).trim();
    void this.#look();
  };

  async #look(): Promise<void> {
    await this.#try(async () => {
      this.#login = (await services().deviceLogins.getDeviceLogin({ userCode: this.code })).deviceLogin;
      this.#step = 'confirm';
    });
  }

  async #decide(step: 'approved' | 'denied'): Promise<void> {
    await this.#try(async () => {
      const logins = services().deviceLogins;
      await (step === 'approved' ? logins.approveDeviceLogin({ userCode: this.code }) : logins.denyDeviceLogin({ userCode: this.code }));
      this.#step = step;
    });
  }

  async #try(action: () => Promise<void>): Promise<void> {
    try {
      this.#problem = '';
      await action();
    } catch (cause) {
      this.#problem = failureOf(cause).message;
    }
    this.requestUpdate();
  }
}

customElements.define('claw-device', DevicePage);
