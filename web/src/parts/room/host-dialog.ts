import { html, nothing, type TemplateResult } from 'lit';
import { millis } from '../../contract/entry.js';
import { Role, type Invitation } from '../../contract/room-wire.js';
import { dayAndClock, plural } from '../../format.js';
import { LightElement } from '../../light-element.js';
import type { RoomModel } from '../../room/model.js';
import { roleWord } from '../../room/words.js';
import { copy } from '../../share.js';
import { icon } from '../icons.js';
import { roomDraft, roomFields } from './room-form.js';
import { say, told } from './tell.js';

type Showing = 'settings' | 'invite' | 'delete';
const DAY = 86_400n;

/** What a host sets: the room's settings and who is invited.  */
export class HostDialog extends LightElement {
  static override properties = { model: { attribute: false }, revision: { attribute: false } };
  declare model: RoomModel;
  declare revision: number;
  #showing: Showing = 'invite';
  #invitations: Invitation[] = [];
  #url = '';
  #problem = '';
  #busy = false;

  open(showing: Showing): void {
    this.#showing = showing;
    this.#problem = '';
    this.#url = '';
    if (showing === 'invite') void this.#list();
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
    const titles: Record<Showing, string> = { settings: 'Settings', invite: 'Invite', delete: 'Delete the room' };
    return html`<dialog class="sheet" aria-labelledby="host-title" data-testid="host-dialog" @click=${this.#outside} @keydown=${(event: Event) => event.stopPropagation()}>
      <div class="sheet-inner">
        <header><h2 id="host-title">${titles[this.#showing]}</h2><button class="square" aria-label="Close" @click=${() => this.close()}>${icon('close')}</button></header>
        ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`}
        ${this.#showing === 'settings' ? this.#settings() : this.#showing === 'delete' ? this.#delete() : this.#invite()}
      </div>
    </dialog>`;
  }

  #settings(): TemplateResult {
    return html`<form class="form" @submit=${this.#save}>
      ${roomFields(this.model.facts)}
      <p class="hint-text">A room that is made private sends its spectators away.</p>
      <div class="pair"><button class="primary" data-testid="save-room" ?disabled=${this.#busy}>Save</button><button type="button" class="button" @click=${() => this.close()}>Cancel</button></div>
    </form>`;
  }

  #delete(): TemplateResult {
    return html`<p>“${this.model.facts?.name}” will be gone for everybody, with its talk and its tasks.</p>
      <div class="pair"><button class="primary" data-testid="delete-room" ?disabled=${this.#busy} @click=${this.#deleteRoom}>Delete it</button><button class="button" @click=${() => this.close()}>Keep it</button></div>`;
  }

  #invite(): TemplateResult {
    const roles = html`<option value=${Role.MEMBER} selected>member</option><option value=${Role.SPECTATOR}>spectator</option>`;
    return html`<form class="form" @submit=${this.#inviteSomebody}>
        <label for="invitee">A person’s name or an agent’s handle</label>
        <div class="line"><input id="invitee" name="invitee" required maxlength="64" autocomplete="off" autocapitalize="none" spellcheck="false" data-testid="invitee" />
        <select name="role" aria-label="Role">${roles}<option value=${Role.HOST}>host</option></select>
        <button class="primary" data-testid="invite" ?disabled=${this.#busy}>Invite</button></div>
      </form>
      <form class="form" @submit=${this.#makeLink}>
        <label for="uses">Or a link, for so many people</label>
        <div class="line"><input id="uses" name="uses" type="number" min="1" max="1000" required value="1" />
        <select name="role" aria-label="Role">${roles}</select>
        <select name="days" aria-label="How long it holds"><option value="1">1 day</option><option value="7" selected>7 days</option><option value="30">30 days</option></select>
        <button class="button" data-testid="make-link" ?disabled=${this.#busy}>Make a link</button></div>
        ${this.#url === ''
          ? nothing
          : html`<label for="link">The link; it is shown this once</label>
              <div class="line"><input id="link" readonly .value=${this.#url} data-testid="invite-link" @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
              <button type="button" class="button" @click=${() => void copy(this.#url).then((done) => say(this, done ? 'Link copied' : 'Copy it by hand, please'))}>${icon('share')}Copy</button></div>`}
      </form>
      <h3>Open invitations</h3>
      ${this.#invitations.length === 0
        ? html`<p class="empty">None.</p>`
        : html`<ul class="invitations">
            ${this.#invitations.map((each) => {
              const until = millis(each.expiresAt);
              return html`<li>
                <span>${each.invitee?.handle ?? `a link, ${plural(each.usesLeft, 'use')} left`} · ${roleWord(each.role)}${until === undefined ? '' : ` · until ${dayAndClock(until)}`}</span>
                <button class="quiet" @click=${() => this.#revoke(each)}>Take back</button>
              </li>`;
            })}
          </ul>`}`;
  }

  async #list(): Promise<void> {
    const { model } = this;
    const failure = await model.act(async () => {
      this.#invitations = (await model.services.rooms.listInvitations({ roomId: model.roomId })).invitations;
    });
    if (failure !== undefined) this.#problem = told(failure);
    this.requestUpdate();
  }

  readonly #save = async (event: SubmitEvent) => {
    event.preventDefault();
    const { active: _, ...draft } = roomDraft(new FormData(event.target as HTMLFormElement));
    const { model } = this;
    if (await this.#act(() => model.services.rooms.updateRoom({ roomId: model.roomId, ...draft }))) {
      this.close();
      say(this, 'Saved');
    }
  };

  readonly #deleteRoom = async () => {
    const { model } = this;
    if (await this.#act(() => model.services.rooms.deleteRoom({ roomId: model.roomId }))) this.close();
  };

  readonly #inviteSomebody = async (event: SubmitEvent) => {
    event.preventDefault();
    const field = event.target as HTMLFormElement;
    const form = new FormData(field);
    const { model } = this;
    const invitee = String(form.get('invitee')).trim().replace(/^@/, '');
    if (await this.#act(() => model.services.rooms.createInvitation({ roomId: model.roomId, invitee, role: Number(form.get('role')) }))) {
      field.reset();
      say(this, `${invitee} is invited`);
      await this.#list();
    }
  };

  readonly #makeLink = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const { model } = this;
    const lifetime = { seconds: BigInt(String(form.get('days'))) * DAY, nanos: 0 };
    const made = await this.#act(async () => {
      const { secret, url } = await model.services.rooms.createInvitation({ roomId: model.roomId, role: Number(form.get('role')), uses: Number(form.get('uses')), lifetime });
      this.#url = url || `${location.origin}/rooms/${model.roomId}#invite=${secret}`;
    });
    if (made) await this.#list();
  };

  async #revoke(invitation: Invitation): Promise<void> {
    const { model } = this;
    if (await this.#act(() => model.services.rooms.revokeInvitation({ roomId: model.roomId, invitationId: invitation.invitationId }))) await this.#list();
  }

  async #act(deed: () => Promise<unknown>): Promise<boolean> {
    this.#busy = true;
    this.#problem = '';
    this.requestUpdate();
    const failure = await this.model.act(deed);
    this.#busy = false;
    if (failure !== undefined) this.#problem = told(failure);
    this.requestUpdate();
    return failure === undefined;
  }

  readonly #outside = (event: Event) => {
    if (event.target === this.querySelector('dialog')) this.close();
  };
}

customElements.define('claw-host-dialog', HostDialog);
