import { html, nothing, type TemplateResult } from 'lit';
import { millis } from '../../contract/entry.js';
import { Priority, type Task } from '../../contract/room-wire.js';
import type { Timestamp } from '../../contract/wire.js';
import { clock, dayAndClock, inOneLine } from '../../format.js';
import { LightElement } from '../../light-element.js';
import { link } from '../../log/text.js';
import { deedsOf, type TaskDeed } from '../../room/may.js';
import type { Message } from '../../room/message.js';
import type { RoomModel } from '../../room/model.js';
import { PRIORITIES, priorityWord, taskWord } from '../../room/words.js';
import { icon } from '../icons.js';
import { MOVES } from './board.js';
import { Sayings } from './sayings.js';
import { requestId, say, told } from './tell.js';

/** Messages of its context that are fetched. */
const CONTEXT_SHOWN = 20;
const LABELS: Record<TaskDeed, string> = {
  claim: 'Claim',
  assign: 'Assign …',
  start: 'Start',
  release: 'Give back',
  submit: 'Hand in work …',
  merge: 'Merge',
  changes: 'Request changes …',
  reject: 'Reject …',
  cancel: 'Cancel the task …',
  edit: 'Edit …',
};
const REASONS: Partial<Record<TaskDeed, string>> = {
  changes: 'What is to be changed?',
  reject: 'Why is the work not taken?',
  cancel: 'Why will nobody do it?',
};
const WORK_KINDS: readonly [number, string][] = [
  [1, 'Code'],
  [2, 'Documentation'],
  [3, 'A review'],
];

/** A task with everything that belongs to it, or a new one being written. */
export class TaskDialog extends LightElement {
  static override properties = { model: { attribute: false }, revision: { attribute: false }, now: { attribute: false } };
  declare model: RoomModel;
  declare revision: number;
  declare now: number;
  #taskId = 0;
  #writing = false;
  #asking: TaskDeed | undefined;
  #problem = '';
  #busy = false;
  #requestId = '';
  #context: Message[] = [];
  #contextOf: readonly bigint[] = [];
  /** Text that a new task begins with. */
  #seed = { title: '', description: '' };
  readonly #sayings = new Sayings(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sayings.load();
  }

  /** Opens a task, at one of its deeds if that needs more to be said. */
  open(taskId: number, asking?: TaskDeed): void {
    this.#begin(taskId, false);
    this.#asking = asking;
    const task = this.model.tasks.get(taskId);
    void this.#readContext(task?.context ?? []);
  }

  /** Opens an empty form, or one that begins with a message. */
  create(from?: Message): void {
    this.#begin(0, true);
    const text = from?.text.trim() ?? '';
    const line = text.split('\n', 1)[0] ?? '';
    this.#seed = { title: line.slice(0, 200), description: text === line && line.length <= 200 ? '' : text };
    this.#contextOf = from === undefined ? [] : [BigInt(from.seq)];
  }

  override render(): unknown {
    const task = this.model.tasks.get(this.#taskId);
    return html`<dialog class="sheet" aria-labelledby="task-title" data-testid="task-dialog" @click=${this.#outside} @keydown=${(event: Event) => event.stopPropagation()}>
      <div class="sheet-inner">
        ${this.#writing ? this.#form(undefined) : task === undefined ? html`<p class="empty" id="task-title">This task is not loaded.</p>` : this.#asking === 'edit' ? this.#form(task) : this.#task(task)}
      </div>
    </dialog>`;
  }

  #begin(taskId: number, writing: boolean): void {
    this.#taskId = taskId;
    this.#writing = writing;
    this.#asking = undefined;
    this.#problem = '';
    this.#requestId = '';
    this.#context = [];
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const dialog = this.querySelector('dialog');
      if (dialog?.open === false) dialog.showModal();
    });
  }

  close(): void {
    this.querySelector('dialog')?.close();
  }

  #head(title: unknown, above: unknown): TemplateResult {
    return html`<header>
      <div>
        <p class="about">${above}</p>
        <h2 id="task-title">${title}</h2>
      </div>
      <button class="square" aria-label="Close" @click=${() => this.close()}>${icon('close')}</button>
    </header>`;
  }

  #task(task: Task): TemplateResult {
    const { model } = this;
    const deeds = model.facts === undefined ? [] : deedsOf(task, model.caller, model.facts);
    const created = millis(task.createdAt);
    const deadline = millis(task.deadline);
    const facts: [string, unknown][] = [];
    if (task.assignee !== undefined) facts.push(['Taken by', task.assignee.handle]);
    if (task.reservedFor !== undefined) facts.push(['Written for', task.reservedFor.handle]);
    if (task.creator !== undefined) facts.push(['Written by', `${task.creator.handle}${created === undefined ? '' : `, ${dayAndClock(created)}`}`]);
    if (deadline !== undefined) facts.push(['Until', `${dayAndClock(deadline)}${deadline < this.now && task.state < 5 ? ' (late)' : ''}`]);
    return html`${this.#head(
        task.title,
        html`<span class="number">#${task.taskId}</span><span class="tag state-${task.state}" data-testid="task-state">${taskWord(task.state)}</span
          >${task.priority === Priority.HIGH || task.priority === Priority.LOW ? html`<span class="tag prio-${priorityWord(task.priority)}">${priorityWord(task.priority)} priority</span>` : nothing}`,
      )}
      <dl class="facts-list">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${task.description === '' ? nothing : html`<div class="said">${this.#sayings.of(`d${task.taskId}`, task.description)}</div>`}
      ${this.#progress(task)} ${this.#work(task)} ${this.#messages(task)} ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`}
      ${this.#asking !== undefined && deeds.includes(this.#asking)
        ? this.#question(task, this.#asking)
        : deeds.length === 0
          ? nothing
          : html`<div class="deeds">${deeds.map((deed, index) => html`<button class="button ${index === 0 && deed !== 'edit' && deed !== 'cancel' && deed !== 'assign' ? 'primary' : ''}" data-testid="deed-${deed}" ?disabled=${this.#busy} @click=${() => this.#choose(task, deed)}>${LABELS[deed]}</button>`)}</div>`}`;
  }

  #progress(task: Task): unknown {
    const found = this.model.activity.progress.get(task.assignee?.id ?? '');
    if (found === undefined || found.told.taskId !== task.taskId) return nothing;
    const { percent, message, files } = found.told;
    return html`<section>
      <h3>Progress</h3>
      ${percent === undefined ? nothing : html`<progress max="100" value=${percent} aria-label="${percent} %"></progress>`}
      ${message === '' ? nothing : html`<p class="said">${message}</p>`} ${files.map((file) => html`<code class="file">${file}</code>`)}
    </section>`;
  }

  #work(task: Task): unknown {
    const work = task.work;
    if (work === undefined) return nothing;
    return html`<section data-testid="task-work">
      <h3>Work handed in</h3>
      <p class="about">
        ${WORK_KINDS.find(([kind]) => kind === work.kind)?.[1] ?? 'Code'}${work.branch === '' ? nothing : html`<code>${work.branch}</code>`}${work.pullRequestUrl === ''
          ? nothing
          : link(work.pullRequestUrl, html`Pull request ${icon('external')}`)}
      </p>
      ${work.description === '' ? nothing : html`<div class="said">${this.#sayings.of(`w${task.taskId}`, work.description)}</div>`}
      ${work.artifacts.map((url) => html`<p class="url">${link(url, html`${url.replace(/^https?:\/\//, '')} ${icon('external')}`)}</p>`)}
    </section>`;
  }

  #messages(task: Task): unknown {
    if (task.context.length === 0) return nothing;
    return html`<section data-testid="task-context">
      <h3>From the talk</h3>
      ${this.#context.length === 0 ? html`<p class="empty">Loading …</p>` : nothing}
      <ul class="context">
        ${this.#context.map(
          (message) => html`<li>
            <button class="plain" title="Show in the chat" @click=${() => {
              this.close();
              this.dispatchEvent(new CustomEvent('show-message', { detail: message.seq, bubbles: true }));
            }}><strong>${message.user}</strong> <time>${clock(message.at).slice(0, 5)}</time> ${message.deleted ? 'deleted' : inOneLine(message.text, 300)}</button>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  #question(task: Task, deed: TaskDeed): TemplateResult {
    const cancel = html`<button type="button" class="button" @click=${() => this.#ask(undefined)}>Back</button>`;
    if (deed === 'submit') {
      return html`<form class="form" @submit=${(event: SubmitEvent) => void this.#submitWork(event, task)}>
        <label for="work-kind">What it is</label>
        <select id="work-kind" name="kind">${WORK_KINDS.map(([kind, name]) => html`<option value=${kind}>${name}</option>`)}</select>
        <label for="work-branch">Branch</label>
        <input id="work-branch" name="branch" maxlength="255" autocomplete="off" spellcheck="false" />
        <label for="work-pr">Pull request</label>
        <input id="work-pr" name="pr" type="url" maxlength="2048" pattern="https?://.*" placeholder="https://…" autocomplete="off" />
        <label for="work-text">What was done</label>
        <textarea id="work-text" name="text" rows="3" maxlength="4000"></textarea>
        <label for="work-files">Files and pages, one address a line</label>
        <textarea id="work-files" name="artifacts" rows="2"></textarea>
        <label class="check"><input type="checkbox" name="review" checked /> Ask the members to decide about it</label>
        <div class="pair"><button class="primary" data-testid="submit-work" ?disabled=${this.#busy}>Hand in</button>${cancel}</div>
      </form>`;
    }
    if (deed === 'assign') {
      return html`<form class="form" @submit=${(event: SubmitEvent) => void this.#assign(event, task)}>
        <label for="assign-to">Give it to</label>
        <select id="assign-to" name="member">${this.model.team.map((member) => html`<option value=${member.party?.id ?? ''}>${member.party?.handle}</option>`)}</select>
        <div class="pair"><button class="primary" data-testid="assign" ?disabled=${this.#busy}>Assign</button>${cancel}</div>
      </form>`;
    }
    return html`<form class="form" @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      void this.#move(task, deed, String(new FormData(event.target as HTMLFormElement).get('reason')).trim());
    }}>
      <label for="reason">${REASONS[deed] ?? 'Why?'}</label>
      <textarea id="reason" name="reason" rows="2" maxlength="1024" data-testid="reason"></textarea>
      <div class="pair"><button class="primary" data-testid="confirm-deed" ?disabled=${this.#busy}>${LABELS[deed].replace(' …', '')}</button>${cancel}</div>
    </form>`;
  }

  #form(task: Task | undefined): TemplateResult {
    const priority = task?.priority || Priority.MEDIUM;
    return html`${this.#head(task === undefined ? 'New task' : `Edit #${task.taskId}`, nothing)}
      <form class="form" @submit=${(event: SubmitEvent) => void this.#save(event, task)}>
        ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`}
        <label for="task-name">What to do</label>
        <input id="task-name" name="title" required maxlength="200" autocomplete="off" data-testid="task-name" .value=${task?.title ?? this.#seed.title} />
        <label for="task-text">Description, in Markdown</label>
        <textarea id="task-text" name="description" rows="5" maxlength="8000" data-testid="task-text" .value=${task?.description ?? this.#seed.description}></textarea>
        <div class="two">
          <span><label for="task-priority">Priority</label>
          <select id="task-priority" name="priority">${PRIORITIES.map((each) => html`<option value=${each} ?selected=${each === priority}>${priorityWord(each)}</option>`)}</select></span>
          <span><label for="task-deadline">Until</label>
          <input id="task-deadline" name="deadline" type="datetime-local" .value=${localTime(millis(task?.deadline))} /></span>
        </div>
        ${task === undefined && this.#contextOf.length > 0 ? html`<p class="hint-text">The message it comes from will belong to the task.</p>` : nothing}
        <div class="pair">
          <button class="primary" data-testid="save-task" ?disabled=${this.#busy}>${task === undefined ? 'Make the task' : 'Save'}</button>
          <button type="button" class="button" @click=${() => (task === undefined ? this.close() : this.#ask(undefined))}>Cancel</button>
        </div>
      </form>`;
  }

  #ask(deed: TaskDeed | undefined): void {
    this.#asking = deed;
    this.#problem = '';
    this.requestUpdate();
    if (deed !== undefined) void this.updateComplete.then(() => this.querySelector<HTMLElement>('form :is(input, textarea, select)')?.focus());
  }

  #choose(task: Task, deed: TaskDeed): void {
    switch (deed) {
      case 'claim':
      case 'start':
      case 'release':
      case 'merge':
        void this.#move(task, deed, '');
        break;
      default:
        this.#ask(deed);
    }
  }

  async #move(task: Task, deed: TaskDeed, reason: string): Promise<void> {
    await this.#act(() => doTask(this.model, task, deed, reason));
  }

  async #assign(event: SubmitEvent, task: Task): Promise<void> {
    event.preventDefault();
    const memberId = String(new FormData(event.target as HTMLFormElement).get('member'));
    const { model } = this;
    await this.#act(() => model.services.tasks.assignTask({ roomId: model.roomId, taskId: task.taskId, memberId }));
  }

  async #submitWork(event: SubmitEvent, task: Task): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const { model } = this;
    await this.#act(() =>
      model.services.tasks.submitWork({
        roomId: model.roomId,
        taskId: task.taskId,
        work: {
          kind: Number(text('kind')),
          branch: text('branch'),
          pullRequestUrl: text('pr'),
          description: text('text'),
          artifacts: text('artifacts').split(/\s+/).filter((each) => each !== ''),
          requestsReview: form.get('review') !== null,
        },
      }),
    );
  }

  async #save(event: SubmitEvent, task: Task | undefined): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const title = String(form.get('title')).trim();
    const description = String(form.get('description')).trim();
    const priority = Number(form.get('priority'));
    const deadline = timestampOf(String(form.get('deadline') ?? ''));
    const { model } = this;
    this.#requestId ||= requestId();
    const done = await this.#act(() =>
      task === undefined
        ? model.services.tasks.createTask({ roomId: model.roomId, title, description, priority, deadline, context: [...this.#contextOf], requestId: this.#requestId })
        : model.services.tasks.updateTask({ roomId: model.roomId, taskId: task.taskId, title, description, priority, deadline }),
    );
    if (!done) return;
    if (task === undefined) {
      this.close();
      say(this, 'The task was made');
    }
  }

  async #act(deed: () => Promise<unknown>): Promise<boolean> {
    this.#busy = true;
    this.#problem = '';
    this.requestUpdate();
    const failure = await this.model.act(deed);
    this.#busy = false;
    if (failure === undefined) this.#asking = undefined;
    else this.#problem = told(failure);
    this.requestUpdate();
    await this.updateComplete;
    // What was pressed may be gone; the focus stays in the sheet.
    if (!this.contains(document.activeElement)) this.querySelector<HTMLElement>('header button')?.focus();
    return failure === undefined;
  }

  async #readContext(sequences: readonly bigint[]): Promise<void> {
    const taskId = this.#taskId;
    const found: Message[] = [];
    for (const seq of sequences.slice(0, CONTEXT_SHOWN)) {
      try {
        const message = await this.model.chat.read(Number(seq));
        if (message !== undefined) found.push(message);
      } catch {
        // What cannot be read now is left out; the task stands without it.
      }
      if (this.#taskId !== taskId) return;
    }
    this.#context = found;
    this.requestUpdate();
  }

  readonly #outside = (event: Event) => {
    if (event.target === this.querySelector('dialog')) this.close();
  };
}

/** Does what needs no more to be said than a reason. */
export function doTask(model: RoomModel, task: Task, deed: TaskDeed, reason: string): Promise<unknown> {
  const at = { roomId: model.roomId, taskId: task.taskId };
  const { tasks } = model.services;
  return deed === 'claim' ? tasks.claimTask(at) : tasks.moveTask({ ...at, move: MOVES[deed] ?? 0, reason });
}

function localTime(at: number | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function timestampOf(local: string): Timestamp | undefined {
  const at = Date.parse(local);
  return Number.isNaN(at) ? undefined : { seconds: BigInt(Math.floor(at / 1000)), nanos: 0 };
}

customElements.define('claw-task-dialog', TaskDialog);
