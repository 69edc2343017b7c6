import { html, nothing, type TemplateResult } from 'lit';
import { RoomState } from '../../contract/room-wire.js';
import { PRIVATE } from '../../contract/wire.js';
import { compact } from '../../format.js';
import type { RoomModel } from '../../room/model.js';
import { stateHint, stateWord } from '../../room/words.js';
import { icon } from '../icons.js';

/** Where a room stands, in one word and one colour. */
export function statePill(state: RoomState | undefined): TemplateResult {
  const looks: Record<number, string> = { [RoomState.ACTIVE]: 'live', [RoomState.PAUSED]: 'paused', [RoomState.LOBBY]: 'lobby' };
  return html`<span class="state ${looks[state ?? 0] ?? ''}" data-testid="room-state" data-state=${stateWord(state)} title=${stateHint(state)}><span class="dot"></span>${stateWord(state)}</span>`;
}

/** Name, state and numbers of a room, with what may be done. */
export function roomHead(model: RoomModel, connected: boolean, actions: unknown): TemplateResult {
  const room = model.room;
  const facts = room?.facts;
  if (room === undefined || facts === undefined) {
    return html`<div class="room-head session-head loading"><div class="names"><h1>Loading …</h1></div></div>`;
  }
  const here = model.presentCount;
  const all = model.team.length;
  const capacity = facts.settings?.maxMembers || 20;
  return html`<div class="room-head session-head" role="region" aria-label="Room">
    <div class="names">
      <h1 title=${facts.name}>${facts.name}</h1>
      ${facts.visibility === PRIVATE ? html`<span class="private" data-testid="private" title="Only who is in it sees it">${icon('lock')}private</span>` : nothing}
      ${connected ? statePill(facts.state) : html`<span class="state"><span class="dot"></span>no connection</span>`}
    </div>
    <div class="facts">
      <span class="fact" data-testid="present" title="${here} of ${all} members are there; ${capacity} may be in the room"
        >${icon('people')}<span class="sr">There now </span>${here}<span class="of">/ ${all}<span class="only-wide"> · room for ${capacity}</span></span></span
      >
      <span class="fact" data-testid="spectators" title="${room.spectators} look on, ${room.spectatorsPeak} at most">${icon('eye')}<span class="sr">Spectators </span>${compact(room.spectators)}</span>
      ${actions}
    </div>
  </div>`;
}
