import { html, nothing, type TemplateResult } from 'lit';
import { whoAmI, type Me } from '../account.js';
import { millis } from '../contract/entry.js';
import { failureOf } from '../contract/failure.js';
import type { RuntimeStatus, Sandbox, Template } from '../contract/sandbox-wire.js';
import { services } from '../contract/services.js';
import { ago, agoSentence, dayAndClock } from '../format.js';
import { LightElement } from '../light-element.js';
import { icon } from '../parts/icons.js';
import '../parts/menu.js';
import type { MenuItem } from '../parts/menu.js';
import { requestId, told } from '../parts/room/tell.js';
import '../parts/sandbox/sandbox-dialog.js';
import type { Question, SandboxDialog } from '../parts/sandbox/sandbox-dialog.js';
import { sandboxFields } from '../parts/sandbox/sandbox-form.js';
import { leaseFact, sandboxPill, whyLine } from '../parts/sandbox/sandbox-words.js';
import { draftOf, NO_PROBLEMS, problemsOf, type Problems } from '../sandbox/draft.js';
import { mayDelete, mayStart, mayStop } from '../sandbox/may.js';
import { isMoving, mebibytes, processors } from '../sandbox/words.js';

const REFRESH_MS = 5_000;
/** While something is under way. */
const QUICK_MS = 800;
const PAGE = 50;

/** The caller's sandboxes: what they do, what may be done with them, and making a new one. */
export class SandboxesPage extends LightElement {
  #me: Me | undefined;
  #known = false;
  #sandboxes: Sandbox[] | undefined;
  #next = '';
  #pages = 1;
  #everybody = false;
  #runtime: RuntimeStatus | undefined;
  #templates: Template[] = [];
  #template = '';
  #problem = '';
  #problems: Problems = NO_PROBLEMS;
  #busy = false;
  #requestId = '';
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toast = '';
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Sandboxes · Claw Live';
    addEventListener('accountchange', this.#again);
    document.addEventListener('visibilitychange', this.#again);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('accountchange', this.#again);
    document.removeEventListener('visibilitychange', this.#again);
    clearTimeout(this.#timer);
    clearTimeout(this.#toastTimer);
    this.#turn++;
  }

  override render(): unknown {
    if (this.#known && this.#me === undefined) return this.#nobody();
    const none = this.#runtime !== undefined && this.#runtime.active === '';
    return html`<main class="page sandboxes" id="main" tabindex="-1">
        <div class="title-line">
          <h1>Sandboxes</h1>
          <span class="grow"></span>
          ${this.#me?.admin
            ? html`<label class="check"><input type="checkbox" data-testid="everybody" .checked=${this.#everybody} @change=${this.#setEverybody} /> Everybody’s</label>`
            : nothing}
          ${this.#known ? html`<button class="button primary" data-testid="new-sandbox" ?disabled=${none} @click=${this.#new}>${icon('plus')}New sandbox</button>` : nothing}
        </div>
        ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`} ${none ? this.#noRuntime() : nothing}
        <section aria-label="Sandboxes">
          ${this.#sandboxes === undefined
            ? html`<p class="empty">Loading …</p>`
            : this.#sandboxes.length === 0
              ? none
                ? nothing
                : this.#none()
              : html`<div class="cards" data-testid="sandboxes">${this.#sandboxes.map((each) => this.#card(each, Date.now()))}</div>`}
          ${this.#next === '' ? nothing : html`<button class="button" @click=${this.#more}>Older sandboxes</button>`}
        </section>
        ${this.#toast === '' ? nothing : html`<div class="toast low" role="status" data-testid="toast">${this.#toast}</div>`}
      </main>
      ${this.#form()}
      <claw-sandbox-dialog
        @say=${(event: CustomEvent<string>) => this.#say(event.detail)}
        @sandbox-changed=${(event: CustomEvent<Sandbox>) => this.#changed(event.detail)}
        @sandbox-deleted=${() => this.#deleted()}
      ></claw-sandbox-dialog>`;
  }

  #nobody(): TemplateResult {
    return html`<main class="page sandboxes" id="main" tabindex="-1">
      <h1>Sandboxes</h1>
      <div class="empty-box" data-testid="sandboxes-sign-in">
        <p>A sandbox is a closed place where an agent runs. Whom it belongs to sees it, and nobody else.</p>
        <p class="hint-line"><a class="button primary" href="/login?next=/sandboxes">Sign in to see yours</a></p>
      </div>
    </main>`;
  }

  #none(): TemplateResult {
    return html`<div class="empty-box" data-testid="no-sandbox">
      <p>${this.#everybody ? 'Nobody has a sandbox.' : 'You have no sandbox yet.'}</p>
      <p class="hint-line">Make one above, or run</p>
      <p><code class="line-of-code">clawlive sandbox create --name build -- sh -c "make; sleep 3600"</code></p>
    </div>`;
  }

  /** Why no sandbox can run here, and what to do about it. */
  #noRuntime(): TemplateResult {
    return html`<div class="warn-box" role="status" data-testid="no-runtime">
      <p><strong>This server can run no sandbox now.</strong></p>
      <ul>
        ${(this.#runtime?.runtimes ?? []).map((each) => html`<li><code>${each.name}</code>: ${each.message || 'it does not answer.'}</li>`)}
      </ul>
      <p>Install bubblewrap or start Docker where the server runs; <code>clawlive doctor</code> says what is missing.</p>
    </div>`;
  }

  #card(sandbox: Sandbox, now: number): TemplateResult {
    const why = whyLine(sandbox);
    const made = millis(sandbox.createdAt) ?? now;
    const what = [sandbox.runtime, sandbox.template || sandbox.spec?.image || '', this.#everybody && sandbox.accountId !== this.#me?.accountId ? `of account ${sandbox.accountId.slice(0, 13)}` : ''].filter((each) => each !== '');
    const moving = isMoving(sandbox.state);
    return html`<div class="card sandbox-card" data-testid="sandbox-card" data-sandbox=${sandbox.sandboxId}>
      <a class="what" href="/sandboxes/${sandbox.sandboxId}">
        <strong>${sandbox.name}</strong>
        <span class="path">${what.join(' · ')}${why === '' ? nothing : html`<span class="why" data-testid="why"> · ${why}</span>`}</span>
      </a>
      <span class="facts">
        <span>${sandboxPill(sandbox)}</span><span>${leaseFact(sandbox, now)}</span>
        <span class="fact limits" title="It may use so much memory and so many processors">${mebibytes(sandbox.spec?.memoryMb ?? 0)} · ${processors(sandbox.spec?.cpus ?? 0)}</span>
        <span class="fact age" title="Made ${dayAndClock(made)}"><span class="sr">Made ${agoSentence(made, now)}</span><span aria-hidden="true">${ago(made, now) === 'just now' ? 'new' : `${ago(made, now)} old`}</span></span>
      </span>
      <span class="deeds">
        ${mayStop(sandbox.state)
          ? html`<button class="button" data-testid="stop" aria-label="Stop ${sandbox.name}" @click=${() => this.#ask('stop', sandbox)}>${icon('stop')}Stop</button>`
          : html`<button class="button" data-testid="start" aria-label="Start ${sandbox.name}" ?disabled=${!mayStart(sandbox.state)} @click=${() => void this.#start(sandbox)}>${moving ? html`<span class="spinner"></span>` : icon('play')}Start</button>`}
        <claw-menu label="More about ${sandbox.name}" data-testid="sandbox-menu" .items=${this.#menu(sandbox)}></claw-menu>
      </span>
    </div>`;
  }

  #menu(sandbox: Sandbox): MenuItem[] {
    const items: MenuItem[] = [{ label: 'Change the limits', act: () => this.#ask('limits', sandbox) }];
    if (mayStop(sandbox.state)) items.push({ label: 'Extend the lease', act: () => this.#ask('lease', sandbox) });
    if (mayDelete(sandbox.state)) items.push({ label: 'Delete', grave: true, act: () => this.#ask('delete', sandbox) });
    return items;
  }

  #form(): TemplateResult {
    const whole = this.#problems.get('');
    return html`<dialog class="sheet" aria-labelledby="new-sandbox-title" data-testid="sandbox-form" @click=${(event: Event) => event.target === this.#dialog && this.#dialog?.close()}>
      <div class="sheet-inner">
        <header><h2 id="new-sandbox-title">New sandbox</h2><button class="square" aria-label="Close" @click=${() => this.#dialog?.close()}>${icon('close')}</button></header>
        <form class="form" novalidate @submit=${this.#create} @input=${() => (this.#requestId = '')}>
          ${whole === undefined ? nothing : html`<p class="problem" role="alert" data-testid="form-problem">${whole}</p>`}
          ${sandboxFields({
            runtime: this.#runtime,
            templates: this.#templates,
            template: this.#templates.find((each) => each.template === this.#template),
            problems: this.#problems,
            choose: (template) => {
              this.#template = template;
              this.requestUpdate();
            },
          })}
          <div class="pair"><button class="primary" data-testid="create-sandbox" ?disabled=${this.#busy}>Make the sandbox</button><button type="button" class="button" @click=${() => this.#dialog?.close()}>Cancel</button></div>
        </form>
      </div>
    </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog[data-testid=sandbox-form]');
  }

  readonly #again = () => {
    if (!document.hidden) void this.#load();
  };

  async #load(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    try {
      const me = await whoAmI();
      if (me === undefined) this.#sandboxes = undefined;
      else {
        const first = !this.#known;
        const [list, runtime, templates] = await Promise.all([
          this.#list(),
          // What runs them changes seldom: it is read again while there is none.
          first || this.#runtime?.active === '' ? services().runtimes.getRuntimeStatus({}) : this.#runtime,
          first ? services().templates.listTemplates({}).then((read) => read.templates) : this.#templates,
        ]);
        if (turn !== this.#turn) return;
        this.#sandboxes = list.sandboxes;
        this.#next = list.next;
        this.#runtime = runtime;
        this.#templates = templates;
      }
      this.#me = me;
      this.#known = true;
      this.#problem = '';
    } catch (cause) {
      if (turn !== this.#turn) return;
      this.#problem = told(failureOf(cause));
      this.#sandboxes ??= [];
    }
    if (turn !== this.#turn) return;
    this.requestUpdate();
    const moving = this.#sandboxes?.some((each) => isMoving(each.state)) ?? false;
    if (this.#me !== undefined || !this.#known) this.#timer = setTimeout(this.#again, moving ? QUICK_MS : REFRESH_MS);
  }

  async #list(): Promise<{ sandboxes: Sandbox[]; next: string }> {
    const sandboxes: Sandbox[] = [];
    let next = '';
    for (let page = 0; page < this.#pages; page++) {
      const read = await services().sandboxes.listSandboxes({ pageSize: PAGE, pageToken: next, everybody: this.#everybody });
      sandboxes.push(...read.sandboxes);
      next = read.nextPageToken;
      if (next === '') break;
    }
    return { sandboxes, next };
  }

  readonly #more = () => {
    this.#pages++;
    void this.#load();
  };

  readonly #setEverybody = (event: Event) => {
    this.#everybody = (event.target as HTMLInputElement).checked;
    this.#pages = 1;
    void this.#load();
  };

  readonly #new = () => {
    this.#problems = NO_PROBLEMS;
    this.requestUpdate();
    this.#dialog?.showModal();
    this.querySelector<HTMLElement>('#sandbox-name')?.focus();
  };

  #ask(question: Question, sandbox: Sandbox): void {
    this.querySelector<SandboxDialog>('claw-sandbox-dialog')?.open(question, sandbox);
  }

  async #start(sandbox: Sandbox): Promise<void> {
    try {
      this.#changed((await services().sandboxes.startSandbox({ sandboxId: sandbox.sandboxId })).sandbox);
    } catch (cause) {
      this.#say(told(failureOf(cause)));
    }
  }

  #changed(sandbox: Sandbox): void {
    this.#sandboxes = this.#sandboxes?.map((each) => (each.sandboxId === sandbox.sandboxId ? sandbox : each));
    this.requestUpdate();
    void this.#load();
  }

  #deleted(): void {
    this.#say('The sandbox is deleted');
    void this.#load();
  }

  readonly #create = async (event: SubmitEvent) => {
    event.preventDefault();
    const { draft, problems } = draftOf(new FormData(event.target as HTMLFormElement));
    this.#problems = problems;
    if (problems.size > 0) return this.#showProblem();
    this.#busy = true;
    this.#requestId ||= requestId();
    this.requestUpdate();
    try {
      const { sandbox } = await services().sandboxes.createSandbox({ ...draft, requestId: this.#requestId });
      this.#dialog?.close();
      this.#go(sandbox.sandboxId);
    } catch (cause) {
      const failure = failureOf(cause);
      this.#problems = problemsOf(failure, told(failure));
    }
    this.#busy = false;
    this.#showProblem();
  };

  /** Brings the first field that was refused to who fills the form. */
  #showProblem(): void {
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  }

  #go(sandboxId: string): void {
    const link = document.createElement('a');
    link.href = `/sandboxes/${sandboxId}`;
    this.append(link);
    link.click();
    link.remove();
  }

  #say(text: string): void {
    this.#toast = text;
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => {
      this.#toast = '';
      this.requestUpdate();
    }, 3500);
    this.requestUpdate();
  }
}

customElements.define('claw-sandboxes', SandboxesPage);
