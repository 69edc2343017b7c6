import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { dayAndClock, plural, whole } from '../../format.js';
import { LightElement } from '../../light-element.js';
import { richText } from '../../log/text.js';
import { belongs, talksAs } from '../../room/may.js';
import { RoomFinder } from '../../room/finder.js';
import type { Message } from '../../room/message.js';
import type { RoomModel } from '../../room/model.js';
import { Role, RoomState } from '../../contract/room-wire.js';
import { wordsOf } from '../../session/finder.js';
import { icon } from '../icons.js';
import './composer.js';
import type { Composer } from './composer.js';
import { messageRow, type RowDeeds } from './message-row.js';
import { Sayings } from './sayings.js';
import { say, told } from './tell.js';

/** Messages of one person so close together stand under one name. */
const TOGETHER_MS = 180_000;
/** So close to an edge the next page is fetched. */
const NEAR = 240;

/** The talk of a room, a thread of it, or what a search found in it. */
export class RoomChat extends LightElement {
  static override properties = { model: { attribute: false }, revision: { attribute: false }, shown: { attribute: false } };
  declare model: RoomModel;
  declare revision: number;
  /** Whether the panel is in sight; on a phone another one may be. */
  declare shown: boolean;
  target: number | undefined;
  #active: number | undefined;
  #picking: number | undefined;
  #arming: number | undefined;
  #editing: number | undefined;
  #finder: RoomFinder | undefined;
  #atEnd = true;
  #moved = -1;
  #thread: number | undefined;
  #anchor: { seq: string; top: number } | undefined;
  #lastTop = 0;
  /** Where the end was when it was last brought into sight. */
  #pinnedAt = 0;
  /** What grows after it was drawn, a font or a picture of code, must not push the end out of sight. */
  readonly #sizes = new ResizeObserver(() => {
    const box = this.#box;
    if (box !== null && this.#finder === undefined) this.#pin(box);
  });
  readonly #sayings = new Sayings(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sayings.load();
    document.addEventListener('visibilitychange', this.#seen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#seen);
    this.#sizes.disconnect();
    this.#finder?.stop();
  }

  override willUpdate(): void {
    const { chat } = this.model;
    if (this.#moved !== chat.moved || this.#thread !== chat.thread?.root) this.#anchor = undefined;
    else this.#anchor = this.#atEnd ? undefined : this.#firstInSight();
  }

  override render(): unknown {
    const { chat } = this.model;
    const thread = chat.thread;
    return html`<section class="room-chat" aria-label="Chat" data-testid="room-chat">
      <div class="chat-head">${thread === undefined ? this.#search() : this.#threadHead(thread.messages.length)}</div>
      <div class="messages" tabindex="0" role="region" aria-label=${thread === undefined ? 'Messages' : 'Thread'} @scroll=${this.#scrolled} @pointerleave=${() => this.#activate(undefined)}>
        ${this.#finder !== undefined ? this.#hits(this.#finder) : thread !== undefined ? this.#threadMessages() : this.#talk()}
      </div>
      ${this.#finder !== undefined ? nothing : this.#jump()}
      <claw-composer @sent=${this.#toEnd} .model=${this.model} .revision=${this.revision} .root=${thread === undefined ? undefined : (chat.find(thread.root) ?? thread.messages[0])}></claw-composer>
    </section>`;
  }

  override updated(): void {
    const { chat } = this.model;
    const box = this.#box;
    if (box === null || this.#finder !== undefined) return;
    this.#sizes.observe(box);
    const list = box.querySelector('ol');
    if (list !== null) this.#sizes.observe(list);
    if (this.#thread !== chat.thread?.root) {
      this.#thread = chat.thread?.root;
      this.#atEnd = true;
      this.#pinnedAt = 0;
    }
    if (this.#moved !== chat.moved) {
      this.#moved = chat.moved;
      if (this.target !== undefined && !chat.following) {
        this.#atEnd = false;
        this.querySelector(`[data-seq="${this.target}"]`)?.scrollIntoView({ block: 'center' });
        return;
      }
      this.#atEnd = true;
      this.#pinnedAt = 0;
    }
    this.#pin(box);
    if (this.#atEnd) this.#anchor = undefined;
    else if (this.#anchor !== undefined) {
      const row = box.querySelector(`[data-seq="${this.#anchor.seq}"]`);
      if (row !== null) box.scrollTop += row.getBoundingClientRect().top - this.#anchor.top;
    }
    this.#follow();
  }

  /** Puts the cursor where one writes. */
  focusDraft(): void {
    this.querySelector<Composer>('claw-composer')?.focusDraft();
  }

  focusSearch(): void {
    this.model.chat.closeThread();
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('.search input')?.focus());
  }

  /** Shows a message wherever it stands. */
  async show(seq: number): Promise<void> {
    this.#endSearch();
    this.model.chat.closeThread();
    this.target = seq;
    const found = await this.model.chat.openAt(seq);
    if (!found) return say(this, 'This message is not there, or not for you to read.');
    this.model.chat.following = false;
    this.#atEnd = false;
    this.requestUpdate();
    await this.updateComplete;
    const row = this.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
  }

  get #box(): HTMLElement | null {
    return this.querySelector('.messages');
  }

  #talk(): unknown {
    const { chat } = this.model;
    if (chat.messages.length === 0) return this.#nothingSaid();
    return html`${chat.hasOlder
        ? html`<button class="quiet earlier" ?disabled=${chat.loading} @click=${() => chat.loadOlder()}>${chat.loading ? 'Loading …' : 'Earlier messages'}</button>`
        : html`<p class="beginning">The talk begins here.</p>`}
      ${chat.problem === '' ? nothing : html`<p class="problem">${chat.problem}</p>`}
      <ol>
        ${this.#rows(chat.messages, false)}
      </ol>
      ${chat.hasNewer ? html`<button class="quiet earlier" ?disabled=${chat.loading} @click=${() => chat.loadNewer()}>Later messages</button>` : nothing}`;
  }

  #threadMessages(): unknown {
    const thread = this.model.chat.thread;
    if (thread === undefined) return nothing;
    if (thread.problem !== '') return html`<p class="problem">${thread.problem}</p>`;
    return html`<ol class="thread">${this.#rows(thread.messages, true)}</ol>`;
  }

  #rows(messages: readonly Message[], inThread: boolean): unknown {
    const { model } = this;
    const { caller, facts, chat } = model;
    const member = belongs(caller) && facts?.state !== RoomState.COMPLETED;
    const talks = facts !== undefined && talksAs(caller, facts) !== undefined;
    const host = caller.role === Role.HOST && member;
    let before: Message | undefined;
    const rows = messages.map((message) => {
      const fresh = !inThread && message.seq === chat.firstUnread;
      const follows =
        before !== undefined &&
        !fresh &&
        before.user === message.user &&
        before.senderId === message.senderId &&
        before.visibility === message.visibility &&
        message.thread === before.thread &&
        (inThread || message.thread === 0) &&
        message.at - before.at < TOGETHER_MS;
      before = message;
      return { message, follows, fresh };
    });
    return repeat(
      rows,
      ({ message }) => message.seq,
      ({ message, follows, fresh }) => {
        const seq = message.seq;
        const place = {
          me: caller.id,
          handle: model.handle,
          belongs: member,
          talks,
          host,
          follows,
          active: this.#active === seq,
          picking: this.#picking === seq,
          arming: this.#arming === seq,
          target: this.target === seq,
          editing: this.#editing === seq ? message.text : undefined,
          root: inThread || message.thread === 0 ? undefined : chat.find(message.thread),
          inThread,
          sayings: this.#sayings,
        };
        return html`${fresh ? html`<li class="fresh" role="separator" data-testid="unread-line"><span>new</span></li>` : nothing}${guard(
          [message, follows, place.active, place.picking, place.arming, place.target, place.editing, place.root, member, talks, host, place.handle, this.#sayings.loaded],
          () => messageRow(message, place, this.#deeds),
        )}`;
      },
    );
  }

  #nothingSaid(): TemplateResult {
    const { model } = this;
    const talks = model.facts !== undefined && talksAs(model.caller, model.facts) !== undefined;
    const hint = talks ? 'Write the first message below. @name calls somebody, @agents all agents, /task makes a task.' : 'What people and agents say to each other will stand here.';
    return html`<div class="nothing-said" data-testid="chat-empty">${icon('chat')}<p><strong>Nobody has said anything yet.</strong></p><p>${hint}</p></div>`;
  }

  #threadHead(count: number): TemplateResult {
    return html`<button class="button" data-testid="thread-back" @click=${() => this.model.chat.closeThread()}>${icon('reply')}<span>All messages</span></button>
      <strong class="thread-title">Thread</strong><span class="count">${whole(Math.max(0, count - 1))}</span>`;
  }

  #search(): TemplateResult {
    const finder = this.#finder;
    return html`<form class="search" role="search" @submit=${this.#find}>
      ${icon('search')}<label class="sr" for="find-message">Search the messages</label>
      <input id="find-message" type="search" data-testid="find-message" maxlength="200" autocomplete="off" spellcheck="false" placeholder="Search the messages" @keydown=${this.#searchKey} @input=${this.#searchTyped} />
      ${finder === undefined
        ? html`<kbd class="hint">/</kbd>`
        : html`<span class="found" role="status" data-testid="search-status">${finder.running ? html`<span class="spinner"></span>` : nothing}${finder.problem || plural(finder.hits.length, 'hit')}</span>
            <button type="button" class="square" aria-label="End the search" @click=${() => this.#endSearch()}>${icon('close')}</button>`}
    </form>`;
  }

  #hits(finder: RoomFinder): TemplateResult {
    const words = wordsOf(finder.query);
    return html`<section class="panel hits" aria-label="Found" data-testid="hits">
      ${finder.hits.length === 0 ? html`<p class="empty">${finder.running ? 'Searching …' : `No message holds “${finder.query}”.`}</p>` : nothing}
      <ol>
        ${finder.hits.map(
          (hit) => html`<li>
            <button class="plain" data-seq=${hit.seq} @click=${() => void this.show(hit.seq)}>
              <span class="by"><strong>${hit.user}</strong><time>${dayAndClock(hit.at)}</time></span>
              <span class="text">${richText(hit.text.replace(/\s+/g, ' ').slice(0, 240), words, false)}</span>
            </button>
          </li>`,
        )}
      </ol>
      ${finder.hasMore && !finder.running ? html`<button class="quiet" @click=${() => finder.run()}>Search on</button>` : nothing}
    </section>`;
  }

  #jump(): unknown {
    const { chat } = this.model;
    if (chat.thread !== undefined) return nothing;
    if ((this.#atEnd && !chat.hasNewer) || chat.messages.length === 0) return nothing;
    return html`<div class="jump-place"><button class="jump ${chat.unread > 0 ? 'news' : ''}" data-testid="jump" @click=${this.#toEnd}>
      ${icon('down')}${chat.unread > 0 ? plural(chat.unread, 'new message') : 'Newest messages'}
    </button></div>`;
  }

  readonly #toEnd = () => {
    this.#atEnd = true;
    this.#pinnedAt = 0;
    this.target = undefined;
    void this.model.chat.toNewest().then(() => this.requestUpdate());
  };

  readonly #scrolled = (event: Event) => {
    const box = event.target as HTMLElement;
    const { chat } = this.model;
    if (this.#finder !== undefined || chat.thread !== undefined) return;
    const left = box.scrollHeight - box.scrollTop - box.clientHeight;
    // Only going up leaves the end, and be it by a little; content that grows does not.
    const atEnd = left <= 2 || (box.scrollTop >= this.#lastTop && (this.#atEnd || left < 30));
    this.#lastTop = box.scrollTop;
    if (atEnd !== this.#atEnd) {
      this.#atEnd = atEnd;
      this.requestUpdate();
    }
    this.#follow();
    if (box.scrollTop < NEAR && chat.hasOlder && !chat.loading && !this.#atEnd) void chat.loadOlder();
    if (chat.hasNewer && !chat.loading && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR) void chat.loadNewer();
  };

  /** Tells the talk whether somebody looks at its end. */
  #follow(): void {
    const { chat } = this.model;
    chat.following = this.shown && this.#atEnd && !chat.hasNewer && chat.thread === undefined && this.#finder === undefined;
    if (chat.following && !document.hidden) chat.seenToTheEnd();
  }

  readonly #seen = () => this.#follow();

  /** Keeps the end in sight, unless somebody has scrolled away from it just now and the event is still to come. */
  #pin(box: HTMLElement): void {
    if (!this.#atEnd) return;
    if (box.scrollTop < this.#pinnedAt - 1 && box.scrollHeight - box.scrollTop - box.clientHeight > 2) {
      this.#atEnd = false;
      this.requestUpdate();
      return;
    }
    box.scrollTop = box.scrollHeight;
    this.#pinnedAt = box.scrollTop;
  }

  #firstInSight(): { seq: string; top: number } | undefined {
    const box = this.#box;
    if (box === null) return undefined;
    const edge = box.getBoundingClientRect().top;
    for (const row of box.querySelectorAll<HTMLElement>('li[data-seq]')) {
      const at = row.getBoundingClientRect();
      if (at.bottom > edge) return { seq: row.dataset.seq ?? '', top: at.top };
    }
    return undefined;
  }

  #activate(seq: number | undefined): void {
    if (this.#active === seq) return;
    this.#active = seq;
    if (this.#arming !== seq) this.#arming = undefined;
    this.requestUpdate();
  }

  readonly #deeds: RowDeeds = {
    activate: (seq) => this.#activate(seq),
    pick: (seq) => {
      this.#picking = this.#picking === seq ? undefined : seq;
      this.requestUpdate();
    },
    react: (message, emoji, remove) => {
      this.#picking = undefined;
      const { model } = this;
      void this.#act(() => model.services.chat.reactInRoom({ roomId: model.roomId, sequence: BigInt(message.seq), emoji, remove }));
    },
    thread: (message, write) => {
      this.#endSearch();
      void this.model.chat.openThread(message.thread || message.seq);
      if (write) void this.updateComplete.then(() => this.focusDraft());
    },
    edit: (message) => {
      this.#editing = message?.seq;
      this.requestUpdate();
      void this.updateComplete.then(() => this.querySelector<HTMLElement>(message === undefined ? 'claw-composer textarea' : '.msg-edit textarea')?.focus());
    },
    save: (message, text) => {
      const { model } = this;
      if (text === '' || text === message.text) {
        this.#deeds.edit(undefined);
        return;
      }
      void this.#act(() => model.services.chat.editMessage({ streamId: model.roomId, sequence: BigInt(message.seq), message: text })).then((done) => {
        if (done) this.#deeds.edit(undefined);
      });
    },
    remove: (message) => {
      if (this.#arming !== message.seq) {
        this.#arming = message.seq;
        this.requestUpdate();
        return;
      }
      this.#arming = undefined;
      const { model } = this;
      void this.#act(() => model.services.chat.deleteMessage({ streamId: model.roomId, sequence: BigInt(message.seq) }));
    },
    makeTask: (message) => this.dispatchEvent(new CustomEvent('new-task', { detail: message, bubbles: true })),
    key: (event) => {
      const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (by === 0 || (event.target as Element).closest('textarea, input') !== null) return;
      event.preventDefault();
      event.stopPropagation();
      this.step(by);
    },
  };

  /** Moves the focus to the next or the previous message. */
  step(by: number): void {
    const rows = [...this.querySelectorAll<HTMLElement>('li[data-seq]')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    rows[at < 0 ? rows.length - 1 : Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  }

  async #act(deed: () => Promise<unknown>): Promise<boolean> {
    const failure = await this.model.act(deed);
    if (failure !== undefined) say(this, told(failure));
    this.requestUpdate();
    return failure === undefined;
  }

  readonly #find = (event: Event) => {
    event.preventDefault();
    const query = this.querySelector<HTMLInputElement>('#find-message')?.value.trim() ?? '';
    if (query === '') return this.#endSearch();
    this.#finder?.stop();
    const finder = new RoomFinder(this.model.services.chat, this.model.roomId, query, () => this.requestUpdate());
    this.#finder = finder;
    void finder.run();
  };

  readonly #searchKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    this.#endSearch();
    (event.target as HTMLElement).blur();
  };

  readonly #searchTyped = (event: Event) => {
    if ((event.target as HTMLInputElement).value === '') this.#endSearch();
  };

  #endSearch(): void {
    if (this.#finder === undefined) return;
    this.#finder.stop();
    this.#finder = undefined;
    const input = this.querySelector<HTMLInputElement>('#find-message');
    if (input !== null) input.value = '';
    this.requestUpdate();
  }
}

customElements.define('claw-room-chat', RoomChat);
