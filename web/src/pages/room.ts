import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { whoAmI } from '../account.js';
import type { Failure } from '../contract/failure.js';
import { Code } from '@connectrpc/connect';
import { Role, RoomState, type Task } from '../contract/room-wire.js';
import { services } from '../contract/services.js';
import { whole } from '../format.js';
import { LightElement } from '../light-element.js';
import '../parts/help.js';
import type { Help } from '../parts/help.js';
import { icon } from '../parts/icons.js';
import '../parts/menu.js';
import type { MenuItem } from '../parts/menu.js';
import { activityFeed } from '../parts/room/activity-feed.js';
import '../parts/room/approvals.js';
import { board } from '../parts/room/board.js';
import '../parts/room/host-dialog.js';
import type { HostDialog } from '../parts/room/host-dialog.js';
import '../parts/room/members.js';
import '../parts/room/room-chat.js';
import type { RoomChat } from '../parts/room/room-chat.js';
import { roomHead } from '../parts/room/room-head.js';
import '../parts/room/task-dialog.js';
import { doTask, type TaskDialog } from '../parts/room/task-dialog.js';
import { told } from '../parts/room/tell.js';
import { forgetInvitation, invitationFor } from '../room/invite.js';
import { belongs, type TaskDeed } from '../room/may.js';
import type { Message } from '../room/message.js';
import { RoomModel } from '../room/model.js';
import { nextStates, stateWord } from '../room/words.js';
import { copy } from '../share.js';
import { ROOM_KEYS, shortcut } from './room-keys.js';

/** Panels by name. On a wide screen chat and people have places of their own. */
export type RoomTab = 'chat' | 'tasks' | 'approvals' | 'people' | 'activity';

const NARROW = matchMedia('(max-width: 760px)');

/** A room as people see it: talk, members, tasks, decisions, and what happened. */
export class RoomPage extends LightElement {
  static override properties = { roomId: { attribute: 'room-id' } };
  declare roomId: string;
  #model: RoomModel | undefined;
  #tab: RoomTab = 'chat';
  /** What the panel beside the talk shows on a wide screen. */
  #side: RoomTab = 'tasks';
  #wide = false;
  #revision = 0;
  #unsubscribe: (() => void) | undefined;
  #second: ReturnType<typeof setInterval> | undefined;
  #toast = '';
  #toastTimer: ReturnType<typeof setTimeout> | undefined;
  #invitation: string | undefined;
  #signedIn = false;
  #known = false;
  #busy = false;
  /** Whether the room was seen before it could not be any more. */
  #wasIn = false;

  /** What tests and the curious may read: numbers as they are, nothing to change. */
  get model(): Readonly<Record<string, unknown>> {
    const model = this.#model;
    if (model === undefined) return Object.freeze({ state: 'none' });
    return Object.freeze({
      state: model.lineState.is,
      lastSequence: model.last,
      applied: model.applied,
      duplicatesDropped: model.duplicatesDropped,
      contexts: model.contexts,
      reconnects: model.line.reconnects,
      role: ['none', 'host', 'member', 'spectator'][model.role],
      members: model.members.size,
      present: model.presentCount,
      tasks: model.tasks.size,
      messages: model.chat.messages.length,
      rows: this.querySelectorAll('.msg').length,
      unread: model.chat.unread,
      hasOlder: model.chat.hasOlder,
      hasNewer: model.chat.hasNewer,
      following: model.chat.following,
      happenings: model.activity.happenings.length,
      reports: model.presence.reports,
      presence: model.presence.reported ?? 0,
      deviceId: model.presence.deviceId,
    });
  }

  get roomModel(): RoomModel | undefined {
    return this.#model;
  }

  get chatPanel(): RoomChat | null {
    return this.querySelector('claw-room-chat');
  }

  get help(): Help | null {
    return this.querySelector('claw-help');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('accountchange', this.#who);
    addEventListener('hashchange', this.#followHash);
    document.addEventListener('keydown', this.#key);
    NARROW.addEventListener('change', this.#redraw);
    this.#second = setInterval(() => {
      if (!document.hidden) this.requestUpdate();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('accountchange', this.#who);
    removeEventListener('hashchange', this.#followHash);
    document.removeEventListener('keydown', this.#key);
    NARROW.removeEventListener('change', this.#redraw);
    clearInterval(this.#second);
    clearTimeout(this.#toastTimer);
    this.#unsubscribe?.();
    this.#model?.stop();
    this.#model = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('roomId') || !this.roomId) return;
    this.#invitation = invitationFor(this.roomId);
    this.#wasIn = false;
    this.#open();
  }

  override updated(): void {
    const model = this.#model;
    const name = model?.facts?.name ?? 'Room';
    const unread = model?.chat.unread ?? 0;
    document.title = `${unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''}${name} · Claw Live`;
  }

  override render(): unknown {
    const model = this.#model;
    if (model === undefined) return nothing;
    if (model.deleted) return this.#gone('This room was deleted', 'Whoever was in it cannot read it any more.');
    if (model.failure !== undefined) return this.#refused(model, model.failure);
    const now = Date.now();
    const narrow = NARROW.matches;
    const shown = narrow ? this.#tab : this.#side;
    const panel = shown === 'chat' || shown === 'people' ? this.#side : shown;
    return html`<div
        class="room ${this.#wide ? 'wide' : ''}"
        data-tab=${this.#tab}
        @say=${(event: CustomEvent<string>) => this.say(event.detail)}
        @open-task=${(event: CustomEvent<number>) => this.openTask(event.detail)}
        @new-task=${(event: CustomEvent<Message>) => this.#tasks?.create(event.detail)}
        @show-message=${(event: CustomEvent<number>) => void this.showMessage(event.detail)}
      >
        ${roomHead(model, model.lineState.is !== 'reconnecting', this.#actions(model))}
        <div class="room-notes">${this.#notes(model)}</div>
        <aside class="room-people" id="panel-people" aria-label="People"><claw-members .model=${model} .revision=${this.#revision} .now=${minute(now)}></claw-members></aside>
        <main class="room-talk" id="main" tabindex="-1"><claw-room-chat .model=${model} .revision=${this.#revision} .shown=${!narrow || this.#tab === 'chat'}></claw-room-chat></main>
        ${this.#tabs(model, shown)}
        <div class="room-panel" id="panel-side" role="tabpanel" aria-labelledby="tab-${panel}">
          ${panel === 'approvals'
            ? html`<claw-approvals .model=${model} .revision=${this.#revision} .now=${now}></claw-approvals>`
            : panel === 'activity'
              ? activityFeed(model, now, (id) => this.openTask(id))
              : board(model, now, { open: (id) => this.openTask(id), create: () => this.newTask(), quick: (task, deed) => void this.#quick(task, deed) })}
        </div>
        ${this.#toast === '' ? nothing : html`<div class="toast" role="status" data-testid="toast">${this.#toast}</div>`}
      </div>
      <claw-task-dialog .model=${model} .revision=${this.#revision} .now=${minute(now)} @say=${(event: CustomEvent<string>) => this.say(event.detail)} @show-message=${(event: CustomEvent<number>) => void this.showMessage(event.detail)}></claw-task-dialog>
      <claw-host-dialog .model=${model} .revision=${this.#revision} @say=${(event: CustomEvent<string>) => this.say(event.detail)}></claw-host-dialog>
      <claw-help .keys=${ROOM_KEYS}></claw-help>`;
  }

  openTab(tab: RoomTab): void {
    this.#tab = tab;
    if (tab !== 'chat' && tab !== 'people') this.#side = tab;
    if (tab === 'chat') this.#wide = false;
    this.requestUpdate();
    if (tab === 'people' && !NARROW.matches) this.querySelector<HTMLElement>('.room-people a, .room-people button')?.focus();
  }

  openTask(taskId: number, asking?: TaskDeed): void {
    this.#tasks?.open(taskId, asking);
  }

  newTask(): void {
    const model = this.#model;
    if (model === undefined) return;
    if (belongs(model.caller) && model.facts?.state !== RoomState.COMPLETED) this.#tasks?.create();
    else this.say('Join the room to write tasks.');
  }

  async showMessage(seq: number): Promise<void> {
    this.openTab('chat');
    await this.updateComplete;
    await this.chatPanel?.show(seq);
  }

  toggleWide(): void {
    this.#wide = !this.#wide;
    this.requestUpdate();
  }

  say(text: string): void {
    this.#toast = text;
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => {
      this.#toast = '';
      this.requestUpdate();
    }, 4000);
    this.requestUpdate();
  }

  get #tasks(): TaskDialog | null {
    return this.querySelector('claw-task-dialog');
  }

  get #host(): HostDialog | null {
    return this.querySelector('claw-host-dialog');
  }

  /** Begins anew, as after a join or for another room. */
  #open(): void {
    this.#unsubscribe?.();
    this.#model?.stop();
    const model = new RoomModel(services(), this.roomId);
    this.#model = model;
    this.#unsubscribe = model.subscribe(() => {
      this.#revision++;
      this.#wasIn ||= model.room !== undefined;
      if (model.lineState.is === 'live') this.#followHash();
      this.requestUpdate();
    });
    this.#who();
    model.begin();
  }

  #actions(model: RoomModel): TemplateResult {
    const completed = model.facts?.state === RoomState.COMPLETED;
    const host = model.role === Role.HOST;
    const inRoom = model.role !== Role.NONE;
    return html`${!inRoom && this.#known && !completed
        ? this.#signedIn
          ? html`<button class="button primary" data-testid="join" ?disabled=${this.#busy} @click=${() => void this.#join(false)}>Join</button>`
          : html`<a class="button primary" data-testid="join-sign-in" href="/login?next=${encodeURIComponent(location.pathname)}">Sign in to join</a>`
        : nothing}
      ${host && !completed ? html`<button class="button" data-testid="open-invite" aria-label="Invite" @click=${() => this.#host?.open('invite')}>${icon('invite')}<span>Invite</span></button>` : nothing}
      <button class="button" data-testid="share" aria-label="Share: copy a link to this room" title="Copy a link to this room" @click=${() => void this.#share()}>${icon('share')}<span class="only-wide">Share</span></button>
      <claw-menu label="More" data-testid="room-menu" .items=${this.#menu(model, host, inRoom, completed)}></claw-menu>`;
  }

  #menu(model: RoomModel, host: boolean, inRoom: boolean, completed: boolean): MenuItem[] {
    const items: MenuItem[] = [];
    const rooms = model.services.rooms;
    const at = { roomId: model.roomId };
    if (host) {
      for (const [state, label] of nextStates(model.facts?.state)) {
        items.push({ label, grave: state === RoomState.COMPLETED, act: () => void this.#act(() => rooms.moveRoom({ ...at, state }), `The room is ${stateWord(state)}`) });
      }
      if (!completed) items.push({ label: 'Settings', act: () => this.#host?.open('settings') });
    }
    if (!inRoom && this.#signedIn && !completed) items.push({ label: 'Look on with my name', act: () => void this.#join(true) });
    items.push({ label: this.#wide ? 'Show the talk' : 'Wide board', act: () => this.toggleWide() });
    items.push({ label: 'Keys', act: () => this.help?.toggle() });
    if (inRoom && !completed) items.push({ label: 'Leave the room', grave: true, act: () => void this.#leave() });
    if (host) items.push({ label: 'Delete the room', grave: true, act: () => this.#host?.open('delete') });
    return items;
  }

  /** What has to be said above everything: the connection, an invitation, how to take part. */
  #notes(model: RoomModel): unknown {
    const state = model.lineState;
    if (state.is === 'reconnecting') {
      const wait = Math.max(0, Math.ceil((state.retryAt - Date.now()) / 1000));
      return html`<div class="banner warn" role="status" data-testid="banner">
        <span class="spinner"></span><span>Reconnecting${wait > 1 ? ` in ${wait} s` : ''} … nothing is lost: the page goes on after event ${whole(model.last)}.</span>
        <button class="quiet" @click=${() => model.line.retryNow()}>Now</button>
      </div>`;
    }
    if (model.notice !== undefined) {
      return html`<div class="banner ${model.notice.tone}" role="status" data-testid="banner">${icon(model.notice.tone === 'good' ? 'test' : 'alert')}<span>${model.notice.text}</span></div>`;
    }
    if (model.facts === undefined || model.role === Role.HOST || model.role === Role.MEMBER || !this.#known) return nothing;
    if (this.#invitation !== undefined && this.#signedIn) {
      return html`<div class="banner good" role="status" data-testid="invited">${icon('invite')}<span>You are invited to this room.</span><button class="quiet" @click=${() => void this.#join(false)}>Join</button></div>`;
    }
    if (model.facts.state === RoomState.COMPLETED) return html`<div class="banner" role="status" data-testid="how-to">${icon('clock')}<span>This room is completed; everything in it can be read.</span></div>`;
    const text = this.#signedIn ? 'You look on. Join to talk, to take tasks and to decide.' : 'You look on. Sign in and join to talk, to take tasks and to decide.';
    return html`<div class="banner" role="status" data-testid="how-to">${icon('eye')}<span>${text}</span></div>`;
  }

  #tabs(model: RoomModel, shown: RoomTab): TemplateResult {
    const waiting = model.waitingApprovals.length;
    const open = [...model.tasks.values()].filter((task) => task.state < 5).length;
    const tabs: [RoomTab, string, number | undefined][] = [
      ['chat', 'Chat', model.chat.unread || undefined],
      ['tasks', 'Tasks', open || undefined],
      ['approvals', 'Approvals', waiting || undefined],
      ['people', 'People', model.presentCount || undefined],
      ['activity', 'Activity', undefined],
    ];
    const selected: RoomTab = shown;
    return html`<div class="room-tabs tabs">
      <div class="tablist" role="tablist" aria-label="Panels">
        ${tabs.map(
          ([name, title, count]) => html`<button
            role="tab"
            id="tab-${name}"
            class=${name === 'chat' || name === 'people' ? 'only-narrow' : ''}
            data-testid="tab-${name}"
            aria-selected=${selected === name}
            aria-controls=${name === 'chat' ? 'main' : name === 'people' ? 'panel-people' : 'panel-side'}
            tabindex=${selected === name ? 0 : -1}
            @click=${() => this.openTab(name)}
            @keydown=${(event: KeyboardEvent) => this.#tabKey(event, name)}
          >
            ${title}${count === undefined ? nothing : html`<span class="count ${(name === 'approvals' || name === 'chat') && count > 0 ? 'hot' : ''}">${whole(count)}</span>`}
          </button>`,
        )}
      </div>
    </div>`;
  }

  #tabKey(event: KeyboardEvent, name: RoomTab): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const names: RoomTab[] = NARROW.matches ? ['chat', 'tasks', 'approvals', 'people', 'activity'] : ['tasks', 'approvals', 'activity'];
    const next = names[(names.indexOf(name) + by + names.length) % names.length] as RoomTab;
    this.openTab(next);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
  }

  /** Why the room cannot be shown, and how to come in where there is an invitation. */
  #refused(model: RoomModel, failure: Failure): TemplateResult {
    const absent = failure.code === Code.NotFound || failure.code === Code.PermissionDenied;
    if (absent && this.#invitation !== undefined) {
      return html`<main class="page refusal" id="main" tabindex="-1" data-testid="invited">
        <h1>You are invited to a room</h1>
        <p>It is private: once you have joined you see who is in it and what they do.</p>
        ${this.#toast === '' ? nothing : html`<p class="problem" role="alert">${this.#toast}</p>`}
        <p>
          ${this.#signedIn
            ? html`<button class="button primary" data-testid="join" ?disabled=${this.#busy} @click=${() => void this.#join(false)}>Join the room</button>`
            : html`<a class="button primary" data-testid="join-sign-in" href="/login?next=${encodeURIComponent(location.pathname)}">Sign in to join</a>`}
        </p>
      </main>`;
    }
    if (failure.reason === 'SPECTATORS_REFUSED') return this.#gone('This room takes no spectators', 'Only members may watch it. Whoever has an invitation may join.', failure);
    if (absent && this.#wasIn) return this.#gone('You cannot see this room any more', 'It was made private, or you are no longer in it. Ask a host for an invitation to come back.', failure);
    if (absent) return this.#gone('This room cannot be shown', 'It does not exist, or it is private and you are not signed in as somebody who is in it.', failure, model.me === '');
    return this.#gone('This room cannot be shown', told(failure), failure);
  }

  #gone(title: string, text: string, failure?: Failure, signIn = false): TemplateResult {
    return html`<main class="page refusal" id="main" tabindex="-1" data-testid="refusal">
      <h1>${title}</h1>
      <p>${text}</p>
      ${failure === undefined ? nothing : html`<p class="reason">${failure.reason || Code[failure.code]}</p>`}
      <p>${signIn ? html`<a class="button" href="/login?next=${encodeURIComponent(location.pathname)}">Sign in</a>` : nothing} <a class="button" href="/rooms">All rooms</a></p>
    </main>`;
  }

  async #join(asSpectator: boolean): Promise<void> {
    const { roomId } = this;
    const invitation = this.#invitation ?? '';
    const joined = await this.#act(() => services().rooms.joinRoom({ roomId, invitation, asSpectator }), asSpectator ? 'You look on with your name' : 'You are in');
    if (!joined) return;
    this.#invitation = undefined;
    forgetInvitation();
    // A page that was let in follows by itself; one that was not begins anew.
    if (this.#model?.failure !== undefined) this.#open();
  }

  async #leave(): Promise<void> {
    await this.#act(() => services().rooms.leaveRoom({ roomId: this.roomId }), 'You left the room');
  }

  async #quick(task: Task, deed: TaskDeed): Promise<void> {
    const model = this.#model;
    if (model === undefined) return;
    if (deed === 'submit') return this.openTask(Number(task.taskId), deed);
    await this.#act(() => doTask(model, task, deed, ''));
  }

  async #act(deed: () => Promise<unknown>, done = ''): Promise<boolean> {
    const model = this.#model;
    if (model === undefined) return false;
    this.#busy = true;
    this.requestUpdate();
    const failure = await model.act(deed);
    this.#busy = false;
    if (failure !== undefined) this.say(told(failure));
    else if (done !== '') this.say(done);
    this.requestUpdate();
    return failure === undefined;
  }

  async #share(): Promise<void> {
    const url = `${location.origin}/rooms/${this.roomId}`;
    this.say((await copy(url)) ? 'Link to the room copied' : url);
  }

  readonly #redraw = () => this.requestUpdate();

  readonly #key = (event: KeyboardEvent) => shortcut(this, event);

  readonly #who = () => {
    void whoAmI().then((me) => {
      const model = this.#model;
      this.#signedIn = me !== undefined;
      this.#known = true;
      const before = model?.me ?? '';
      model?.setMe(me?.accountId ?? '');
      if (before !== '' && me === undefined) model?.readAnew();
      this.requestUpdate();
    });
  };

  #hashShown = '';

  /** Opens the message that the address names: #m123. */
  readonly #followHash = () => {
    if (location.hash === this.#hashShown) return;
    this.#hashShown = location.hash;
    const seq = Number(/^#m(\d{1,15})$/.exec(location.hash)?.[1]);
    if (seq > 0) void this.showMessage(seq);
  };
}

/** The time, so coarse that what depends on it is drawn only a few times a minute. */
function minute(now: number): number {
  return Math.floor(now / 5000) * 5000;
}

customElements.define('claw-room', RoomPage);
