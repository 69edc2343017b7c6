import { html, nothing, type TemplateResult } from 'lit';
import { millis } from '../../contract/entry.js';
import { PartyKind, Presence, Role, RoomState, WorkState, type Member } from '../../contract/room-wire.js';
import { agoSentence, dayAndClock, plural } from '../../format.js';
import { LightElement } from '../../light-element.js';
import { link } from '../../log/text.js';
import { belongs, STEER } from '../../room/may.js';
import type { RoomModel } from '../../room/model.js';
import { activityWord, presenceWord, roleWord, workWord } from '../../room/words.js';
import { avatar } from '../avatar.js';
import { icon } from '../icons.js';
import '../menu.js';
import type { MenuItem } from '../menu.js';
import { Sayings } from './sayings.js';
import { say, told } from './tell.js';

/** Files shown of each at first. */
const FILES = 6;

/** Who is in the room, whether they are there, what agents do, and the files they have in hand. */
export class Members extends LightElement {
  static override properties = { model: { attribute: false }, revision: { attribute: false }, now: { attribute: false } };
  declare model: RoomModel;
  declare revision: number;
  declare now: number;
  readonly #sayings = new Sayings(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sayings.load();
  }

  override render(): unknown {
    const all = [...this.model.members.values()];
    const team = sorted(this.model.team, this.model);
    const lookers = sorted(all.filter((member) => member.role === Role.SPECTATOR), this.model);
    return html`<section class="panel members" aria-label="Members" data-testid="members">
      ${this.#about()}
      <h2>In the room <span class="count">${team.length}</span></h2>
      ${team.length === 0 ? html`<p class="empty">Nobody is in the room yet.</p>` : html`<ul>${team.map((member) => this.#row(member))}</ul>`}
      ${lookers.length === 0 ? nothing : html`<h2>Looking on <span class="count">${lookers.length}</span></h2><ul>${lookers.map((member) => this.#row(member))}</ul>`}
      ${this.#files()}
    </section>`;
  }

  #about(): unknown {
    const facts = this.model.facts;
    if (facts === undefined || (facts.description === '' && facts.gitRepo === '')) return nothing;
    return html`<div class="room-about" data-testid="room-about">
      ${facts.description === '' ? nothing : html`<div class="said">${this.#sayings.of('about', facts.description)}</div>`}
      ${facts.gitRepo === '' ? nothing : html`<p class="url">${link(facts.gitRepo, html`${facts.gitRepo.replace(/^https?:\/\//, '')} ${icon('external')}`)}</p>`}
    </div>`;
  }

  #row(member: Member): TemplateResult {
    const party = member.party;
    const name = party?.handle || 'somebody';
    const agent = party?.kind === PartyKind.AGENT;
    const there = this.model.presenceOf(member);
    const presence = presenceWord(there);
    const since = millis(member.presenceSince);
    const held = workWord(member.work);
    const items = this.#deeds(member);
    const activity = there === Presence.OFFLINE ? '' : activityWord(member.activity);
    const state = activity || (there === Presence.ACTIVE ? '' : presence);
    return html`<li class="member is-${presence}" data-testid="member" data-handle=${name} data-presence=${presence}>
      <span class="face">${avatar(name)}<span class="presence" title=${presence}><span class="sr">${presence}</span></span></span>
      <div class="what">
        <span class="name"
          >${agent ? html`<a href="/agents/${name}">${name}</a>` : html`<span>${name}</span>`}${party?.id === this.model.me ? html`<span class="tag you">you</span>` : nothing}${member.role === Role.HOST ? html`<span class="tag host">host</span>` : nothing}${agent ? html`<span class="tag agent">agent</span>` : nothing}${held === '' ? nothing : html`<span class="tag held" data-testid="held">${held}</span>`}</span
        >
        ${state === '' && member.note === ''
          ? nothing
          : html`<span class="doing ${member.activity === 7 ? 'failed' : ''}" title=${since === undefined ? '' : `since ${dayAndClock(since)}`}
              >${state}${state !== '' && member.note !== '' ? ': ' : ''}${member.note}${there === Presence.OFFLINE && since !== undefined ? ` · ${agoSentence(Math.min(since, this.now), this.now)}` : ''}</span
            >`}
      </div>
      ${items.length === 0 ? nothing : html`<claw-menu label="Deeds on ${name}" .items=${items}></claw-menu>`}
    </li>`;
  }

  /** What a host may do with a member. */
  #deeds(member: Member): MenuItem[] {
    const { model } = this;
    const id = member.party?.id ?? '';
    const name = member.party?.handle ?? '';
    if (model.role !== Role.HOST || model.facts?.state === RoomState.COMPLETED || id === '') return [];
    const { rooms } = model.services;
    const at = { roomId: model.roomId, memberId: id };
    const items: MenuItem[] = [];
    if (member.party?.kind === PartyKind.AGENT && belongs({ id, role: member.role })) {
      const steer = (label: string, action: number, grave = false) =>
        items.push({ label, grave, act: () => void this.#act(() => rooms.steerAgent({ ...at, action })) });
      if (member.work === WorkState.PAUSED || member.work === WorkState.STOPPED) steer('Resume its work', STEER.RESUME);
      else steer('Pause its work', STEER.PAUSE);
      if (member.work !== WorkState.STOPPED) steer('Stop its work; its tasks open again', STEER.STOP, true);
    }
    for (const role of [Role.HOST, Role.MEMBER, Role.SPECTATOR]) {
      if (role === member.role) continue;
      items.push({ label: `Make ${roleWord(role)}`, act: () => void this.#act(() => rooms.updateMember({ ...at, role })) });
    }
    if (id !== model.me) items.push({ label: `Remove ${name}`, grave: true, act: () => void this.#act(() => rooms.removeMember({ ...at, reason: '' })) });
    return items;
  }

  #files(): TemplateResult {
    const { model } = this;
    const progress = [...model.activity.progress.values()].filter((each) => model.members.has(each.told.party?.id ?? '')).sort((a, b) => b.seq - a.seq);
    return html`<h2>Files in work</h2>
      ${progress.length === 0
        ? html`<p class="empty">Nobody has said yet which files they work on.</p>`
        : html`<ul class="files" data-testid="files">
            ${progress.map(({ told: { party, taskId, percent, message, files }, at }) => {
              const number = Number(taskId);
              return html`<li>
                <p class="by"><strong>${party?.handle}</strong>${number === 0 ? nothing : html`<button class="quiet" @click=${() => this.dispatchEvent(new CustomEvent('open-task', { detail: number, bubbles: true }))}>#${number}</button>`}<span class="grow"></span><time title=${dayAndClock(at)}>${agoSentence(at, this.now)}</time></p>
                ${percent === undefined ? nothing : html`<progress max="100" value=${percent} aria-label="${party?.handle}: ${percent} %"></progress>`}
                ${message === '' ? nothing : html`<p class="said">${message}</p>`}
                ${files.slice(0, FILES).map((file) => html`<code title=${file}>${file}</code>`)}
                ${files.length > FILES ? html`<span class="doing">and ${plural(files.length - FILES, 'more file', 'more files')}</span>` : nothing}
              </li>`;
            })}
          </ul>`}`;
  }

  async #act(deed: () => Promise<unknown>): Promise<void> {
    const failure = await this.model.act(deed);
    if (failure !== undefined) say(this, told(failure));
  }
}

/** Who is there first, hosts before members, each in the order they joined. */
function sorted(members: Member[], model: RoomModel): Member[] {
  const rank = (member: Member) => (model.presenceOf(member) === Presence.OFFLINE ? 10 : 0) + member.role;
  return [...members].sort((a, b) => rank(a) - rank(b));
}

customElements.define('claw-members', Members);
