import { html, nothing, type TemplateResult } from 'lit';
import { ChatVisibility, RoomState, type Party } from '../../contract/room-wire.js';
import { LightElement } from '../../light-element.js';
import { complete, completionAt, type Completion } from '../../room/completion.js';
import { talksAs } from '../../room/may.js';
import type { Message } from '../../room/message.js';
import type { RoomModel } from '../../room/model.js';
import { requestId, say, told } from './tell.js';

const MOST = 4000;

/** Who reads what is written: everybody, members, or somebody. */
interface Addressee {
  visibility: ChatVisibility;
  recipients: string[];
}

const EVERYBODY: Addressee = { visibility: ChatVisibility.UNSET, recipients: [] };

/** Where one writes in a room, in the talk or in a thread of it. */
export class Composer extends LightElement {
  static override properties = { model: { attribute: false }, revision: { attribute: false }, root: { attribute: false } };
  declare model: RoomModel;
  declare revision: number;
  /** First message of the thread that is answered in. */
  declare root: Message | undefined;
  #draft = '';
  #problem = '';
  #sending = false;
  #requestId = '';
  #to: Addressee = EVERYBODY;
  #completion: Completion | undefined;
  #chosen = 0;

  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('root')) return;
    const before = changed.get('root') as Message | undefined;
    if (before?.seq === this.root?.seq) return;
    this.#to = this.root === undefined ? EVERYBODY : sameAs(this.root, this.model.me);
  }

  override render(): unknown {
    const room = this.model.facts;
    if (room === undefined) return nothing;
    if (room.state === RoomState.COMPLETED) return html`<p class="closed" data-testid="chat-closed">The room is completed; it is for reading only.</p>`;
    const as = talksAs(this.model.caller, room);
    if (as === undefined) return this.#invitation();
    const slash = /^\/(\S*)/.exec(this.#draft);
    return html`<form class="composer" @submit=${this.#send}>
      ${this.#problem === '' ? nothing : html`<p class="problem" role="alert" data-testid="chat-problem">${this.#problem}</p>`}
      ${slash === null ? nothing : html`<p class="command" data-testid="command-hint"><code>/task [!low|!high] [@handle] what to do</code> makes a task. Begin with a space to say it instead.</p>`}
      ${this.#completion === undefined ? nothing : this.#options(this.#completion)}
      <label class="sr" for=${this.#id}>${this.root === undefined ? 'Message' : 'Answer'}</label>
      <textarea
        id=${this.#id}
        rows="2"
        maxlength=${MOST}
        placeholder=${as === 'spectator' ? 'Say something as a spectator' : this.root === undefined ? 'Message · @name · /task · Markdown' : 'Answer in the thread'}
        data-testid="chat-draft"
        aria-autocomplete="list"
        .value=${this.#draft}
        @input=${this.#typed}
        @click=${this.#moved}
        @keydown=${this.#key}
        @blur=${this.#closeCompletion}
      ></textarea>
      <div class="composer-row">
        ${as === 'member' ? this.#addressees() : html`<span class="hint-text">Spectators’ talk</span>`}
        <span class="grow"></span>
        <button class="primary" data-testid="chat-send" ?disabled=${this.#sending || this.#draft.trim() === ''}>Send</button>
      </div>
    </form>`;
  }

  focusDraft(): void {
    this.querySelector<HTMLElement>('textarea, a')?.focus();
  }

  get #id(): string {
    return this.root === undefined ? 'room-draft' : 'thread-draft';
  }

  #invitation(): TemplateResult {
    if (this.model.me === '') {
      return html`<p class="invitation" data-testid="chat-sign-in"><a href="/login?next=${encodeURIComponent(location.pathname)}">Sign in</a> and join the room to take part.</p>`;
    }
    return html`<p class="invitation" data-testid="chat-join">You look on. Join the room to take part.</p>`;
  }

  #addressees(): TemplateResult {
    const others = this.model.team.map((member) => member.party).filter((party): party is Party => party !== undefined && party.id !== this.model.me);
    const now = valueOf(this.#to);
    const known = now === '' || now === 'members' || others.some((party) => now === `@${party.handle}`);
    return html`<label class="choice"
      ><span class="sr">Who reads it</span>
      <select data-testid="addressee" aria-label="Who reads it" class=${now === '' ? '' : 'narrowed'} .value=${now} @change=${this.#address}>
        <option value="" ?selected=${now === ''}>To everybody</option>
        <option value="members" ?selected=${now === 'members'}>Members only</option>
        ${known ? nothing : html`<option value=${now} selected>Only ${now}</option>`}
        ${others.map((party) => html`<option value="@${party.handle}" ?selected=${now === `@${party.handle}`}>Only @${party.handle}</option>`)}
      </select></label
    >`;
  }

  #options(completion: Completion): TemplateResult {
    return html`<ul class="completions" id="completions" role="listbox" aria-label="Names" data-testid="completions">
      ${completion.options.map(
        (option, index) => html`<li role="option" aria-selected=${index === this.#chosen} @pointerdown=${(event: Event) => {
          event.preventDefault();
          this.#take(option);
        }}>@${option}</li>`,
      )}
    </ul>`;
  }

  readonly #typed = (event: Event) => {
    const area = event.target as HTMLTextAreaElement;
    this.#draft = area.value;
    // A changed text is another message; an unchanged one that is sent again is the same one.
    this.#requestId = '';
    this.#problem = '';
    this.#lookForNames(area);
  };

  readonly #moved = (event: Event) => this.#lookForNames(event.target as HTMLTextAreaElement);

  #lookForNames(area: HTMLTextAreaElement): void {
    const handles = [...this.model.team.map((member) => member.party?.handle ?? '').filter((handle) => handle !== ''), 'all', 'agents'];
    this.#completion = completionAt(area.value, area.selectionStart, handles);
    this.#chosen = 0;
    this.requestUpdate();
  }

  readonly #closeCompletion = () => {
    this.#completion = undefined;
    this.requestUpdate();
  };

  #take(option: string): void {
    const area = this.querySelector('textarea');
    if (this.#completion === undefined || area === null) return;
    const { text, cursor } = complete(this.#draft, this.#completion, option);
    this.#draft = text;
    this.#completion = undefined;
    area.value = text;
    area.setSelectionRange(cursor, cursor);
    this.requestUpdate();
  }

  readonly #key = (event: KeyboardEvent) => {
    event.stopPropagation();
    const completion = this.#completion;
    if (completion !== undefined) {
      const count = completion.options.length;
      switch (event.key) {
        case 'ArrowDown':
        case 'ArrowUp':
          event.preventDefault();
          this.#chosen = (this.#chosen + (event.key === 'ArrowDown' ? 1 : count - 1)) % count;
          this.requestUpdate();
          return;
        case 'Enter':
        case 'Tab':
          event.preventDefault();
          this.#take(completion.options[this.#chosen] ?? '');
          return;
        case 'Escape':
          this.#closeCompletion();
          return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void this.#send(event);
    }
    if (event.key === 'Escape') {
      if (this.root === undefined) (event.target as HTMLElement).blur();
      else this.model.chat.closeThread();
    }
  };

  readonly #address = (event: Event) => {
    const value = (event.target as HTMLSelectElement).value;
    if (value === '') this.#to = EVERYBODY;
    else if (value === 'members') this.#to = { visibility: ChatVisibility.MEMBERS, recipients: [] };
    else this.#to = { visibility: ChatVisibility.DIRECT, recipients: value.split(', ').map((each) => each.slice(1)) };
    this.#requestId = '';
    this.requestUpdate();
  };

  readonly #send = async (event: Event) => {
    event.preventDefault();
    // A space before a slash says that the slash is meant as it stands.
    const message = this.#draft.trimEnd().replace(/^\s+(?=\S)/, (space) => (this.#draft.trimStart().startsWith('/') ? space[0] ?? '' : ''));
    if (message.trim() === '' || this.#sending) return;
    this.#sending = true;
    this.#requestId ||= requestId();
    this.requestUpdate();
    const { model } = this;
    const to = talksAs(model.caller, model.facts as NonNullable<typeof model.facts>) === 'spectator' ? EVERYBODY : this.#to;
    let taskId = 0n;
    const failure = await model.act(async () => {
      const answer = await model.services.chat.sendRoomMessage({
        roomId: model.roomId,
        message,
        requestId: this.#requestId,
        visibility: to.visibility,
        recipients: to.recipients,
        thread: BigInt(this.root?.seq ?? 0),
      });
      taskId = answer.taskId;
    });
    this.#sending = false;
    this.#problem = failure === undefined ? '' : told(failure);
    if (failure === undefined) {
      this.#draft = '';
      this.#requestId = '';
      if (this.root === undefined) this.#to = EVERYBODY;
      this.dispatchEvent(new CustomEvent('sent', { bubbles: true }));
      model.chat.forgetUnread();
      if (taskId > 0n) say(this, `Task #${taskId} was made`);
    }
    this.requestUpdate();
  };
}

/** An answer goes to whom the message went. */
function sameAs(message: Message, me: string): Addressee {
  if (message.visibility === ChatVisibility.MEMBERS) return { visibility: ChatVisibility.MEMBERS, recipients: [] };
  if (message.visibility !== ChatVisibility.DIRECT) return EVERYBODY;
  const handles = message.recipients.filter((party) => party.id !== me).map((party) => party.handle);
  if (message.senderId !== me) handles.unshift(message.user);
  return { visibility: ChatVisibility.DIRECT, recipients: [...new Set(handles)] };
}

function valueOf(to: Addressee): string {
  switch (to.visibility) {
    case ChatVisibility.MEMBERS:
      return 'members';
    case ChatVisibility.DIRECT:
      return to.recipients.map((each) => `@${each}`).join(', ');
    default:
      return '';
  }
}

customElements.define('claw-composer', Composer);
