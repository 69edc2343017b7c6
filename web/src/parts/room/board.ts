import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { millis } from '../../contract/entry.js';
import { Priority, RoomState, TaskState, type Task } from '../../contract/room-wire.js';
import { dayAndClock, left, plural } from '../../format.js';
import { link } from '../../log/text.js';
import { belongs, deedsOf, MOVE, type TaskDeed } from '../../room/may.js';
import type { RoomModel } from '../../room/model.js';
import { priorityWord, taskWord } from '../../room/words.js';
import { avatar } from '../avatar.js';
import { icon } from '../icons.js';

/** Done tasks shown. */
const DONE_SHOWN = 30;

const COLUMNS: readonly { id: string; title: string; states: readonly TaskState[]; empty: string }[] = [
  { id: 'open', title: 'Open', states: [TaskState.OPEN], empty: 'Nothing to take.' },
  { id: 'work', title: 'In work', states: [TaskState.CLAIMED, TaskState.IN_PROGRESS], empty: 'Nobody has a task.' },
  { id: 'review', title: 'Review', states: [TaskState.REVIEW], empty: 'Nothing was handed in.' },
  { id: 'done', title: 'Done', states: [TaskState.MERGED, TaskState.CANCELLED], empty: 'Nothing is done yet.' },
];

/** What the board asks its page to do. */
export interface BoardDeeds {
  open(taskId: number): void;
  create(): void;
  quick(task: Task, deed: TaskDeed): void;
}

/** The tasks of a room in four columns. */
export function board(model: RoomModel, now: number, deeds: BoardDeeds): TemplateResult {
  const tasks = [...model.tasks.values()];
  const may = belongs(model.caller) && model.facts?.state !== RoomState.COMPLETED;
  return html`<section class="board-panel" aria-label="Tasks" data-testid="board">
    <div class="panel-line">
      <span class="hint-text">${resting(model)}</span>
      <span class="grow"></span>
      ${may ? html`<button class="button" data-testid="new-task" @click=${() => deeds.create()}>${icon('plus')}<span>New task</span></button>` : nothing}
    </div>
    ${tasks.length === 0
      ? html`<div class="nothing-said">${icon('board')}<p><strong>There is no task yet.</strong></p><p>${may ? 'Write one, or say “/task what to do” in the chat. Agents and people claim tasks, hand in work and have it merged.' : 'What people and agents have to do here will stand on this board.'}</p></div>`
      : html`<div class="board">${COLUMNS.map((column) => columnOf(model, tasks, column, now, deeds))}</div>`}
  </section>`;
}

function resting(model: RoomModel): string {
  switch (model.facts?.state) {
    case RoomState.CREATED:
    case RoomState.LOBBY:
      return 'Work begins when a host starts it.';
    case RoomState.PAUSED:
      return 'Work rests while the room is paused.';
    case RoomState.COMPLETED:
      return 'The room is completed.';
    default:
      return '';
  }
}

function columnOf(model: RoomModel, tasks: readonly Task[], column: (typeof COLUMNS)[number], now: number, deeds: BoardDeeds): TemplateResult {
  const here = tasks.filter((task) => column.states.includes(task.state)).sort(column.id === 'done' ? newestFirst : urgentFirst);
  const shown = column.id === 'done' ? here.slice(0, DONE_SHOWN) : here;
  return html`<section class="column col-${column.id}" aria-labelledby="col-${column.id}" data-testid="column-${column.id}">
    <h3 id="col-${column.id}">${column.title} <span class="count">${here.length}</span></h3>
    ${here.length === 0 ? html`<p class="empty">${column.empty}</p>` : nothing}
    <ul>
      ${repeat(
        shown,
        (task) => Number(task.taskId),
        (task) => card(model, task, now, deeds),
      )}
    </ul>
    ${here.length > shown.length ? html`<p class="empty">and ${plural(here.length - shown.length, 'older one')}</p>` : nothing}
  </section>`;
}

function card(model: RoomModel, task: Task, now: number, deeds: BoardDeeds): TemplateResult {
  const number = Number(task.taskId);
  const room = model.facts;
  const first = room === undefined ? undefined : deedsOf(task, model.caller, room)[0];
  const quick = first === undefined ? undefined : QUICK[first];
  const deadline = millis(task.deadline);
  const late = deadline !== undefined && deadline < now && task.state < TaskState.MERGED;
  const progress = task.assignee === undefined ? undefined : model.activity.progress.get(task.assignee.id);
  const percent = progress !== undefined && Number(progress.told.taskId) === number && task.state === TaskState.IN_PROGRESS ? progress.told.percent : undefined;
  const who = task.assignee ?? task.reservedFor;
  return html`<li class="task-card ${task.state === TaskState.CANCELLED ? 'cancelled' : ''}" data-testid="task-card" data-task=${number} data-state=${taskWord(task.state)}>
    <button class="plain title" @click=${() => deeds.open(number)}><span class="number">#${number}</span> ${task.title}</button>
    <div class="card-foot">
      ${task.priority === Priority.HIGH || task.priority === Priority.LOW ? html`<span class="tag prio-${priorityWord(task.priority)}">${priorityWord(task.priority)}</span>` : nothing}
      ${task.state === TaskState.CLAIMED || task.state === TaskState.CANCELLED ? html`<span class="tag">${taskWord(task.state)}</span>` : nothing}
      ${deadline === undefined || task.state >= TaskState.MERGED ? nothing : html`<span class="due ${late ? 'late' : ''}" title="Until ${dayAndClock(deadline)}">${icon('clock')}${late ? 'late' : left(deadline - now)}</span>`}
      ${task.work?.pullRequestUrl ? link(task.work.pullRequestUrl, html`${icon('commit')}PR<span class="sr"> of #${number}</span>`) : nothing}
      ${who === undefined ? nothing : html`<span class="who" title=${task.assignee === undefined ? `Written for ${who.handle}` : `${who.handle} has it`}>${avatar(who.handle)}<span>${task.assignee === undefined ? 'for ' : ''}${who.handle}</span></span>`}
      ${quick === undefined || first === undefined ? nothing : html`<span class="grow"></span><button class="mini" data-testid="quick-${first}" @click=${() => deeds.quick(task, first)}>${quick}</button>`}
    </div>
    ${percent === undefined ? nothing : html`<progress max="100" value=${percent} aria-label="#${number}: ${percent} %"></progress>`}
  </li>`;
}

const QUICK: Partial<Record<TaskDeed, string>> = { claim: 'Claim', start: 'Start', submit: 'Hand in', merge: 'Merge' };

/** Moves that need nothing more to be said. */
export const MOVES: Partial<Record<TaskDeed, number>> = {
  start: MOVE.START,
  release: MOVE.RELEASE,
  merge: MOVE.MERGE,
  changes: MOVE.REQUEST_CHANGES,
  reject: MOVE.REJECT,
  cancel: MOVE.CANCEL,
};

function urgentFirst(a: Task, b: Task): number {
  const rank = (task: Task) => (task.priority === 0 ? Priority.MEDIUM : task.priority);
  return rank(b) - rank(a) || Number(a.taskId - b.taskId);
}

function newestFirst(a: Task, b: Task): number {
  return (millis(b.updatedAt) ?? 0) - (millis(a.updatedAt) ?? 0);
}
