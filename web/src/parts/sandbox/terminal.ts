import { html, nothing, type PropertyValues } from 'lit';
import type { TerminalSize } from '../../contract/sandbox-wire.js';
import { services } from '../../contract/services.js';
import { LightElement } from '../../light-element.js';
import { Shell, type Bookmark, type ShellState } from '../../sandbox/shell.js';
import { exitWords } from '../../sandbox/words.js';
import { icon } from '../icons.js';
import { told } from '../room/tell.js';
import type { Screen } from './screen.js';

const READABLE = 'clawlive.terminal.readable';
/** Keys that a phone's keyboard has not. */
const KEYS: readonly (readonly [string, string, string])[] = [
  ['Esc', 'Escape', '\x1b'],
  ['Tab', 'Tab', '\t'],
  ['^C', 'Control C', '\x03'],
  ['^D', 'Control D', '\x04'],
  ['↑', 'Up', '\x1b[A'],
  ['↓', 'Down', '\x1b[B'],
];

/** A shell in a sandbox: opened on wish, found again when the page is loaded again. */
export class SandboxTerminal extends LightElement {
  static override properties = { sandboxId: { attribute: false }, running: { type: Boolean } };
  declare sandboxId: string;
  declare running: boolean;
  #shell: Shell | undefined;
  #screen: Screen | undefined;
  #state: ShellState | undefined;
  #opening = false;
  #problem = '';
  #readable = false;
  #tried = '';
  #release: (() => void) | undefined;
  #size: TerminalSize = { columns: 80, rows: 24 };

  /** What tests and the curious may read. */
  get model(): Readonly<Record<string, unknown>> {
    return Object.freeze({
      state: this.#state?.is ?? 'none',
      position: this.#shell?.position ?? 0,
      sent: this.#shell?.keys.position ?? -1,
      idle: this.#shell?.keys.idle ?? true,
      reattached: this.#shell?.reattached ?? 0,
      tag: this.#shell?.bookmark.tag ?? '',
      columns: this.#size.columns,
      rows: this.#size.rows,
      text: this.#screen?.text ?? '',
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#readable = remembered(localStorage, READABLE) === '1';
    addEventListener('online', this.#retry);
    document.addEventListener('visibilitychange', this.#retry);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#retry);
    document.removeEventListener('visibilitychange', this.#retry);
    this.#close();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('sandboxId') && this.#tried !== '' && this.#tried !== this.sandboxId) {
      this.#close();
      this.#tried = '';
    }
    // A shell of this tab is gone on with as soon as the sandbox is known to run.
    if (this.running && this.#tried !== this.sandboxId) {
      this.#tried = this.sandboxId;
      const bookmark = this.#bookmark();
      if (bookmark !== undefined) void this.#open(bookmark);
    }
  }

  override render(): unknown {
    const open = this.#screen !== undefined || this.#opening;
    return html`<div class="terminal-head pane-head">
        <h2>${icon('terminal')}Terminal</h2>
        <span class="terminal-state" role="status" data-testid="terminal-state" data-state=${this.#state?.is ?? 'none'}>${this.#says()}</span>
        <span class="grow"></span>
        ${open
          ? html`<label class="check readable" title="Lets a screen reader read what the terminal shows"><input type="checkbox" data-testid="terminal-readable" .checked=${this.#readable} @change=${this.#setReadable} /> Read out</label>`
          : nothing}
        ${this.#state?.is === 'exited' || this.#state?.is === 'failed'
          ? html`<button class="button" data-testid="terminal-again" ?disabled=${!this.running} @click=${() => void this.#again()}>New terminal</button>`
          : this.#shell === undefined
            ? nothing
            : html`<button class="button" data-testid="terminal-end" title="End the shell and what it started" @click=${() => void this.#shell?.hangUp()}>End</button>`}
      </div>
      ${open ? nothing : this.#invitation()}
      <div class="terminal-place" data-testid="terminal" ?hidden=${!open} role="group" aria-label="Terminal" aria-describedby="terminal-hint"></div>
      ${open
        ? html`<div class="terminal-foot">
            <span class="terminal-keys only-narrow" role="group" aria-label="Keys">
              ${KEYS.map(([face, name, bytes]) => html`<button type="button" class="button" aria-label=${name} @click=${() => this.#press(bytes)}>${face}</button>`)}
            </span>
            <span id="terminal-hint" class="terminal-hint"><kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the terminal</span>
          </div>`
        : nothing}`;
  }

  #invitation(): unknown {
    return html`<div class="terminal-none">
      ${this.#problem === '' ? nothing : html`<p class="problem" role="alert">${this.#problem}</p>`}
      ${this.running
        ? html`<button class="button" data-testid="open-terminal" @click=${() => void this.#open()}>${icon('terminal')}Open a terminal</button>
            <p>A shell inside. It goes on when the line drops or the page is loaded again.</p>`
        : html`<p>A terminal can be opened while the sandbox runs.</p>`}
    </div>`;
  }

  #says(): unknown {
    if (this.#opening) return html`<span class="spinner"></span>opening`;
    const state = this.#state;
    switch (state?.is) {
      case 'starting':
        return html`<span class="spinner"></span>opening`;
      case 'reconnecting':
        return html`<span class="spinner"></span>no connection; nothing is lost`;
      case 'exited':
        return html`<span class=${state.how.code === 0 ? '' : 'bad'}>ended: ${exitWords(state.how.code)}</span>${state.how.reason === '' ? nothing : html`<span class="why"> ${state.how.reason}</span>`}`;
      case 'failed':
        return html`<span class="bad">${state.failure.reason === 'PROCESS_NOT_FOUND' ? 'it is gone' : told(state.failure)}</span>`;
      case 'live':
      case undefined:
        return nothing;
    }
  }

  async #open(bookmark?: Bookmark): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    this.#problem = '';
    this.requestUpdate();
    try {
      const { Screen } = await import('./screen.js');
      await this.updateComplete;
      const place = this.querySelector<HTMLElement>('.terminal-place');
      if (place === null || !this.isConnected) return;
      this.#screen = new Screen(
        place,
        {
          typed: (data) => this.#shell?.type(data),
          resized: (size) => {
            this.#size = size;
            this.#shell?.resize(size);
          },
        },
        this.#readable,
      );
      this.#size = this.#screen.size;
      // A copy of the tab knows the same shell; two that count its keys would lose some.
      const ours = bookmark === undefined || (await this.#claim(bookmark.tag));
      if (bookmark === undefined || !ours || !(await this.#run(bookmark, true))) {
        if (bookmark !== undefined) {
          // What this tab had open ended meanwhile: nobody asked for another one.
          forget(this.sandboxId);
          this.#close();
          return;
        }
        const tag = newTag();
        await this.#claim(tag);
        await this.#run({ tag }, false);
        this.#screen?.focus();
      }
    } catch {
      this.#problem = 'The terminal could not be loaded. Reload the page and try again.';
      this.#close();
    } finally {
      this.#opening = false;
      this.requestUpdate();
    }
  }

  /** Follows a shell on the screen; false when one that should be there is gone. */
  async #run(bookmark: Bookmark, known: boolean): Promise<boolean> {
    const { sandboxId } = this;
    const shell = new Shell(services().processes, sandboxId, bookmark, this.#size, {
      wrote: (data, replayed) => this.#screen?.write(data, replayed),
      changed: (state) => {
        this.#state = state;
        if (state.is === 'exited' || state.is === 'failed') {
          this.#screen?.freeze();
          forget(sandboxId);
        }
        this.requestUpdate();
      },
      sent: (count) => remember(sandboxId, count === undefined ? { tag: bookmark.tag } : { tag: bookmark.tag, sent: count }),
    });
    this.#shell = shell;
    this.#state = shell.state;
    if (known) return shell.resume();
    remember(sandboxId, { tag: bookmark.tag, sent: 0 });
    void shell.start();
    return true;
  }

  async #again(): Promise<void> {
    this.#close();
    this.requestUpdate();
    await this.updateComplete;
    await this.#open();
  }

  #close(): void {
    this.#release?.();
    this.#release = undefined;
    this.#shell?.leave();
    this.#shell = undefined;
    this.#screen?.dispose();
    this.#screen = undefined;
    this.#state = undefined;
    this.querySelector('.terminal-place')?.replaceChildren();
  }

  /** Makes a shell this tab's own; false when another tab has it. */
  #claim(tag: string): Promise<boolean> {
    // Only pages that came over TLS, or from this machine, have locks.
    const locks = (navigator as Partial<Navigator>).locks;
    if (locks === undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      void locks.request(`clawlive.terminal.${tag}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>((release) => (this.#release = release));
      });
    });
  }

  #press(bytes: string): void {
    this.#shell?.type(new TextEncoder().encode(bytes));
    this.#screen?.focus();
  }

  #bookmark(): Bookmark | undefined {
    try {
      const kept = JSON.parse(remembered(sessionStorage, keyOf(this.sandboxId)) ?? 'null') as Bookmark | null;
      return kept !== null && typeof kept.tag === 'string' ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  readonly #setReadable = (event: Event) => {
    this.#readable = (event.target as HTMLInputElement).checked;
    this.#screen?.setReadable(this.#readable);
    try {
      localStorage.setItem(READABLE, this.#readable ? '1' : '0');
    } catch {
      // Lasts as long as the page, then.
    }
  };

  readonly #retry = () => {
    if (!document.hidden) this.#shell?.retryNow();
  };
}

function keyOf(sandboxId: string): string {
  return `clawlive.terminal.${sandboxId}`;
}

function newTag(): string {
  const random = crypto.getRandomValues(new Uint8Array(9));
  return `web-${[...random].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function remembered(storage: Storage, key: string): string | null {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

function remember(sandboxId: string, bookmark: Bookmark): void {
  try {
    sessionStorage.setItem(keyOf(sandboxId), JSON.stringify(bookmark));
  } catch {
    // Without storage a page that is loaded again begins a shell of its own.
  }
}

function forget(sandboxId: string): void {
  try {
    sessionStorage.removeItem(keyOf(sandboxId));
  } catch {
    // It was not kept, then.
  }
}

customElements.define('claw-terminal', SandboxTerminal);
