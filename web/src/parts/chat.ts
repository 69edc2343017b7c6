import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Code } from '@connectrpc/connect';
import type { Me } from '../account.js';
import type { Entry } from '../contract/entry.js';
import type { Failure } from '../contract/failure.js';
import { clock, dayAndClock } from '../format.js';
import { LightElement } from '../light-element.js';
import { foldReactions, type ReactionCount } from '../session/ledger.js';
import type { SessionModel } from '../session/model.js';
import { icon } from './icons.js';
import type { markdown } from './markdown.js';

const EMOJI = ['👍', '❤️', '🎉', '🚀', '👀', '😂'];
const MOST = 4000;

/** Talk beside the session. */
export class Chat extends LightElement {
  static override properties = { model: { attribute: false }, me: { attribute: false }, revision: { attribute: false } };
  declare model: SessionModel;
  declare me: Me | undefined;
  declare revision: number;
  #draft = '';
  #problem = '';
  #sending = false;
  #requestId = '';
  #picking: number | undefined;
  #atEnd = true;
  #markdown: typeof markdown | undefined;
  #editing: number | undefined;
  #deleting: number | undefined;
  readonly #rendered = new Map<number, { text: string; element: HTMLElement }>();

  override connectedCallback(): void {
    super.connectedCallback();
    void import('./markdown.js').then((module) => {
      this.#markdown = module.markdown;
      this.requestUpdate();
    });
  }

  override render(): unknown {
    const messages = this.model.chat.entries.filter((entry) => entry.kind === 'chat');
    const reactions = foldReactions(this.model.chat.entries, this.me?.accountId ?? '');
    const ended = this.model.connection === 'ended';
    return html`<section class="panel chat" id="chat" aria-label="Chat" data-testid="chat">
      <div class="messages" tabindex="0" role="region" aria-label="Messages" @scroll=${this.#scrolled}>
        ${this.model.chat.hasOlder
          ? html`<button class="quiet" ?disabled=${this.model.chat.loading} @click=${() => this.model.chat.loadOlder(this.model.lastSequence)}>Earlier messages</button>`
          : nothing}
        ${messages.length === 0
          ? html`<p class="empty">${this.model.chat.problem || (this.model.chat.loading ? 'Loading …' : ended ? 'Nobody said anything.' : 'Nobody has said anything yet.')}</p>`
          : html`<ol>
              ${repeat(
                messages,
                (message) => message.seq,
                (message) => this.#message(message, reactions.get(message.seq) ?? [], ended),
              )}
            </ol>`}
      </div>
      ${ended ? html`<p class="closed">The session has ended, and so has its chat.</p>` : this.me === undefined ? this.#invitation() : this.#composer(this.me)}
    </section>`;
  }

  override updated(_changed: PropertyValues<this>): void {
    const messages = this.querySelector('.messages');
    if (messages !== null && this.#atEnd) messages.scrollTop = messages.scrollHeight;
  }

  /** Puts the cursor where one writes. */
  focusComposer(): void {
    this.querySelector<HTMLElement>('textarea, .invitation a, .messages')?.focus();
  }

  #message(message: Entry, reactions: ReactionCount[], ended: boolean): TemplateResult {
    const mine = this.me !== undefined && message.actorId === this.me.accountId;
    return html`<li class=${mine ? 'mine' : ''} data-seq=${message.seq} data-testid="message">
      <div class="by">
        <strong>${message.user || 'somebody'}</strong>
        <button class="plain" title="${dayAndClock(message.at)} · show in the log" @click=${() => this.#show(message.seq)}><time>${clock(message.at).slice(0, 5)}</time></button>
        ${mine && !ended && !message.removed ? this.#own(message) : nothing}
      </div>
      ${this.#editing === message.seq
        ? this.#editor(message)
        : message.removed
          ? html`<p class="said gone" data-testid="deleted">This message was deleted.</p>`
          : html`<div class="said">${this.#said(message)}${message.changedAt === undefined ? nothing : html`<span class="edited" data-testid="edited" title=${dayAndClock(message.changedAt)}>edited</span>`}</div>`}
      <div class="reactions">
        ${reactions.map(
          (each) => html`<button
            class="reaction"
            aria-pressed=${each.mine}
            aria-label="${each.emoji}, ${each.count}"
            ?disabled=${this.me === undefined || ended}
            @click=${() => this.#react(message.seq, each.emoji, each.mine)}
          >
            <span>${each.emoji}</span>${each.count}
          </button>`,
        )}
        ${this.me === undefined || ended || message.removed
          ? nothing
          : html`<button class="reaction add" aria-label="React to ${message.user || 'this'}" aria-expanded=${this.#picking === message.seq} @click=${() => this.#pick(message.seq)}>
              ${icon('smile')}
            </button>`}
        ${this.#picking === message.seq
          ? html`<span class="picker" role="group" aria-label="Reactions"
              >${EMOJI.map((emoji) => html`<button aria-label=${emoji} @click=${() => this.#react(message.seq, emoji, false)}>${emoji}</button>`)}</span
            >`
          : nothing}
      </div>
    </li>`;
  }

  #said(message: Entry): unknown {
    if (this.#markdown === undefined) return message.text;
    let made = this.#rendered.get(message.seq);
    if (made?.text !== message.text) {
      made = { text: message.text, element: this.#markdown(message.text) };
      this.#rendered.set(message.seq, made);
    }
    return made.element;
  }

  /** What one may do with one's own message. */
  #own(message: Entry): TemplateResult {
    return html`<span class="grow"></span
      ><button class="plain" data-testid="edit" aria-label="Edit" title="Edit" @click=${() => this.#edit(message.seq)}>${icon('edit')}</button
      ><button class="plain" data-testid="delete" aria-label=${this.#deleting === message.seq ? 'Really delete' : 'Delete'} title="Delete" @click=${() => this.#delete(message.seq)}>${this.#deleting === message.seq ? 'Delete?' : icon('trash')}</button>`;
  }

  #editor(message: Entry): TemplateResult {
    const save = () => void this.#save(message, this.querySelector<HTMLTextAreaElement>('.msg-edit textarea')?.value.trim() ?? '');
    return html`<div class="msg-edit">
      <textarea
        rows="3"
        maxlength=${MOST}
        aria-label="Edit the message"
        data-testid="edit-draft"
        .value=${message.text}
        @keydown=${(event: KeyboardEvent) => {
          event.stopPropagation();
          if (event.key === 'Escape') this.#edit(undefined);
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            save();
          }
        }}
      ></textarea>
      <button class="button primary" data-testid="edit-save" @click=${save}>Save</button>
      <button class="button" @click=${() => this.#edit(undefined)}>Cancel</button>
    </div>`;
  }

  #edit(seq: number | undefined): void {
    this.#editing = seq;
    this.requestUpdate();
    if (seq !== undefined) void this.updateComplete.then(() => this.querySelector<HTMLElement>('.msg-edit textarea')?.focus());
  }

  async #save(message: Entry, text: string): Promise<void> {
    const failure = text === '' || text === message.text ? undefined : await this.model.edit(message.seq, text);
    this.#problem = failure === undefined ? '' : told(failure);
    if (failure === undefined) this.#editing = undefined;
    this.requestUpdate();
  }

  /** The first touch asks, the second does. */
  async #delete(seq: number): Promise<void> {
    if (this.#deleting !== seq) {
      this.#deleting = seq;
      this.requestUpdate();
      return;
    }
    this.#deleting = undefined;
    const failure = await this.model.remove(seq);
    this.#problem = failure === undefined ? '' : told(failure);
    this.requestUpdate();
  }

  #invitation(): TemplateResult {
    const next = encodeURIComponent(location.pathname + location.hash);
    return html`<p class="invitation" data-testid="chat-sign-in"><a href="/login?next=${next}">Sign in</a> to write and react.</p>`;
  }

  #composer(me: Me): TemplateResult {
    return html`<form class="composer" @submit=${this.#send}>
      ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`}
      <label class="sr" for="chat-draft">Message as ${me.name}</label>
      <textarea
        id="chat-draft"
        rows="2"
        maxlength=${MOST}
        placeholder="Message as ${me.name} · Markdown"
        data-testid="chat-draft"
        .value=${this.#draft}
        @input=${this.#typed}
        @keydown=${this.#key}
      ></textarea>
      <button class="primary" data-testid="chat-send" ?disabled=${this.#sending || this.#draft.trim() === ''}>Send</button>
    </form>`;
  }

  readonly #scrolled = (event: Event) => {
    const messages = event.target as HTMLElement;
    this.#atEnd = messages.scrollTop + messages.clientHeight >= messages.scrollHeight - 30;
  };

  readonly #typed = (event: Event) => {
    this.#draft = (event.target as HTMLTextAreaElement).value;
    // A changed text is another message; an unchanged one that is sent again is the same one.
    this.#requestId = '';
    this.requestUpdate();
  };

  readonly #key = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void this.#send(event);
    }
    event.stopPropagation();
    if (event.key === 'Escape') (event.target as HTMLElement).blur();
  };

  readonly #send = async (event: Event) => {
    event.preventDefault();
    const message = this.#draft.trim();
    if (message === '' || this.#sending) return;
    this.#sending = true;
    this.#requestId ||= requestId();
    this.requestUpdate();
    const failure = await this.model.send(message, this.#requestId);
    this.#sending = false;
    this.#problem = failure === undefined ? '' : told(failure);
    if (failure === undefined) {
      this.#draft = '';
      this.#requestId = '';
      this.#atEnd = true;
    }
    this.requestUpdate();
  };

  async #react(seq: number, emoji: string, remove: boolean): Promise<void> {
    this.#picking = undefined;
    const failure = await this.model.react(seq, emoji, remove);
    this.#problem = failure === undefined ? '' : told(failure);
    this.requestUpdate();
  }

  #pick(seq: number): void {
    this.#picking = this.#picking === seq ? undefined : seq;
    this.requestUpdate();
  }

  #show(seq: number): void {
    this.dispatchEvent(new CustomEvent('show-event', { detail: seq, bubbles: true }));
  }
}

function told(failure: Failure): string {
  switch (failure.code) {
    case Code.Unauthenticated:
      return 'You are signed out. Sign in again to write.';
    case Code.ResourceExhausted:
      return 'Too many messages in a minute. Wait a little and send again.';
    default:
      return failure.message;
  }
}

function requestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `web-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

customElements.define('claw-chat', Chat);
