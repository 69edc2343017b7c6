import { Code } from '@connectrpc/connect';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { millis, type Entry } from '../contract/entry.js';
import { failureOf } from '../contract/failure.js';
import type { Sandbox } from '../contract/sandbox-wire.js';
import { services } from '../contract/services.js';
import { agoSentence, dayAndClock, whole } from '../format.js';
import { LightElement } from '../light-element.js';
import type { LogView } from '../log/log-view.js';
import '../log/log-view.js';
import { icon } from '../parts/icons.js';
import '../parts/menu.js';
import type { MenuItem } from '../parts/menu.js';
import { refusal } from '../parts/refusal.js';
import { told } from '../parts/room/tell.js';
import { charts } from '../parts/sandbox/charts.js';
import '../parts/sandbox/sandbox-dialog.js';
import type { Question, SandboxDialog } from '../parts/sandbox/sandbox-dialog.js';
import { leaseFact, sandboxPill, whyLine } from '../parts/sandbox/sandbox-words.js';
import '../parts/sandbox/snapshots.js';
import '../parts/sandbox/terminal.js';
import type { SandboxTerminal } from '../parts/sandbox/terminal.js';
import { mayDelete, mayStart, mayStop, runs } from '../sandbox/may.js';
import { SandboxModel } from '../sandbox/model.js';
import type { Channel } from '../sandbox/output.js';
import { changeSentence, exitWords, isMoving, mebibytes, networkWords, processors } from '../sandbox/words.js';
import { copy } from '../share.js';

type Tab = 'output' | 'terminal' | 'usage' | 'about';

const TABS: readonly (readonly [Tab, string])[] = [
  ['output', 'Output'],
  ['terminal', 'Terminal'],
  ['usage', 'Usage'],
  ['about', 'About'],
];
const CHANNELS: readonly (readonly [Channel, string])[] = [
  ['', 'All'],
  ['stdout', 'Output'],
  ['stderr', 'Errors'],
];
/** Changes that are shown before somebody asks for more. */
const HISTORY_SHOWN = 6;

/** A sandbox: what it does and why, what it writes, how much it uses, and a terminal into it. */
export class SandboxPage extends LightElement {
  static override properties = { sandboxId: { attribute: 'sandbox-id' } };
  declare sandboxId: string;
  #model: SandboxModel | undefined;
  #unsubscribe: (() => void) | undefined;
  #second: ReturnType<typeof setInterval> | undefined;
  #tab: Tab = 'output';
  #shown = HISTORY_SHOWN;
  #busy = false;
  #hashShown = '';
  #toast = '';
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  /** What tests and the curious may read: numbers as they are, nothing to change. */
  get model(): Readonly<Record<string, unknown>> {
    const model = this.#model;
    if (model === undefined) return Object.freeze({ state: 'none' });
    return Object.freeze({
      state: model.lineState.is,
      sandbox: model.state,
      reason: model.sandbox?.reason ?? 0,
      revision: Number(model.sandbox?.revision ?? 0),
      lastSequence: model.output.lastSequence,
      applied: model.output.tail.applied,
      duplicatesDropped: model.output.tail.duplicatesDropped,
      holes: model.output.tail.holes,
      reconnects: model.output.tail.reconnects,
      rows: model.output.rows.length,
      drawn: this.querySelectorAll('claw-log .row').length,
      following: model.output.following,
      changes: model.history.entries.length,
      samples: model.usage.samples.length,
      measuring: model.meter.running,
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#followHash);
    this.#second = setInterval(() => {
      if (!document.hidden) this.requestUpdate();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#followHash);
    clearInterval(this.#second);
    clearTimeout(this.#toastTimer);
    this.#unsubscribe?.();
    this.#model?.stop();
    this.#model = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('sandboxId') || !this.sandboxId) return;
    this.#unsubscribe?.();
    this.#model?.stop();
    this.#hashShown = '';
    const model = new SandboxModel(services(), this.sandboxId);
    this.#model = model;
    const told = () => this.requestUpdate();
    const ends = [model.subscribe(told), model.output.subscribe(told)];
    this.#unsubscribe = () => ends.forEach((end) => end());
    model.start();
  }

  override updated(): void {
    const model = this.#model;
    if (model === undefined) return;
    const log = this.#log;
    if (log !== null) log.model = model.output;
    if (model.lineState.is === 'live' && this.#hashShown === '') this.#followHash();
    document.title = `${model.sandbox?.name ?? 'Sandbox'} · Claw Live`;
  }

  override render(): unknown {
    const model = this.#model;
    if (model === undefined) return nothing;
    if (model.failure !== undefined) {
      const failure = model.failure;
      return refusal(failure.code === Code.PermissionDenied || failure.code === Code.Unauthenticated ? { ...failure, code: Code.NotFound } : failure, 'This sandbox cannot be shown');
    }
    const now = Date.now();
    return html`<div
        class="sandbox"
        data-tab=${this.#tab}
        @say=${(event: CustomEvent<string>) => this.say(event.detail)}
        @share-event=${(event: CustomEvent<number>) => void this.#share(event.detail)}
      >
        ${this.#head(model, now)}
        <div class="sandbox-notes">${this.#notes(model)}</div>
        ${this.#tabs()}
        <main class="sandbox-output" id="main" tabindex="-1" aria-label="Output">
          <div class="pane-head">
            <h2>${icon('file')}Output</h2>
            <div class="kinds" role="group" aria-label="Lines">
              ${CHANNELS.map(([channel, name]) => html`<button class="chip" data-testid="channel-${channel || 'all'}" aria-pressed=${model.output.channel === channel} @click=${() => model.output.setChannel(channel)}>${name}</button>`)}
            </div>
          </div>
          <div class="log-place">
            <claw-log></claw-log>
            ${model.output.rows.length === 0 ? html`<p class="nothing">${this.#silence(model)}</p>` : nothing}
            ${model.output.following ? nothing : this.#jump(model)}
          </div>
        </main>
        <section class="sandbox-terminal" aria-label="Terminal"><claw-terminal .sandboxId=${this.sandboxId} ?running=${runs(model.state)}></claw-terminal></section>
        <aside class="sandbox-side" aria-label="Usage and facts">
          <section class="side-usage" aria-labelledby="usage-title"><h2 id="usage-title">Usage <span class="window">last 5 minutes</span></h2>${charts(model)}</section>
          <section class="side-about">${this.#about(model, now)}</section>
          <section class="side-snapshots" aria-labelledby="snapshots-title"><claw-snapshots .sandboxId=${this.sandboxId} .revision=${Number(model.sandbox?.revision ?? 0)} ?deleted=${model.deleted} @sandbox-changed=${(event: CustomEvent<Sandbox>) => model.take(event.detail)}></claw-snapshots></section>
        </aside>
        ${this.#toast === '' ? nothing : html`<div class="toast low" role="status" data-testid="toast">${this.#toast}</div>`}
      </div>
      <claw-sandbox-dialog
        @say=${(event: CustomEvent<string>) => this.say(event.detail)}
        @sandbox-changed=${(event: CustomEvent<Sandbox>) => model.take(event.detail)}
        @sandbox-deleted=${() => this.#gone()}
      ></claw-sandbox-dialog>`;
  }

  say(text: string): void {
    this.#toast = text;
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => {
      this.#toast = '';
      this.requestUpdate();
    }, 3500);
    this.requestUpdate();
  }

  get #log(): LogView | null {
    return this.querySelector('claw-log');
  }

  #head(model: SandboxModel, now: number): TemplateResult {
    const sandbox = model.sandbox;
    if (sandbox === undefined) return html`<div class="session-head sandbox-head loading"><span class="box">${icon('box')}</span><div class="names"><h1>Loading …</h1><p class="path">&nbsp;</p></div></div>`;
    const why = whyLine(sandbox);
    const { state } = sandbox;
    const path = [sandbox.runtime, sandbox.template, sandbox.spec?.image ?? ''].filter((each) => each !== '').join(' · ');
    return html`<div class="session-head sandbox-head" role="region" aria-label="Sandbox">
      <span class="box" aria-hidden="true">${icon('box')}</span>
      <div class="names">
        <h1 title=${sandbox.name}>${sandbox.name}</h1>
        <p class="path"><a href="/sandboxes">Sandboxes</a> <span aria-hidden="true">/</span> ${path}</p>
      </div>
      <div class="facts">
        ${model.deleted ? html`<span class="state ended" data-testid="sandbox-state" data-state="deleted"><span class="dot"></span>deleted</span>` : sandboxPill(sandbox, model.lineState.is !== 'reconnecting')}
        ${why === '' ? nothing : html`<span class="fact why" data-testid="why">${why}</span>`} ${leaseFact(sandbox, now)}
        ${model.deleted
          ? nothing
          : html`${mayStop(state)
                ? html`<button class="button" data-testid="extend" aria-label="Extend the lease" title="Extend the lease" @click=${() => this.#ask('lease')}>${icon('clock')}<span>Extend</span></button>
                    <button class="button" data-testid="stop" aria-label="Stop" @click=${() => this.#ask('stop')}>${icon('stop')}<span>Stop</span></button>`
                : html`<button class="button primary" data-testid="start" ?disabled=${!mayStart(state) || this.#busy} @click=${() => void this.#start()}>${isMoving(state) ? html`<span class="spinner"></span>` : icon('play')}Start</button>`}
              <claw-menu label="More" data-testid="sandbox-menu" .items=${this.#menu(sandbox)}></claw-menu>`}
      </div>
    </div>`;
  }

  #menu(sandbox: Sandbox): MenuItem[] {
    const items: MenuItem[] = [
      { label: 'Change the limits', act: () => this.#ask('limits') },
      { label: 'Copy a link to it', act: () => void this.#share(undefined) },
    ];
    if (mayDelete(sandbox.state)) items.push({ label: 'Delete', grave: true, act: () => this.#ask('delete') });
    return items;
  }

  #notes(model: SandboxModel): unknown {
    const state = model.lineState;
    if (model.deleted) return html`<div class="banner" role="status" data-testid="banner">${icon('trash')}<span>This sandbox is deleted, with its files. What it wrote stays on this page until you leave it.</span><a class="quiet" href="/sandboxes">Your sandboxes</a></div>`;
    if (state.is === 'reconnecting') {
      const wait = Math.max(0, Math.ceil((state.retryAt - Date.now()) / 1000));
      return html`<div class="banner warn" role="status" data-testid="banner">
        <span class="spinner"></span><span>Reconnecting${wait > 1 ? ` in ${wait} s` : ''} … nothing is lost: the page goes on after event ${whole(model.output.lastSequence)}.</span>
        <button class="quiet" @click=${() => model.output.tail.retryNow()}>Now</button>
      </div>`;
    }
    if (model.notice === undefined) return nothing;
    return html`<div class="banner ${model.notice.tone}" role="status" data-testid="banner">${icon(model.notice.tone === 'good' ? 'test' : 'alert')}<span>${model.notice.text}</span></div>`;
  }

  /** The panes, where there is room for one at a time. */
  #tabs(): TemplateResult {
    return html`<div class="tabs only-narrow">
      <div class="tablist" role="tablist" aria-label="Panels">
        ${TABS.map(
          ([name, title]) => html`<button role="tab" data-testid="tab-${name}" aria-selected=${this.#tab === name} tabindex=${this.#tab === name ? 0 : -1} @click=${() => this.#openTab(name)} @keydown=${(event: KeyboardEvent) => this.#tabKey(event, name)}>${title}</button>`,
        )}
      </div>
    </div>`;
  }

  #openTab(tab: Tab): void {
    this.#tab = tab;
    this.requestUpdate();
  }

  #tabKey(event: KeyboardEvent, name: Tab): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = (TABS.findIndex(([each]) => each === name) + by + TABS.length) % TABS.length;
    this.#openTab(TABS[next]?.[0] ?? 'output');
    void this.updateComplete.then(() => this.querySelectorAll<HTMLElement>('.tabs [role=tab]')[next]?.focus());
  }

  #silence(model: SandboxModel): string {
    if (model.lineState.is === 'connecting') return 'Connecting …';
    if (model.output.view.entries.length > 0) return 'Nothing that is loaded is of this kind.';
    return 'It has written nothing yet.';
  }

  #jump(model: SandboxModel): TemplateResult {
    const count = model.output.waiting;
    return html`<button class="jump ${count > 0 ? 'news' : ''}" data-testid="jump" @click=${() => this.#log?.toEnd()}>${icon('down')}${count > 0 ? `${whole(count)} new · jump to the end` : 'Jump to the end'}</button>`;
  }

  #about(model: SandboxModel, now: number): unknown {
    const sandbox = model.sandbox;
    if (sandbox === undefined) return nothing;
    const spec = sandbox.spec;
    const env = Object.entries(spec?.env ?? {}).sort(([one], [other]) => one.localeCompare(other));
    const moment = (at: number | undefined) => (at === undefined ? nothing : html`<span title=${dayAndClock(at)}>${agoSentence(at, now)}</span>`);
    const facts: [string, unknown][] = [
      ['Memory', mebibytes(spec?.memoryMb ?? 0)],
      ['Processors', processors(spec?.cpus ?? 0)],
      ['Processes', whole(spec?.pids ?? 0)],
      ['Reaches', networkWords(spec?.network)],
      ['Command', spec === undefined || spec.command.length === 0 ? 'only waits' : this.#command(spec.command.join(' '))],
    ];
    if (spec?.port) facts.push(['Port', `${spec.port}, at 127.0.0.1:${sandbox.hostPort}`]);
    if (env.length > 0) facts.push(['Variables', html`<span class="env">${env.map(([name, value]) => html`<code>${name}${value === '' ? '' : `=${value}`}</code>`)}</span>`]);
    if (sandbox.agentId !== '') facts.push(['Agent', html`<a class="out" href="/agents/${sandbox.agentId}">its agent</a>`]);
    if (sandbox.sessionId !== '') facts.push(['Session', html`<a class="out" data-testid="its-session" href="/s/${sandbox.sessionId}">watch its work</a>`]);
    if (sandbox.roomId !== '') facts.push(['Room', html`<a class="out" data-testid="its-room" href="/rooms/${sandbox.roomId}">go to its room</a>`]);
    facts.push(['Made', moment(millis(sandbox.createdAt))]);
    if (sandbox.startedAt !== undefined) facts.push(['Started', moment(millis(sandbox.startedAt))]);
    if (sandbox.exitCode !== undefined) facts.push(['Ended last', exitWords(sandbox.exitCode)]);
    facts.push(['Id', html`<code>${sandbox.sandboxId}</code>`]);
    return html`<h2>What happened</h2>
      ${this.#history(model, now)}
      <div class="side-head"><h2>What it is</h2>${model.deleted ? nothing : html`<button class="quiet" data-testid="change-limits" @click=${() => this.#ask('limits')}>Change limits</button>`}</div>
      <dl class="facts-list">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  /** What is long has a window of its own. */
  #command(line: string): TemplateResult {
    return line.length > 160 ? html`<code class="long" tabindex="0" role="region" aria-label="Command">${line}</code>` : html`<code>${line}</code>`;
  }

  #history(model: SandboxModel, now: number): TemplateResult {
    const all = model.history.entries;
    const entries = all.slice(-this.#shown).reverse();
    const more = all.length > entries.length || model.history.hasOlder;
    return html`<ol class="changes" data-testid="history">
        ${entries.map((entry) => this.#change(entry, now))}
      </ol>
      ${more && this.#shown < 200
        ? html`<button class="quiet" @click=${() => this.#showMore(model)}>What happened before</button>`
        : nothing}`;
  }

  #change(entry: Entry, now: number): TemplateResult | typeof nothing {
    const change = entry.change;
    if (change === undefined) return nothing;
    return html`<li data-testid="change">
      <span>${changeSentence(change)}${change.message === '' ? nothing : html`<span class="why">. ${change.message}</span>`}</span>
      <a class="when-ago" href="#e${entry.seq}" title="${dayAndClock(entry.recorded)} · show it in the output">${agoSentence(entry.recorded, now)}</a>
    </li>`;
  }

  #showMore(model: SandboxModel): void {
    this.#shown += HISTORY_SHOWN * 5;
    if (model.history.hasOlder) void model.history.loadOlder(model.output.lastSequence);
    this.requestUpdate();
  }

  #ask(question: Question): void {
    const sandbox = this.#model?.sandbox;
    if (sandbox !== undefined) this.querySelector<SandboxDialog>('claw-sandbox-dialog')?.open(question, sandbox);
  }

  async #start(): Promise<void> {
    this.#busy = true;
    this.requestUpdate();
    try {
      const { sandbox } = await services().sandboxes.startSandbox({ sandboxId: this.sandboxId });
      this.#model?.take(sandbox);
    } catch (cause) {
      this.say(told(failureOf(cause)));
    }
    this.#busy = false;
    this.requestUpdate();
  }

  #gone(): void {
    void this.#model?.refresh();
    this.say('The sandbox is deleted');
  }

  async #share(seq: number | undefined): Promise<void> {
    const url = new URL(`/sandboxes/${this.sandboxId}${seq === undefined ? '' : `#e${seq}`}`, location.origin);
    if (seq !== undefined) {
      this.#hashShown = `#e${seq}`;
      history.replaceState(history.state, '', `#e${seq}`);
      const log = this.#log;
      if (log !== null) log.target = seq;
    }
    this.say((await copy(url.href)) ? (seq === undefined ? 'Link to the sandbox copied' : `Link to event ${whole(seq)} copied`) : url.href);
  }

  readonly #followHash = async () => {
    const seq = Number(/^#e(\d+)$/.exec(location.hash)?.[1] ?? 0);
    const model = this.#model;
    if (model === undefined || this.#hashShown === location.hash) return;
    this.#hashShown = location.hash;
    if (seq === 0) return;
    model.output.setFollowing(false);
    this.#openTab('output');
    if (!(await model.output.reveal(seq))) this.say(`Event ${whole(seq)} is not on this stream, or too far back.`);
    await this.updateComplete;
    this.#log?.show(seq, true);
  };

  /** For tests: the terminal's own numbers. */
  get terminal(): Readonly<Record<string, unknown>> {
    return this.querySelector<SandboxTerminal>('claw-terminal')?.model ?? {};
  }
}

customElements.define('claw-sandbox', SandboxPage);
