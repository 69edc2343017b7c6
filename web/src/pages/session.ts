import { html, nothing, type PropertyValues } from 'lit';
import { whoAmI, type Me } from '../account.js';
import { services } from '../contract/services.js';
import { dayAndClock, plural, whole } from '../format.js';
import { LightElement } from '../light-element.js';
import type { LogView } from '../log/log-view.js';
import '../log/log-view.js';
import '../parts/chat.js';
import type { Chat } from '../parts/chat.js';
import { artifactsOf, artifactsPanel, EVIDENCE_SHOWN, proofsPanel, proofStrip } from '../parts/evidence.js';
import '../parts/help.js';
import type { Help } from '../parts/help.js';
import { hitsPanel } from '../parts/hits.js';
import { icon } from '../parts/icons.js';
import '../parts/player-bar.js';
import { sessionHead } from '../parts/session-head.js';
import '../parts/toolbar.js';
import type { Toolbar } from '../parts/toolbar.js';
import { refusal } from '../parts/refusal.js';
import { SessionModel } from '../session/model.js';
import { copy } from '../share.js';
import { shortcut } from './session-keys.js';

export type Tab = 'chat' | 'artifacts' | 'hits' | 'proofs';

const WRAP = 'clawlive.nowrap';

/** A session as people watch it. */
export class SessionPage extends LightElement {
  static override properties = { sessionId: { attribute: 'session-id' }, embedded: { type: Boolean }, newer: {} };
  declare sessionId: string;
  declare embedded: boolean;
  /** A session of the same project that has begun since. */
  declare newer: string | undefined;
  tab: Tab = 'chat';
  /** Whether the panel lies over the log, on screens where it has no place beside it. */
  panelOpen = false;
  #model: SessionModel | undefined;
  #me: Me | undefined;
  #revision = 0;
  #unsubscribe: (() => void) | undefined;
  #second: ReturnType<typeof setInterval> | undefined;
  #toast = '';
  #toastTimer: ReturnType<typeof setTimeout> | undefined;
  #announcement = '';
  #nowrap = false;
  #lastFrame = 0;
  #hashShown = '';
  #evidenceShown = EVIDENCE_SHOWN;

  /** What tests and the curious may read: numbers as they are, nothing to change. */
  get model(): Readonly<Record<string, unknown>> {
    const model = this.#model;
    if (model === undefined) return Object.freeze({ state: 'none' });
    const lags = [...this.log.lags].sort((a, b) => a - b);
    return Object.freeze({
      state: model.connection,
      mode: model.player.mode,
      applied: model.tail.applied,
      lastSequence: model.lastSequence,
      firstSequence: model.view.first,
      loaded: model.view.entries.length,
      rows: model.rows.length,
      position: model.player.mode === 'live' ? model.view.last : model.player.position,
      waiting: model.waiting,
      following: model.following,
      duplicatesDropped: model.tail.duplicatesDropped,
      holes: model.tail.holes,
      reconnects: model.tail.reconnects,
      sequences: () => model.view.entries.map((entry) => entry.seq),
      paintLagP50: lags[Math.floor(lags.length * 0.5)],
      paintLagP95: lags[Math.floor(lags.length * 0.95)],
      paintLagCount: lags.length,
    });
  }

  get log(): LogView {
    return this.querySelector('claw-log') as LogView;
  }

  get session(): SessionModel {
    return this.#model as SessionModel;
  }

  get toolbar(): Toolbar | null {
    return this.querySelector('claw-toolbar');
  }

  get help(): Help | null {
    return this.querySelector('claw-help');
  }

  get chat(): Chat | null {
    return this.querySelector('claw-chat');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    try {
      this.#nowrap = localStorage.getItem(WRAP) === '1';
    } catch {
      // Without storage lines wrap.
    }
    this.#who();
    addEventListener('accountchange', this.#who);
    addEventListener('hashchange', this.#followHash);
    document.addEventListener('keydown', this.#key);
    this.#second = setInterval(() => {
      if (!document.hidden) this.requestUpdate();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('accountchange', this.#who);
    removeEventListener('hashchange', this.#followHash);
    document.removeEventListener('keydown', this.#key);
    clearInterval(this.#second);
    clearTimeout(this.#toastTimer);
    this.#unsubscribe?.();
    this.#model?.stop();
    this.#model = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('sessionId') || !this.sessionId) return;
    this.#unsubscribe?.();
    this.#model?.stop();
    const model = new SessionModel(services(), this.sessionId);
    this.#model = model;
    this.#hashShown = '';
    this.#unsubscribe = model.subscribe(() => {
      this.#revision++;
      this.requestUpdate();
    });
    model.start();
  }

  override updated(): void {
    const model = this.#model;
    if (model === undefined) return;
    if (this.querySelector('claw-log') !== null) this.log.model = model;
    if ((model.connection === 'live' || model.connection === 'ended') && this.#hashShown === '') this.#followHash();
    if (model.player.mode === 'playing' && this.#lastFrame === 0) this.#runReplay();
    const title = model.session === undefined ? 'Session' : model.session.title || model.session.projectTitle || model.session.projectSlug;
    document.title = `${title} · Claw Live`;
  }

  override render(): unknown {
    const model = this.#model;
    if (model === undefined) return nothing;
    if (model.failure !== undefined) return refusal(model.failure, 'This session cannot be shown');
    const now = Date.now();
    const side = this.embedded ? nothing : this.#side(model, now);
    return html`<div
        class="session ${this.embedded ? 'embedded' : ''} ${this.#nowrap ? 'nowrap' : ''}"
        @share-event=${(event: CustomEvent<number>) => this.share(event.detail)}
        @show-event=${(event: CustomEvent<number>) => this.show(event.detail)}
        @step-hit=${(event: CustomEvent<number>) => this.stepHit(event.detail)}
        @searching=${() => this.openTab('hits', false)}
        @announce=${(event: CustomEvent<string>) => this.announce(event.detail)}
      >
        ${this.#head(model, now)}
        ${this.embedded ? nothing : proofStrip(model, () => this.openTab('proofs'))}
        ${this.embedded ? nothing : html`<claw-toolbar role="region" aria-label="Search and filter" .model=${model} .revision=${this.#revision}></claw-toolbar>`}
        <main class="log-place" id="main" tabindex="-1">
          ${this.#banner(model)}
          <claw-log></claw-log>
          ${model.rows.length === 0 ? this.#nothingShown(model) : nothing}
          ${model.atLive && model.following ? nothing : this.#jump(model)}
        </main>
        ${side}
        <footer class="session-foot"><claw-player .model=${model} .revision=${this.#revision}></claw-player></footer>
        <div class="sr" role="status" aria-live="polite" data-testid="announcer">${this.#announcement}</div>
        ${this.#toast === '' ? nothing : html`<div class="toast" role="status" data-testid="toast">${this.#toast}</div>`}
      </div>
      <claw-help></claw-help>`;
  }

  /** Shows an event in the log, wherever on the stream it stands. */
  async show(seq: number, asTarget = false): Promise<void> {
    const model = this.session;
    model.setFollowing(false);
    const found = await model.reveal(seq);
    if (!found) this.say(`Event ${whole(seq)} is not on this stream, or not any more.`);
    else if (!model.rows.some((entry) => entry.seq === seq)) this.say(`Event ${whole(seq)} is hidden by the filter; this is where it stands.`);
    this.panelOpen = false;
    this.log.show(seq, asTarget);
    this.requestUpdate();
  }

  stepHit(by: number): void {
    const hit = this.session.finder?.step(by);
    if (hit === undefined) return;
    void this.show(hit.seq);
    this.announce(`Hit at ${dayAndClock(hit.at)}: ${hit.text}`);
  }

  openTab(tab: Tab, over = true): void {
    this.tab = tab;
    if (over) this.panelOpen = true;
    this.requestUpdate();
  }

  async share(seq: number | undefined): Promise<void> {
    const url = new URL(`/s/${this.sessionId}${seq === undefined ? '' : `#e${seq}`}`, location.origin);
    if (seq !== undefined) {
      this.#hashShown = `#e${seq}`;
      history.replaceState(history.state, '', `#e${seq}`);
      this.log.target = seq;
    }
    const copied = await copy(url.href);
    this.say(copied ? (seq === undefined ? 'Link to the session copied' : `Link to event ${whole(seq)} copied`) : url.href);
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

  announce(text: string): void {
    this.#announcement = text;
    this.requestUpdate();
  }

  toggleWrap(): void {
    this.#nowrap = !this.#nowrap;
    try {
      localStorage.setItem(WRAP, this.#nowrap ? '1' : '0');
    } catch {
      // Lasts as long as the page, then.
    }
    this.say(this.#nowrap ? 'Long lines are cut' : 'Long lines are wrapped');
    this.log.remeasure();
  }

  #head(model: SessionModel, now: number): unknown {
    const session = model.session;
    if (session === undefined) return html`<div class="session-head loading"><span class="avatar"></span><div class="names"><h1>Loading …</h1><p class="path">&nbsp;</p></div></div>`;
    const actions = this.embedded
      ? html`<a class="button" href="/s/${this.sessionId}" target="_blank" rel="noopener" aria-label="Open the session">${icon('external')}<span>Open</span></a>`
      : html`<button class="button" data-testid="share" aria-label="Share: copy a link to this session" title="Copy a link to this session" @click=${() => this.share(undefined)}>${icon('share')}<span>Share</span></button>
          <button class="button only-wide" aria-label="Keys" title="Keys (?)" @click=${() => this.help?.toggle()}>${icon('keys')}</button>
          <button class="button only-narrow" aria-label="Chat and more" data-testid="panel-toggle" aria-expanded=${this.panelOpen} @click=${() => this.#togglePanel()}>${icon('chat')}</button>`;
    return sessionHead(session, model.lastSign, now, model.connection !== 'reconnecting', actions, model.connection === 'live');
  }

  #togglePanel(): void {
    this.panelOpen = !this.panelOpen;
    if (this.panelOpen && this.tab === 'proofs') this.tab = 'chat';
    this.requestUpdate();
  }

  #banner(model: SessionModel): unknown {
    const state = model.tailState;
    if (state.is === 'reconnecting') {
      const wait = Math.max(0, Math.ceil((state.retryAt - Date.now()) / 1000));
      return html`<div class="banner warn" role="status" data-testid="banner">
        <span class="spinner"></span><span>Reconnecting${wait > 1 ? ` in ${wait} s` : ''} … nothing is lost: the page goes on after event ${whole(model.lastSequence)}.</span>
        <button class="quiet" @click=${() => model.tail.retryNow()}>Now</button>
      </div>`;
    }
    if (this.newer && model.notice === undefined) {
      return html`<div class="banner good" role="status" data-testid="newer">${icon('play')}<span>A newer session of this project is live.</span><a class="quiet" href="/s/${this.newer}">Watch it</a></div>`;
    }
    if (model.notice === undefined) return nothing;
    return html`<div class="banner ${model.notice.tone}" role="status" data-testid="banner">${model.notice.tone === 'good' ? icon('test') : icon('alert')}<span>${model.notice.text}</span></div>`;
  }

  #nothingShown(model: SessionModel): unknown {
    const text =
      model.connection === 'connecting'
        ? 'Connecting …'
        : model.view.entries.length > 0
          ? 'Nothing that is loaded passes the filter.'
          : model.connection === 'ended'
            ? 'The session ended without an event.'
            : 'Waiting for the first event.';
    return html`<p class="nothing">${text}</p>`;
  }

  #jump(model: SessionModel): unknown {
    const count = model.waiting;
    const ended = model.connection === 'ended';
    const text = count > 0 ? `${whole(count)} ${ended ? 'more · jump to the end' : 'new · jump to live'}` : `Jump to ${ended ? 'the end' : 'live'}`;
    return html`<button class="jump ${count > 0 ? 'news' : ''}" data-testid="jump" @click=${() => this.goLive()}>${icon('down')}${text}</button>`;
  }

  goLive(): void {
    this.session.goLive();
    this.log.toEnd();
  }

  #side(model: SessionModel, now: number): unknown {
    const show = (seq: number) => void this.show(seq);
    const place = {
      now,
      show,
      shown: this.#evidenceShown,
      more: () => {
        this.#evidenceShown += EVIDENCE_SHOWN * 2;
        this.requestUpdate();
      },
    };
    const finder = model.finder;
    const tab: Tab = this.tab === 'hits' && finder === undefined ? 'chat' : this.tab;
    const tabs: [Tab, string, number | undefined][] = [
      ['proofs', 'Proofs', undefined],
      ['chat', 'Chat', model.chat.entries.filter((entry) => entry.kind === 'chat').length],
      ['artifacts', 'Artifacts', artifactsOf(model).length],
    ];
    if (finder !== undefined) tabs.push(['hits', 'Found', finder.hits.length]);
    return html`<aside class="side" data-tab=${tab} ?data-open=${this.panelOpen} aria-label="Proofs, chat and artifacts">
      <div class="proofs-place">${proofsPanel(model, place)}</div>
      <div class="tabs">
        <div class="tablist" role="tablist" aria-label="Panels">
          ${tabs.map(
            ([name, title, count]) => html`<button
              role="tab"
              id="tab-${name}"
              class="tab-${name}"
              data-testid="tab-${name}"
              aria-selected=${tab === name}
              aria-controls="panel"
              tabindex=${tab === name || (tab === 'proofs' && name === 'chat') ? 0 : -1}
              @click=${() => this.openTab(name)}
              @keydown=${(event: KeyboardEvent) => this.#tabKey(event, tabs.map(([each]) => each), name)}
            >
              ${title}${count === undefined ? nothing : html` <span class="count">${whole(count)}</span>`}
            </button>`,
          )}
        </div>
        <button class="square only-narrow close" aria-label="Close the panel" @click=${() => this.#togglePanel()}>${icon('close')}</button>
      </div>
      <div class="tab-panel" id="panel" role="tabpanel" aria-labelledby="tab-${tab}">
        ${tab === 'artifacts'
          ? artifactsPanel(model, place)
          : tab === 'hits' && finder !== undefined
            ? hitsPanel(finder, show)
            : html`<claw-chat .model=${model} .me=${this.#me} .revision=${this.#revision}></claw-chat>`}
      </div>
    </aside>`;
  }

  #tabKey(event: KeyboardEvent, names: Tab[], name: Tab): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = names[(names.indexOf(name) + by + names.length) % names.length] as Tab;
    this.openTab(next);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
  }

  readonly #key = (event: KeyboardEvent) => shortcut(this, event);

  readonly #who = () => {
    void whoAmI().then((me) => {
      this.#me = me;
      this.requestUpdate();
    });
  };

  /** Opens the event that the address names: #e123. */
  readonly #followHash = () => {
    const model = this.#model;
    if (model === undefined || (model.connection !== 'live' && model.connection !== 'ended')) return;
    if (location.hash === this.#hashShown) return;
    this.#hashShown = location.hash || '#';
    const seq = Number(/^#e(\d{1,15})$/.exec(location.hash)?.[1]);
    if (seq > 0) {
      void this.show(seq, true);
      this.announce(`Showing event ${seq} of ${plural(model.lastSequence, 'event')}`);
    }
  };

  /** Moves a replay on with the frames of the screen, as long as it plays. */
  #runReplay(): void {
    const frame = (at: number) => {
      const model = this.#model;
      if (model === undefined || model.player.mode !== 'playing') {
        this.#lastFrame = 0;
        return;
      }
      // A page that was in the background goes on from where it was instead of leaping.
      model.advance(Math.min(at - this.#lastFrame, 250));
      this.#lastFrame = at;
      requestAnimationFrame(frame);
    };
    this.#lastFrame = performance.now();
    requestAnimationFrame(frame);
  }
}

customElements.define('claw-session', SessionPage);
