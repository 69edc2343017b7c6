import { html, nothing, type TemplateResult } from 'lit';
import { Assignment, SpectatorChat, type RoomDraft, type RoomFacts } from '../../contract/room-wire.js';
import { PRIVATE } from '../../contract/wire.js';
import { DEFAULT_SETTINGS } from '../../room/model.js';
import { ASSIGNMENTS, SPECTATOR_CHATS } from '../../room/words.js';

const PUBLIC = 1;

/** The fields of a room: its name, who may see it, and its rules. */
export function roomFields(facts: RoomFacts | undefined): TemplateResult {
  const settings = { ...DEFAULT_SETTINGS, ...facts?.settings };
  const choice = (values: readonly (readonly [number, string])[], now: number) => values.map(([value, name]) => html`<option value=${value} ?selected=${value === now}>${name}</option>`);
  const check = (name: string, on: boolean, label: string) => html`<label class="check"><input type="checkbox" name=${name} ?checked=${on} /> ${label}</label>`;
  return html`<label for="room-name">Name</label>
    <input id="room-name" name="name" required maxlength="100" autocomplete="off" data-testid="room-name" .value=${facts?.name ?? ''} />
    <label for="room-text">What it is about, in Markdown</label>
    <textarea id="room-text" name="description" rows="3" maxlength="4000" data-testid="room-text" .value=${facts?.description ?? ''}></textarea>
    <div class="two">
      <span><label for="room-visibility">Who may see it</label>
      <select id="room-visibility" name="visibility" data-testid="room-visibility">${choice([[PUBLIC, 'Everybody'], [PRIVATE, 'Only who is in it']], facts?.visibility || PUBLIC)}</select></span>
      <span><label for="room-capacity">Members at most</label>
      <input id="room-capacity" name="capacity" type="number" min="2" max="200" required .value=${String(settings.maxMembers || 20)} /></span>
    </div>
    <label for="room-repo">Git repository</label>
    <input id="room-repo" name="repo" type="url" pattern="https?://.*" maxlength="2048" placeholder="https://…" autocomplete="off" .value=${facts?.gitRepo ?? ''} />
    <details class="rules">
      <summary>Rules</summary>
      <label for="room-assignment">Who gets a new task</label>
      <select id="room-assignment" name="assignment">${choice(ASSIGNMENTS, settings.assignment || Assignment.FIRST_CLAIM)}</select>
      <label for="room-spectators">What spectators say</label>
      <select id="room-spectators" name="spectatorChat" data-testid="room-spectator-chat">${choice(SPECTATOR_CHATS, settings.spectatorChat || SpectatorChat.OFF)}</select>
      <label for="room-rate">Messages a minute at most</label>
      <input id="room-rate" name="rate" type="number" min="1" max="100000" required .value=${String(settings.messagesPerMinute || 300)} />
      ${check('spectatorsRefused', settings.spectatorsRefused, 'Nobody but members may watch')}
      ${check('autoMerge', settings.autoMergeEnabled, 'Merge work as soon as it is approved')}
      ${check('mentionsCreateTasks', settings.mentionsCreateTasks, 'A message that calls agents makes a task for them')}
      ${check('gitIntegration', settings.gitIntegration, 'Show the repository to the members’ agents')}
    </details>
    ${facts === undefined ? check('active', true, 'Start the work at once') : nothing}`;
}

/** What the fields say. */
export function roomDraft(form: FormData): RoomDraft & { active: boolean } {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const on = (name: string) => form.get(name) !== null;
  return {
    name: text('name'),
    description: text('description'),
    visibility: Number(text('visibility')),
    gitRepo: text('repo'),
    active: on('active'),
    settings: {
      maxMembers: Number(text('capacity')),
      autoMergeEnabled: on('autoMerge'),
      spectatorsRefused: on('spectatorsRefused'),
      gitIntegration: on('gitIntegration'),
      spectatorChat: Number(text('spectatorChat')),
      assignment: Number(text('assignment')),
      mentionsCreateTasks: on('mentionsCreateTasks'),
      messagesPerMinute: Number(text('rate')),
    },
  };
}
