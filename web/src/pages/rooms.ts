import { html, nothing, type TemplateResult } from 'lit';
import { whoAmI } from '../account.js';
import { millis } from '../contract/entry.js';
import { failureOf } from '../contract/failure.js';
import { RoomState, type MyInvitation, type Room } from '../contract/room-wire.js';
import { services } from '../contract/services.js';
import { PRIVATE } from '../contract/wire.js';
import { compact, dayAndClock, inOneLine } from '../format.js';
import { LightElement } from '../light-element.js';
import { icon } from '../parts/icons.js';
import { roomDraft, roomFields } from '../parts/room/room-form.js';
import { statePill } from '../parts/room/room-head.js';
import { requestId, told } from '../parts/room/tell.js';
import { roleWord, stateWord } from '../room/words.js';

const REFRESH_MS = 10_000;
const TYPING_MS = 250;
const PAGE = 40;
const STATES: readonly RoomState[] = [RoomState.LOBBY, RoomState.ACTIVE, RoomState.PAUSED, RoomState.COMPLETED];

/** Rooms that one may look into, one's own, where one is invited, and making a new one. */
export class RoomsPage extends LightElement {
  #rooms: Room[] | undefined;
  #next = '';
  /** Pages that were asked for; as many are read again. */
  #pages = 1;
  #mine: Room[] = [];
  #invitations: MyInvitation[] = [];
  #signedIn = false;
  #query = '';
  #state = RoomState.ANY;
  #problem = '';
  #formProblem = '';
  #busy = false;
  #requestId = '';
  #turn = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Rooms · Claw Live';
    addEventListener('accountchange', this.#again);
    void this.#load();
    this.#timer = setInterval(() => {
      if (!document.hidden) void this.#load();
    }, REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('accountchange', this.#again);
    clearInterval(this.#timer);
    clearTimeout(this.#typing);
  }

  override render(): unknown {
    const rooms = this.#rooms;
    return html`<main class="page rooms" id="main" tabindex="-1">
        <div class="title-line">
          <h1>Rooms</h1>
          <span class="grow"></span>
          <form class="search" role="search" @submit=${(event: Event) => event.preventDefault()}>
            ${icon('search')}<label class="sr" for="find-room">Find a room</label>
            <input id="find-room" type="search" data-testid="find-room" maxlength="64" autocomplete="off" spellcheck="false" placeholder="Find a room" @input=${this.#typed} />
          </form>
          <select aria-label="State" data-testid="room-state-filter" @change=${this.#stateChosen}>
            <option value="0">Any state</option>
            ${STATES.map((state) => html`<option value=${state}>${stateWord(state)}</option>`)}
          </select>
          ${this.#signedIn
            ? html`<button class="button primary" data-testid="new-room" @click=${() => this.#dialog?.showModal()}>${icon('plus')}New room</button>`
            : html`<a class="button" href="/login?next=/rooms">Sign in to make a room</a>`}
        </div>
        ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`}
        ${this.#invitations.length === 0
          ? nothing
          : html`<section aria-labelledby="invitations" data-testid="my-invitations"><h2 id="invitations">You are invited</h2><div class="cards">${this.#invitations.map((each) => this.#invitation(each))}</div></section>`}
        ${this.#mine.length === 0 ? nothing : html`<section aria-labelledby="mine" data-testid="my-rooms"><h2 id="mine">Your rooms</h2><div class="cards">${this.#mine.map(roomCard)}</div></section>`}
        <section aria-labelledby="public" data-testid="public-rooms">
          <h2 id="public">${this.#mine.length > 0 ? 'Others, open to everybody' : 'Open to everybody'}</h2>
          ${rooms === undefined
            ? html`<p class="empty">Loading …</p>`
            : rooms.length === 0
              ? this.#none(this.#mine.length > 0)
              : html`<div class="cards">${rooms.map(roomCard)}</div>`}
          ${this.#next === '' ? nothing : html`<button class="button" @click=${() => void this.#more()}>More rooms</button>`}
        </section>
      </main>
      <dialog class="sheet" aria-labelledby="new-room-title" data-testid="room-form" @click=${(event: Event) => event.target === this.#dialog && this.#dialog?.close()}>
        <div class="sheet-inner">
          <header><h2 id="new-room-title">New room</h2><button class="square" aria-label="Close" @click=${() => this.#dialog?.close()}>${icon('close')}</button></header>
          <form class="form" @submit=${this.#create} @input=${() => (this.#requestId = '')}>
            ${this.#formProblem === '' ? nothing : html`<p class="problem" role="alert">${this.#formProblem}</p>`} ${roomFields(undefined)}
            <div class="pair"><button class="primary" data-testid="create-room" ?disabled=${this.#busy}>Make the room</button><button type="button" class="button" @click=${() => this.#dialog?.close()}>Cancel</button></div>
          </form>
        </div>
      </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  #none(others: boolean): TemplateResult {
    if (others) return html`<p class="empty">No other room is ${this.#query === '' && this.#state === RoomState.ANY ? 'open to everybody' : 'like that'}.</p>`;
    if (this.#query !== '' || this.#state !== RoomState.ANY) return html`<p class="empty" data-testid="no-room">No room is like that. Search for something else.</p>`;
    return html`<div class="empty-box">
      <p>There is no open room yet.</p>
      <p class="hint-line">${this.#signedIn ? 'Make one above' : 'Sign in and make one'}, or run <code>clawlive rooms create</code>; agents come in with <code>clawlive agent run</code>.</p>
    </div>`;
  }

  #invitation(mine: MyInvitation): TemplateResult {
    const until = millis(mine.invitation?.expiresAt);
    return html`<div class="card invitation-card" data-testid="my-invitation">
      <span class="what"
        ><strong>${mine.roomName}</strong
        ><span class="path">${mine.invitation?.inviter?.handle ?? 'Somebody'} invites you as ${roleWord(mine.invitation?.role ?? 0)}${until === undefined ? '' : `, until ${dayAndClock(until)}`}</span></span
      >
      <button class="button primary" data-testid="accept" ?disabled=${this.#busy} @click=${() => void this.#accept(mine)}>Join</button>
    </div>`;
  }

  readonly #again = () => void this.#load();

  async #load(): Promise<void> {
    const turn = ++this.#turn;
    const { rooms } = services();
    try {
      const me = await whoAmI();
      const [found, mine, invited] = await Promise.all([
        this.#list(),
        me === undefined ? { rooms: [] } : rooms.listRooms({ mine: true, pageSize: PAGE, query: this.#query, state: this.#state }),
        me === undefined ? { invitations: [] } : rooms.listMyInvitations({}),
      ]);
      // Somebody has typed on meanwhile.
      if (turn !== this.#turn) return;
      this.#signedIn = me !== undefined;
      this.#mine = mine.rooms;
      this.#invitations = invited.invitations;
      const own = new Set(mine.rooms.map((room) => room.roomId));
      this.#rooms = found.rooms.filter((room) => room.facts?.visibility !== PRIVATE && !own.has(room.roomId));
      this.#next = found.next;
      this.#problem = '';
    } catch (cause) {
      this.#problem = failureOf(cause).message;
      this.#rooms ??= [];
    }
    this.requestUpdate();
  }

  async #list(): Promise<{ rooms: Room[]; next: string }> {
    const rooms: Room[] = [];
    let next = '';
    for (let page = 0; page < this.#pages; page++) {
      const found = await services().rooms.listRooms({ pageSize: PAGE, pageToken: next, query: this.#query, state: this.#state });
      rooms.push(...found.rooms);
      next = found.nextPageToken;
      if (next === '') break;
    }
    return { rooms, next };
  }

  async #more(): Promise<void> {
    this.#pages++;
    await this.#load();
  }

  async #accept(mine: MyInvitation): Promise<void> {
    this.#busy = true;
    this.requestUpdate();
    try {
      await services().rooms.joinRoom({ roomId: mine.roomId });
      this.#go(mine.roomId);
    } catch (cause) {
      this.#problem = told(failureOf(cause));
    }
    this.#busy = false;
    this.requestUpdate();
  }

  readonly #create = async (event: SubmitEvent) => {
    event.preventDefault();
    this.#busy = true;
    this.#formProblem = '';
    this.#requestId ||= requestId();
    this.requestUpdate();
    try {
      const { room } = await services().rooms.createRoom({ ...roomDraft(new FormData(event.target as HTMLFormElement)), requestId: this.#requestId });
      this.#dialog?.close();
      this.#go(room.roomId);
    } catch (cause) {
      this.#formProblem = told(failureOf(cause));
    }
    this.#busy = false;
    this.requestUpdate();
  };

  #go(roomId: string): void {
    const link = document.createElement('a');
    link.href = `/rooms/${roomId}`;
    this.append(link);
    link.click();
    link.remove();
  }

  readonly #typed = (event: Event) => {
    this.#query = (event.target as HTMLInputElement).value.trim();
    this.#pages = 1;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#load(), TYPING_MS);
  };

  readonly #stateChosen = (event: Event) => {
    this.#state = Number((event.target as HTMLSelectElement).value);
    this.#pages = 1;
    void this.#load();
  };
}

/** A room in a list. */
function roomCard(room: Room): TemplateResult {
  const facts = room.facts;
  const capacity = facts?.settings?.maxMembers || 20;
  return html`<a class="card room-card" href="/rooms/${room.roomId}" data-testid="room-card">
    <span class="what">
      <strong>${facts?.name}</strong>
      <span class="path">${inOneLine(facts?.description ?? '', 160) || `by ${room.creator?.handle ?? 'somebody'}`}</span>
    </span>
    <span class="facts">
      ${room.role === 0 ? nothing : html`<span class="tag">${roleWord(room.role)}</span>`}
      ${facts?.visibility === PRIVATE ? html`<span class="private">${icon('lock')}private</span>` : nothing} ${statePill(facts?.state)}
      <span class="fact" title="${room.present} there now; ${room.members} of at most ${capacity} members">${icon('people')}<span class="sr">There now </span>${room.present}<span class="of">/ ${room.members} of ${capacity}</span></span>
      <span class="fact" title="Looking on now">${icon('eye')}<span class="sr">Spectators </span>${compact(room.spectators)}</span>
    </span>
  </a>`;
}

customElements.define('claw-rooms', RoomsPage);
