import { html, nothing } from 'lit';
import { LEVELS, type Kind, type Level } from '../contract/entry.js';
import { plural, whole } from '../format.js';
import { LightElement } from '../light-element.js';
import { EVERYTHING, FILTER_KINDS, isEverything } from '../session/filter.js';
import type { SessionModel } from '../session/model.js';
import { icon } from './icons.js';

const KIND_NAMES: Record<string, string> = {
  thought: 'Thoughts',
  log: 'Logs',
  proof: 'Proofs',
  artifact: 'Artifacts',
  chat: 'Chat',
  status: 'Status',
  alert: 'Alerts',
};

/** Search over everything, and the choice of what the log shows. */
export class Toolbar extends LightElement {
  static override properties = { model: { attribute: false }, revision: { attribute: false }, open: { attribute: false } };
  declare model: SessionModel;
  declare revision: number;
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  override render(): unknown {
    const { model } = this;
    const filter = model.filter;
    const modules = [...model.modules].sort();
    const chosen = (filter.kinds.size > 0 ? 1 : 0) + (filter.level !== 'debug' ? 1 : 0) + (filter.module !== '' ? 1 : 0);
    return html`<form class="search" role="search" @submit=${this.#search}>
        ${icon('search')}
        <label class="sr" for="search">Search all events</label>
        <input id="search" type="search" data-testid="search" maxlength="200" autocomplete="off" spellcheck="false" placeholder="Search all events" @keydown=${this.#searchKey} @input=${this.#cleared} />
        ${this.#found()}
      </form>
      <button class="filter-toggle" data-testid="filter-toggle" aria-expanded=${this.open} aria-controls="filters" title="Filter (f)" @click=${() => this.toggle()}>
        ${icon('filter')}<span>Filter</span>${chosen > 0 ? html`<span class="count">${chosen}</span>` : nothing}
      </button>
      <div class="filters" id="filters" role="group" aria-label="Filter" ?data-open=${this.open}>
        <div class="kinds" role="group" aria-label="Kinds">
          ${FILTER_KINDS.map(
            (kind) => html`<button class="chip k-${kind}" data-testid="kind-${kind}" aria-pressed=${filter.kinds.has(kind)} @click=${() => this.#toggleKind(kind)}>
              ${KIND_NAMES[kind]}
            </button>`,
          )}
        </div>
        <label class="choice"
          ><span>Level</span>
          <select data-testid="level" aria-label="Lowest level" @change=${this.#level}>
            ${LEVELS.map((level) => html`<option value=${level} ?selected=${level === filter.level}>${level === 'debug' ? 'all' : level === 'error' ? 'error' : `${level}+`}</option>`)}
          </select></label
        >
        <label class="choice"
          ><span>Module</span>
          <select data-testid="module" aria-label="Module" @change=${this.#module}>
            <option value="" ?selected=${filter.module === ''}>all</option>
            ${modules.map((module) => html`<option value=${module} ?selected=${module === filter.module}>${module}</option>`)}
          </select></label
        >
        ${isEverything(filter) ? nothing : html`<button class="quiet" data-testid="filter-clear" @click=${() => model.setFilter(EVERYTHING)}>Show all</button>`}
      </div>`;
  }

  focusSearch(): void {
    const input = this.querySelector<HTMLInputElement>('#search');
    input?.focus();
    input?.select();
  }

  toggle(): void {
    this.open = !this.open;
  }

  focusFilters(): void {
    this.open = true;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.chip')?.focus());
  }

  #found(): unknown {
    const finder = this.model.finder;
    if (finder === undefined) return html`<kbd class="hint">/</kbd>`;
    const hits = finder.hits.length;
    const step = (by: number) => this.dispatchEvent(new CustomEvent('step-hit', { detail: by, bubbles: true }));
    const progress =
      finder.problem !== ''
        ? finder.problem
        : finder.running
          ? `${plural(hits, 'hit')} · searching, at event ${whole(finder.searchedTo ?? finder.from)}`
          : `${finder.at >= 0 ? `${whole(finder.at + 1)} of ` : ''}${plural(hits, 'hit')}${finder.hasMore ? ` down to event ${whole(finder.searchedTo ?? 0)}` : ''}`;
    return html`<span class="found" role="status" data-testid="search-status">${finder.running ? html`<span class="spinner"></span>` : nothing}${progress}</span>
      ${finder.running
        ? html`<button type="button" class="quiet" @click=${() => finder.stop()}>Stop</button>`
        : finder.hasMore
          ? html`<button type="button" class="quiet" @click=${() => finder.goOn()}>More</button>`
          : nothing}
      <button type="button" class="square" aria-label="Newer hit" title="Newer hit (N)" ?disabled=${hits === 0} @click=${() => step(-1)}>${icon('next')}</button>
      <button type="button" class="square" aria-label="Older hit" title="Older hit (n)" ?disabled=${hits === 0} @click=${() => step(1)}>${icon('up')}</button>
      <button type="button" class="square" aria-label="Clear the search" @click=${() => this.clear()}>${icon('close')}</button>`;
  }

  clear(): void {
    const input = this.querySelector<HTMLInputElement>('#search');
    if (input !== null) input.value = '';
    this.model.clearSearch();
  }

  readonly #search = (event: Event) => {
    event.preventDefault();
    const query = this.querySelector<HTMLInputElement>('#search')?.value.trim() ?? '';
    if (query === '') return this.clear();
    if (this.model.finder?.query === query && !this.model.finder.running) {
      this.dispatchEvent(new CustomEvent('step-hit', { detail: 1, bubbles: true }));
      return;
    }
    const filter = this.model.filter;
    const levels = filter.level === 'debug' ? [] : LEVELS.slice(LEVELS.indexOf(filter.level));
    this.model.search(query, { kinds: [...filter.kinds], levels });
    this.dispatchEvent(new CustomEvent('searching', { bubbles: true }));
  };

  readonly #searchKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    this.clear();
    (event.target as HTMLElement).blur();
  };

  readonly #cleared = (event: Event) => {
    if ((event.target as HTMLInputElement).value === '') this.model.clearSearch();
  };

  #toggleKind(kind: Kind): void {
    const kinds = new Set(this.model.filter.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    this.model.setFilter({ ...this.model.filter, kinds });
  }

  readonly #level = (event: Event) => {
    this.model.setFilter({ ...this.model.filter, level: (event.target as HTMLSelectElement).value as Level });
  };

  readonly #module = (event: Event) => {
    this.model.setFilter({ ...this.model.filter, module: (event.target as HTMLSelectElement).value });
  };
}

customElements.define('claw-toolbar', Toolbar);
