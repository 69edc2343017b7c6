import { html, nothing, type TemplateResult } from 'lit';
import { failureOf } from '../../contract/failure.js';
import type { Sandbox, SandboxLimits } from '../../contract/sandbox-wire.js';
import { services } from '../../contract/services.js';
import { LightElement } from '../../light-element.js';
import { NO_PROBLEMS, problemsOf, type Problems } from '../../sandbox/draft.js';
import { icon } from '../icons.js';
import { say, told } from '../room/tell.js';
import { fieldProblem } from './sandbox-form.js';

export type Question = 'stop' | 'delete' | 'limits' | 'lease';

const TITLES: Record<Question, string> = { stop: 'Stop the sandbox', delete: 'Delete the sandbox', limits: 'Change the limits', lease: 'Extend the lease' };

const LEASES: readonly (readonly [number, string])[] = [
  [3_600, '1 hour'],
  [8 * 3_600, '8 hours'],
  [86_400, '24 hours'],
  [7 * 86_400, '7 days'],
  [30 * 86_400, '30 days'],
];

/** Asks before a sandbox is stopped or deleted, and for what is to be changed. Tells of the sandbox afterwards with sandbox-changed. */
export class SandboxDialog extends LightElement {
  static override properties = { sandbox: { attribute: false } };
  declare sandbox: Sandbox | undefined;
  #question: Question = 'stop';
  #problems: Problems = NO_PROBLEMS;
  #busy = false;

  open(question: Question, sandbox: Sandbox): void {
    this.sandbox = sandbox;
    this.#question = question;
    this.#problems = NO_PROBLEMS;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const dialog = this.querySelector('dialog');
      if (dialog?.open === false) dialog.showModal();
    });
  }

  close(): void {
    this.querySelector('dialog')?.close();
  }

  override render(): unknown {
    const { sandbox } = this;
    return html`<dialog class="sheet" aria-labelledby="sandbox-dialog-title" data-testid="sandbox-dialog" @click=${this.#outside} @keydown=${(event: Event) => event.stopPropagation()}>
      ${sandbox === undefined
        ? nothing
        : html`<div class="sheet-inner">
            <header><h2 id="sandbox-dialog-title">${TITLES[this.#question]}</h2><button class="square" aria-label="Close" @click=${() => this.close()}>${icon('close')}</button></header>
            ${this.#body(sandbox)}
          </div>`}
    </dialog>`;
  }

  #body(sandbox: Sandbox): TemplateResult {
    const whole = this.#problems.get('');
    const problem = whole === undefined ? nothing : html`<p class="problem" role="alert">${whole}</p>`;
    switch (this.#question) {
      case 'stop':
        return html`<p>“${sandbox.name}” is asked to end, and everything that runs in it. Its files stay, and it can be started again.</p>
          ${problem} ${this.#pair('Stop it', 'Leave it', () => void this.#do(() => services().sandboxes.stopSandbox({ sandboxId: sandbox.sandboxId }), 'It stops'))}`;
      case 'delete':
        return html`<p>“${sandbox.name}” will be gone with its files. Nobody can bring it back.</p>
          ${problem} ${this.#pair('Delete it', 'Keep it', () => void this.#delete(sandbox))}`;
      case 'lease':
        return html`<form class="form" @submit=${this.#extend}>
          ${problem}
          <label for="lease-time">From now it may run for</label>
          <select id="lease-time" name="lease" data-testid="lease-time">${LEASES.map(([seconds, name]) => html`<option value=${seconds} ?selected=${seconds === 86_400}>${name}</option>`)}</select>
          <p class="hint-text">At the end it stops and keeps its files. It says so a little before.</p>
          ${this.#pair('Extend it', 'Cancel')}
        </form>`;
      case 'limits':
        return html`<form class="form" novalidate @submit=${this.#limit}>
          ${problem}
          <div class="two">
            <span><label for="limit-memory">Memory, MiB</label>
            <input id="limit-memory" name="memory" type="number" min="16" max="65536" step="1" required data-testid="limit-memory" aria-describedby="limit-memory-problem" .value=${String(sandbox.spec?.memoryMb ?? 512)} />
            ${fieldProblem('limit-memory', this.#problems.get('memory'))}</span>
            <span><label for="limit-cpus">Processors</label>
            <input id="limit-cpus" name="cpus" type="number" min="0.05" max="128" step="0.05" required data-testid="limit-cpus" aria-describedby="limit-cpus-problem" .value=${String(sandbox.spec?.cpus ?? 1)} />
            ${fieldProblem('limit-cpus', this.#problems.get('cpus'))}</span>
          </div>
          <label for="limit-pids">Processes and threads</label>
          <input id="limit-pids" name="pids" type="number" min="8" max="32768" required data-testid="limit-pids" aria-describedby="limit-pids-problem" .value=${String(sandbox.spec?.pids ?? 256)} />
          ${fieldProblem('limit-pids', this.#problems.get('pids'))}
          <p class="hint-text">They hold at once, also while it runs. What needs more memory than it may use is ended.</p>
          ${this.#pair('Change them', 'Cancel')}
        </form>`;
    }
  }

  #pair(yes: string, no: string, act?: () => void): TemplateResult {
    return html`<div class="pair">
      <button class="primary" type=${act === undefined ? 'submit' : 'button'} data-testid="confirm" ?disabled=${this.#busy} @click=${act ?? nothing}>${yes}</button
      ><button type="button" class="button" @click=${() => this.close()}>${no}</button>
    </div>`;
  }

  readonly #extend = (event: SubmitEvent) => {
    event.preventDefault();
    const seconds = Number(new FormData(event.target as HTMLFormElement).get('lease'));
    this.#update({ lease: { seconds: BigInt(seconds), nanos: 0 } }, 'The lease is extended');
  };

  readonly #limit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const whole = (name: string) => Math.max(0, Math.round(Number(form.get(name))));
    this.#update({ memoryMb: whole('memory'), cpus: Number(form.get('cpus')), pids: whole('pids') }, 'The limits are changed');
  };

  #update(limits: SandboxLimits, done: string): void {
    const sandboxId = this.sandbox?.sandboxId ?? '';
    void this.#do(() => services().sandboxes.updateSandbox({ sandboxId, ...limits }), done);
  }

  async #do(act: () => Promise<{ sandbox: Sandbox }>, done: string): Promise<void> {
    await this.#trying(async () => {
      const { sandbox } = await act();
      this.dispatchEvent(new CustomEvent<Sandbox>('sandbox-changed', { detail: sandbox, bubbles: true }));
      say(this, done);
    });
  }

  async #delete(sandbox: Sandbox): Promise<void> {
    await this.#trying(async () => {
      await services().sandboxes.deleteSandbox({ sandboxId: sandbox.sandboxId });
      this.dispatchEvent(new CustomEvent<string>('sandbox-deleted', { detail: sandbox.sandboxId, bubbles: true }));
    });
  }

  async #trying(act: () => Promise<void>): Promise<void> {
    this.#busy = true;
    this.#problems = NO_PROBLEMS;
    this.requestUpdate();
    try {
      await act();
      this.close();
    } catch (cause) {
      const failure = failureOf(cause);
      this.#problems = problemsOf(failure, told(failure));
    }
    this.#busy = false;
    this.requestUpdate();
  }

  readonly #outside = (event: Event) => {
    if (event.target === this.querySelector('dialog')) this.close();
  };
}

customElements.define('claw-sandbox-dialog', SandboxDialog);
