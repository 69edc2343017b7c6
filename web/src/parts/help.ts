import { html } from 'lit';
import { LightElement } from '../light-element.js';
import { icon } from './icons.js';

const KEYS: readonly [string, string[], string][] = [
  ['Move', ['j', 'k'], 'next, previous event'],
  ['Move', ['g', 'Home'], 'first event that is loaded'],
  ['Move', ['End', 'l'], 'live end'],
  ['Move', ['y'], 'copy a link to the selected event'],
  ['Move', ['o'], 'open the link in the selected event'],
  ['Play', ['Space'], 'pause, play on'],
  ['Play', ['←', '→'], '10 seconds back, forward'],
  ['Play', ['<', '>'], 'slower, faster'],
  ['Find', ['/'], 'search all events'],
  ['Find', ['n', 'N'], 'older, newer hit'],
  ['Find', ['f'], 'filter'],
  ['Go to', ['t'], 'timeline'],
  ['Go to', ['p'], 'proofs'],
  ['Go to', ['a'], 'artifacts'],
  ['Go to', ['c'], 'chat'],
  ['Page', ['w'], 'wrap long lines or not'],
  ['Page', ['d'], 'light, dark'],
  ['Page', ['Esc'], 'close, clear the selection'],
  ['Page', ['?'], 'this list'],
];

/** The list of keys. */
export class Help extends LightElement {
  static override properties = { keys: { attribute: false } };
  /** Group, keys, what they do. */
  declare keys: readonly [string, string[], string][];

  constructor() {
    super();
    this.keys = KEYS;
  }

  override render(): unknown {
    const groups = [...new Set(this.keys.map(([group]) => group))];
    return html`<dialog class="help" aria-labelledby="help-title" data-testid="help" @click=${this.#outside}>
      <div class="help-inner">
        <header><h2 id="help-title">Keys</h2><button class="square" aria-label="Close" @click=${() => this.close()}>${icon('close')}</button></header>
        <div class="groups">
          ${groups.map(
            (group) => html`<section>
              <h3>${group}</h3>
              <dl>
                ${this.keys.filter(([each]) => each === group).map(
                  ([, keys, does]) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${does}</dd></div>`,
                )}
              </dl>
            </section>`,
          )}
        </div>
      </div>
    </dialog>`;
  }

  toggle(): void {
    const dialog = this.querySelector('dialog');
    if (dialog?.open) dialog.close();
    else dialog?.showModal();
  }

  close(): void {
    this.querySelector('dialog')?.close();
  }

  readonly #outside = (event: Event) => {
    if (event.target === this.querySelector('dialog')) this.close();
  };
}

customElements.define('claw-help', Help);
