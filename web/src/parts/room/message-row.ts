import { html, nothing, type TemplateResult } from 'lit';
import { ChatVisibility, PartyKind } from '../../contract/room-wire.js';
import { clock, dayAndClock, inOneLine, plural } from '../../format.js';
import type { Message } from '../../room/message.js';
import { avatar } from '../avatar.js';
import { icon } from '../icons.js';
import type { Sayings } from './sayings.js';

export const EMOJI = ['👍', '❤️', '🎉', '🚀', '👀', '😂'];

/** What a row may let do, and how it stands. */
export interface RowPlace {
  me: string;
  /** Name under which the caller is in the room. */
  handle: string;
  /** Whether the caller may react and answer. */
  belongs: boolean;
  /** Whether the caller may write at all. */
  talks: boolean;
  host: boolean;
  /** Whether the row before is by the same sender and close in time. */
  follows: boolean;
  active: boolean;
  picking: boolean;
  arming: boolean;
  target: boolean;
  editing: string | undefined;
  /** What the message answers, while it is not shown within its thread. */
  root: Message | undefined;
  inThread: boolean;
  sayings: Sayings;
}

/** What a row asks its panel to do. */
export interface RowDeeds {
  activate(seq: number | undefined): void;
  pick(seq: number): void;
  react(message: Message, emoji: string, remove: boolean): void;
  thread(message: Message, write: boolean): void;
  edit(message: Message | undefined): void;
  save(message: Message, text: string): void;
  remove(message: Message): void;
  makeTask(message: Message): void;
  key(event: KeyboardEvent): void;
}

/** A message with who, when, to whom, and what may be done with it. */
export function messageRow(message: Message, place: RowPlace, deeds: RowDeeds): TemplateResult {
  const mine = place.me !== '' && message.senderId === place.me;
  const toMe = !mine && message.mentions.some((each) => each.id === place.me && place.me !== '');
  const seq = message.seq;
  const name = message.user || (message.fromSpectator ? 'a spectator' : 'somebody');
  return html`<li
    class="msg ${place.follows ? 'follows' : ''} ${mine ? 'mine' : ''} ${toMe ? 'to-me' : ''} ${place.target ? 'target' : ''} ${message.visibility === ChatVisibility.DIRECT ? 'direct' : ''}"
    data-seq=${seq}
    data-testid="message"
    tabindex="-1"
    @pointerenter=${() => deeds.activate(seq)}
    @focusin=${() => deeds.activate(seq)}
    @click=${() => deeds.activate(seq)}
    @keydown=${deeds.key}
  >
    ${place.follows ? html`<time class="aside" title=${dayAndClock(message.at)}>${clock(message.at).slice(0, 5)}</time>` : avatar(name)}
    <div class="msg-body">
      ${message.thread !== 0 && !place.inThread ? answers(message, place.root, deeds) : nothing}
      ${place.follows
        ? html`<span class="sr">${name}</span>`
        : html`<div class="by">
            <strong>${name}</strong>${message.senderKind === PartyKind.AGENT ? html`<span class="tag agent">agent</span>` : nothing}${message.fromSpectator ? html`<span class="tag">spectator</span>` : nothing}
            <time title=${dayAndClock(message.at)}>${clock(message.at).slice(0, 5)}</time>
          </div>`}
      ${addressed(message, place)} ${place.editing === undefined ? said(message, place) : editor(message, place.editing, deeds)}
      ${message.reactions.length === 0 && !place.picking ? nothing : reactions(message, place, deeds)}
      ${message.replies > 0 && !place.inThread
        ? html`<button class="quiet replies" data-testid="replies" @click=${() => deeds.thread(message, false)}>${icon('reply')}${plural(message.replies, 'reply', 'replies')}</button>`
        : nothing}
    </div>
    ${place.active && !message.deleted && place.editing === undefined && place.talks ? tools(message, mine, place, deeds) : nothing}
  </li>`;
}

function answers(message: Message, root: Message | undefined, deeds: RowDeeds): TemplateResult {
  const text = root === undefined ? 'an earlier message' : root.deleted ? 'a deleted message' : `${root.user}: ${inOneLine(root.text, 80)}`;
  return html`<button class="plain answers" data-testid="answers" title="Open the thread" @click=${() => deeds.thread(message, false)}>${icon('reply')}<span>${text}</span></button>`;
}

function addressed(message: Message, place: RowPlace): unknown {
  switch (message.visibility) {
    case ChatVisibility.DIRECT: {
      const names = message.recipients.map((each) => (each.id === place.me ? 'you' : each.handle));
      return html`<p class="addressed" data-testid="direct">${icon('lock')}only to ${names.join(', ') || 'you'}</p>`;
    }
    case ChatVisibility.MEMBERS:
      return html`<p class="addressed" data-testid="members-only">${icon('people')}members only</p>`;
    case ChatVisibility.SPECTATORS:
      return html`<p class="addressed">${icon('eye')}among spectators</p>`;
    default:
      return nothing;
  }
}

function said(message: Message, place: RowPlace): TemplateResult {
  if (message.deleted) {
    const when = message.changedAt === undefined ? '' : ` at ${clock(message.changedAt).slice(0, 5)}`;
    return html`<p class="said gone" data-testid="deleted">This message was deleted${when}.</p>`;
  }
  const names = new Set(message.mentions.map((each) => each.handle.toLowerCase()));
  if (names.size > 0) {
    names.add('all');
    names.add('agents');
  }
  const named = message.mentions.some((each) => each.id === place.me && place.me !== '');
  const mine = named ? new Set([place.handle.toLowerCase(), 'all']) : undefined;
  const trace = message.edited
    ? html`<span class="edited" data-testid="edited" title=${message.changedAt === undefined ? '' : dayAndClock(message.changedAt)}>edited</span>`
    : nothing;
  return html`<div class="said">${place.sayings.of(`${place.inThread ? 't' : 'm'}${message.seq}`, message.text, names, mine)}${trace}</div>`;
}

function editor(message: Message, text: string, deeds: RowDeeds): TemplateResult {
  const save = (event: Event) => deeds.save(message, ((event.target as HTMLElement).closest('.msg-edit') as HTMLElement).querySelector('textarea')?.value.trim() ?? '');
  return html`<div class="msg-edit">
    <textarea
      rows="3"
      maxlength="4000"
      aria-label="Edit the message"
      data-testid="edit-draft"
      .value=${text}
      @keydown=${(event: KeyboardEvent) => {
        event.stopPropagation();
        if (event.key === 'Escape') deeds.edit(undefined);
        if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
          event.preventDefault();
          save(event);
        }
      }}
    ></textarea>
    <button class="button primary" data-testid="edit-save" @click=${save}>Save</button>
    <button class="button" @click=${() => deeds.edit(undefined)}>Cancel</button>
  </div>`;
}

function reactions(message: Message, place: RowPlace, deeds: RowDeeds): TemplateResult {
  return html`<div class="reactions">
    ${message.reactions.map(
      (each) => html`<button
        class="reaction"
        data-testid="reaction"
        aria-pressed=${each.mine}
        aria-label="${each.emoji}, ${each.count}"
        ?disabled=${!place.belongs}
        @click=${() => deeds.react(message, each.emoji, each.mine)}
      ><span>${each.emoji}</span>${each.count}</button>`,
    )}
    ${place.picking
      ? html`<span class="picker" role="group" aria-label="Reactions"
          >${EMOJI.map((emoji) => html`<button aria-label=${emoji} @click=${() => deeds.react(message, emoji, false)}>${emoji}</button>`)}</span
        >`
      : nothing}
  </div>`;
}

function tools(message: Message, mine: boolean, place: RowPlace, deeds: RowDeeds): TemplateResult {
  const tool = (id: string, label: string, face: unknown, act: () => void, more = '') =>
    html`<button class=${more} data-testid=${id} aria-label=${label} title=${label} @click=${(event: Event) => {
      event.stopPropagation();
      act();
    }}>${face}</button>`;
  return html`<div class="msg-tools" role="group" aria-label="Message">
    ${place.belongs ? tool('react', 'React', icon('smile'), () => deeds.pick(message.seq)) : nothing}
    ${tool('reply', 'Answer in a thread', icon('reply'), () => deeds.thread(message, true))}
    ${place.belongs ? tool('make-task', 'Make a task of it', icon('board'), () => deeds.makeTask(message)) : nothing}
    ${mine ? tool('edit', 'Edit', icon('edit'), () => deeds.edit(message)) : nothing}
    ${mine || place.host
      ? tool('delete', place.arming ? 'Really delete' : 'Delete', place.arming ? html`<span>Delete?</span>` : icon('trash'), () => deeds.remove(message), place.arming ? 'grave' : '')
      : nothing}
  </div>`;
}
