import { html, nothing } from 'lit';
import { LightElement } from '../light-element.js';
import { icon, type IconName } from './icons.js';

export interface MenuItem {
  label: string;
  act: () => void;
  grave?: boolean;
}

/** A button that opens a list of deeds. */
export class Menu extends LightElement {
  static override properties = { label: {}, items: { attribute: false }, face: {}, open: { state: true } };
  declare label: string;
  declare items: readonly MenuItem[];
  declare face: IconName;
  declare open: boolean;

  constructor() {
    super();
    this.items = [];
    this.face = 'more';
    this.open = false;
  }

  override render(): unknown {
    return html`<button type="button" class="square" aria-haspopup="menu" aria-expanded=${this.open} aria-label=${this.label} title=${this.label} @click=${this.#toggle}>${icon(this.face)}</button>
      ${this.open
        ? html`<div class="menu" role="menu" popover="auto" aria-label=${this.label} @toggle=${this.#toggled} @keydown=${this.#key}>
            ${this.items.map(
              (item) => html`<button type="button" role="menuitem" class=${item.grave ? 'grave' : ''} tabindex="-1" @click=${() => this.#choose(item)}>${item.label}</button>`,
            )}
          </div>`
        : nothing}`;
  }

  override updated(): void {
    const list = this.querySelector<HTMLElement>('.menu');
    if (list === null || list.matches(':popover-open')) return;
    list.showPopover();
    const button = (this.querySelector('button') as HTMLElement).getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = list;
    list.style.left = `${Math.max(8, Math.min(button.right - width, innerWidth - width - 8))}px`;
    list.style.top = `${button.bottom + 4 + height > innerHeight ? Math.max(8, button.top - height - 4) : button.bottom + 4}px`;
    list.querySelector('button')?.focus();
  }

  readonly #toggle = () => {
    this.open = !this.open;
  };

  readonly #toggled = (event: Event) => {
    if ((event as ToggleEvent).newState === 'closed') this.open = false;
  };

  readonly #key = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      this.open = false;
      this.querySelector('button')?.focus();
      return;
    }
    if (by === 0) return;
    event.preventDefault();
    const buttons = [...this.querySelectorAll<HTMLElement>('.menu button')];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };

  #choose(item: MenuItem): void {
    this.open = false;
    item.act();
  }
}

customElements.define('claw-menu', Menu);
