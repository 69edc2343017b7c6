import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { millis } from '../../contract/entry.js';
import { failureOf } from '../../contract/failure.js';
import { SnapshotState, type Sandbox, type Snapshot } from '../../contract/sandbox-wire.js';
import { services } from '../../contract/services.js';
import { agoSentence, dayAndClock } from '../../format.js';
import { LightElement } from '../../light-element.js';
import { bytes } from '../../sandbox/words.js';
import { icon } from '../icons.js';
import '../menu.js';
import { requestId, say, told } from '../room/tell.js';
import { fieldProblem } from './sandbox-form.js';

const QUICK_MS = 800;
/** Older ones are for the command line. */
const SHOWN = 50;

type Question = 'restore' | 'fork' | 'delete';

const TITLES: Record<Question, string> = { restore: 'Put the files back', fork: 'New sandbox from the snapshot', delete: 'Delete the snapshot' };

/** Copies of a sandbox's files: taking one, going back to one, making another sandbox of one. */
export class Snapshots extends LightElement {
  static override properties = { sandboxId: { attribute: false }, revision: { attribute: false }, deleted: { type: Boolean } };
  declare sandboxId: string;
  /** Of the sandbox: when it changes, there may be other snapshots. */
  declare revision: number;
  declare deleted: boolean;
  #snapshots: Snapshot[] | undefined;
  #problem = '';
  #busy = false;
  #asked: { question: Question; snapshot: Snapshot } | undefined;
  #nameProblem: string | undefined;
  #requestId = '';
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#turn++;
    clearTimeout(this.#timer);
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('sandboxId') || changed.has('revision')) void this.#load();
  }

  override render(): unknown {
    return html`<h2 id="snapshots-title">Snapshots</h2>
      ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`}
      ${this.deleted
        ? nothing
        : html`<form class="snapshot-form" @submit=${this.#create}>
            <label class="sr" for="snapshot-name">Name of the snapshot</label>
            <input id="snapshot-name" name="name" maxlength="128" autocomplete="off" placeholder="name, or none" data-testid="snapshot-name" />
            <button class="button" data-testid="take-snapshot" ?disabled=${this.#busy}>Take one</button>
          </form>`}
      ${this.#snapshots === undefined
        ? nothing
        : this.#snapshots.length === 0
          ? html`<p class="empty">A copy of its files, to go back to or to make another sandbox of.</p>`
          : html`<ul class="snapshots" data-testid="snapshots">${this.#snapshots.map((each) => this.#row(each))}</ul>`}
      ${this.#dialog()}`;
  }

  #row(snapshot: Snapshot): TemplateResult {
    const at = millis(snapshot.createdAt) ?? Date.now();
    const name = snapshot.name || 'without a name';
    const size = snapshot.volumes.reduce((sum, each) => sum + Number(each.storedBytes), 0);
    const ready = snapshot.state === SnapshotState.READY;
    const items = [
      ...(ready
        ? [
            { label: 'Put the files back', act: () => this.#ask('restore', snapshot) },
            { label: 'New sandbox from it', act: () => this.#ask('fork', snapshot) },
          ]
        : []),
      { label: 'Delete', grave: true, act: () => this.#ask('delete', snapshot) },
    ];
    return html`<li data-testid="snapshot" data-state=${SnapshotState[snapshot.state]?.toLowerCase() ?? 'unknown'}>
      <span class="what"
        >${name}<span class="path" title=${dayAndClock(at)}
          >${agoSentence(at, Date.now())} ·
          ${snapshot.state === SnapshotState.FAILED ? html`<span class="bad">failed${snapshot.message === '' ? '' : `: ${snapshot.message}`}</span>` : ready ? bytes(size) : html`<span class="spinner"></span> being taken`}</span
        ></span
      >
      <claw-menu label="More about the snapshot ${name}" data-testid="snapshot-menu" .items=${items}></claw-menu>
    </li>`;
  }

  #dialog(): TemplateResult {
    const asked = this.#asked;
    return html`<dialog class="sheet" aria-labelledby="snapshot-dialog-title" data-testid="snapshot-dialog" @click=${(event: Event) => event.target === this.#sheet && this.#sheet?.close()} @keydown=${(event: Event) => event.stopPropagation()}>
      ${asked === undefined
        ? nothing
        : html`<form class="sheet-inner form" @submit=${this.#confirm}>
            <header><h2 id="snapshot-dialog-title">${TITLES[asked.question]}</h2><button type="button" class="square" aria-label="Close" @click=${() => this.#sheet?.close()}>${icon('close')}</button></header>
            <p>${this.#text(asked.question, asked.snapshot)}</p>
            ${asked.question === 'fork'
              ? html`<label for="fork-name">Name</label>
                  <input id="fork-name" name="name" maxlength="200" autocomplete="off" spellcheck="false" placeholder="made up when empty" data-testid="fork-name" aria-describedby="fork-name-problem" aria-invalid=${this.#nameProblem === undefined ? nothing : 'true'} />`
              : nothing}
            ${fieldProblem('fork-name', this.#nameProblem)}
            <div class="pair"><button class="primary" data-testid="snapshot-confirm" ?disabled=${this.#busy}>${{ restore: 'Put them back', fork: 'Make it', delete: 'Delete it' }[asked.question]}</button><button type="button" class="button" @click=${() => this.#sheet?.close()}>Cancel</button></div>
          </form>`}
    </dialog>`;
  }

  #text(question: Question, snapshot: Snapshot): string {
    const made = dayAndClock(millis(snapshot.createdAt) ?? 0);
    switch (question) {
      case 'restore':
        return `What runs in “${snapshot.sandboxName}” is ended, and its files become those of ${made}. What was written since is gone.`;
      case 'fork':
        return `Another sandbox begins with the files of “${snapshot.sandboxName}” of ${made}, and runs.`;
      case 'delete':
        return `The copy of ${made} will be gone. Sandboxes that were made of it keep their files.`;
    }
  }

  get #sheet(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  #ask(question: Question, snapshot: Snapshot): void {
    this.#asked = { question, snapshot };
    this.#nameProblem = undefined;
    this.#requestId = requestId();
    this.requestUpdate();
    void this.updateComplete.then(() => this.#sheet?.showModal());
  }

  async #load(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    try {
      const { snapshots } = await services().snapshots.listSnapshots({ sandboxId: this.sandboxId, pageSize: SHOWN });
      if (turn !== this.#turn) return;
      this.#snapshots = snapshots;
      this.#problem = '';
      if (snapshots.some((each) => each.state === SnapshotState.CREATING)) this.#timer = setTimeout(() => void this.#load(), QUICK_MS);
    } catch (cause) {
      if (turn !== this.#turn) return;
      // The list is a help and no more: the page does without it.
      if (this.#snapshots !== undefined) this.#problem = told(failureOf(cause));
    }
    this.requestUpdate();
  }

  readonly #create = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const name = String(new FormData(form).get('name') ?? '').trim();
    this.#busy = true;
    this.#problem = '';
    this.requestUpdate();
    try {
      await services().snapshots.createSnapshot({ sandboxId: this.sandboxId, name, requestId: requestId() });
      form.reset();
      await this.#load();
    } catch (cause) {
      this.#problem = told(failureOf(cause));
    }
    this.#busy = false;
    this.requestUpdate();
  };

  readonly #confirm = async (event: SubmitEvent) => {
    event.preventDefault();
    const asked = this.#asked;
    if (asked === undefined) return;
    const name = String(new FormData(event.target as HTMLFormElement).get('name') ?? '').trim();
    this.#busy = true;
    this.#nameProblem = undefined;
    this.requestUpdate();
    try {
      await this.#do(asked.question, asked.snapshot, name);
      this.#sheet?.close();
    } catch (cause) {
      this.#nameProblem = told(failureOf(cause));
    }
    this.#busy = false;
    this.requestUpdate();
  };

  async #do(question: Question, { snapshotId }: Snapshot, name: string): Promise<void> {
    const { snapshots } = services();
    switch (question) {
      case 'restore': {
        const { sandbox } = await snapshots.restoreSnapshot({ snapshotId });
        if (sandbox.sandboxId !== this.sandboxId) return this.#go(sandbox.sandboxId);
        this.dispatchEvent(new CustomEvent<Sandbox>('sandbox-changed', { detail: sandbox, bubbles: true }));
        say(this, 'The files are put back');
        return;
      }
      case 'fork':
        return this.#go((await snapshots.forkSnapshot({ snapshotId, name, requestId: this.#requestId })).sandbox.sandboxId);
      case 'delete':
        await snapshots.deleteSnapshot({ snapshotId });
        await this.#load();
    }
  }

  #go(sandboxId: string): void {
    const link = document.createElement('a');
    link.href = `/sandboxes/${sandboxId}`;
    this.append(link);
    link.click();
    link.remove();
  }
}

customElements.define('claw-snapshots', Snapshots);
