import { html, nothing, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry } from '../contract/entry.js';
import { whole } from '../format.js';
import { lowerBound } from '../session/segment.js';
import { plain } from './ansi.js';
import { Heights } from './heights.js';
import { row } from './row.js';

/** Rows drawn beyond both edges, so that a flick of the wheel does not show bare ground. */
const OVERSCAN = 8;
/** Room above the first row, for what is said about the beginning. */
const HEAD = 44;
const FOOT = 20;
/** Distance to an edge of what is loaded at which more is fetched. */
const REACH = 900;
/** More rows than these a second are not read out. */
const FLOOD_A_SECOND = 3;

/** What the log shows, and where there is more of it. */
export interface LogSource {
  /** What the stream is of: a session or a sandbox. */
  readonly about: string;
  readonly rows: readonly Entry[];
  /** Rises whenever rows changed other than by entries added at their end. */
  readonly rebuilt: number;
  /** Words that are marked in the rows. */
  readonly words: readonly string[];
  readonly following: boolean;
  /** Whether the newest event is in view as it comes. */
  readonly atLive: boolean;
  /** Whether newer events have to be fetched to go on downwards. */
  readonly behind: boolean;
  readonly lastSequence: number;
  /** Newest event that was there before the connection asked. */
  readonly caughtUpTo: number;
  /** What is loaded. */
  readonly view: { readonly first: number; readonly hasOlder: boolean; readonly entries: readonly Entry[] };
  readonly loadingOlder: boolean;
  readonly problem: string;
  /** First and last event in sight; the log's element says so. */
  seen: { first: number; last: number };
  setFollowing(following: boolean): void;
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  /** Where an event has its own address. */
  addressOf(seq: number): string;
  subscribe(listener: () => void): () => void;
}

/**
 * The log: draws only the rows in sight, of whatever height they turn out to have. It holds on to an anchor,
 * the first row in sight and its distance from the edge, so that rows added, filtered or measured anywhere
 * never move what is being read; at the end it holds on to the end instead.
 */
export class LogView extends HTMLElement {
  selected: number | undefined;
  target: number | undefined;
  /** How long events took from being recorded to being drawn while the page followed, newest 2,000. */
  readonly lags: number[] = [];
  readonly #heights = new Heights();
  readonly #measured = new Map<number, number>();
  readonly #space = document.createElement('div');
  readonly #drawn = document.createElement('div');
  readonly #head = document.createElement('div');
  readonly #resize = new ResizeObserver(() => this.#schedule());
  #model: LogSource | undefined;
  #unsubscribe: (() => void) | undefined;
  #rebuilt = -1;
  #known = 0;
  #width = 0;
  #charWidth = 7.5;
  #anchor: { seq: number; delta: number } | undefined;
  #expected = -1;
  #top = 0;
  #scheduled = 0;
  #paintedTo = 0;
  #pace: number[] = [];
  #announcedAt = 0;

  set model(model: LogSource) {
    if (model === this.#model) return;
    this.#unsubscribe?.();
    this.#model = model;
    this.setAttribute('aria-label', `Events of the ${model.about}`);
    this.#measured.clear();
    this.#rebuilt = -1;
    this.#anchor = undefined;
    this.#paintedTo = 0;
    this.lags.length = 0;
    this.selected = undefined;
    this.target = undefined;
    this.#unsubscribe = model.subscribe(() => this.#schedule());
    this.#schedule();
  }

  connectedCallback(): void {
    if (this.#space.parentElement === null) {
      this.#space.className = 'log-space';
      this.#drawn.className = 'log-rows';
      this.#head.className = 'log-head';
      this.#space.append(this.#head, this.#drawn);
      this.append(this.#space);
    }
    this.setAttribute('role', 'log');
    this.setAttribute('aria-relevant', 'additions');
    this.setAttribute('aria-live', 'polite');
    this.tabIndex = 0;
    this.addEventListener('scroll', this.#scrolled, { passive: true });
    this.addEventListener('click', this.#clicked);
    addEventListener('themechange', this.#redraw);
    this.#resize.observe(this);
  }

  disconnectedCallback(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#resize.disconnect();
    cancelAnimationFrame(this.#scheduled);
    removeEventListener('themechange', this.#redraw);
  }

  /** Brings an event, or the nearest one that is shown, into the upper third and marks it. */
  show(seq: number, asTarget: boolean): void {
    if (asTarget) this.target = seq;
    this.selected = seq;
    this.#model?.setFollowing(false);
    this.#anchor = { seq, delta: Math.round(this.clientHeight / 3) };
    this.#schedule();
  }

  toEnd(): void {
    this.selected = undefined;
    this.#model?.setFollowing(true);
    this.#schedule();
  }

  /** Selects the next or the previous row and keeps it in sight. */
  step(by: number): Entry | undefined {
    const rows = this.#model?.rows ?? [];
    if (rows.length === 0) return undefined;
    const from = this.selected === undefined ? this.#heights.at(this.#top + this.clientHeight - HEAD) + (by < 0 ? 1 : 0) : lowerBound(rows, this.selected);
    const index = Math.max(0, Math.min(rows.length - 1, from + by));
    const entry = rows[index] as Entry;
    this.selected = entry.seq;
    const top = this.#heights.offset(index) + HEAD;
    const bottom = top + this.#heights.get(index);
    if (top < this.#top + 40) this.#moveTo(top - 60);
    else if (bottom > this.#top + this.clientHeight - 40) this.#moveTo(bottom - this.clientHeight + 60);
    this.#schedule();
    return entry;
  }

  /** Forgets what rows measured, after something changed how they are laid out. */
  remeasure(): void {
    this.#width = 0;
    this.#schedule();
  }

  /** Draws everything again, for instance after the words of a search changed. */
  redraw(): void {
    this.#schedule();
  }

  readonly #redraw = () => this.#schedule();

  #moveTo(top: number): void {
    this.scrollTop = top;
    this.#expected = -1;
  }

  readonly #scrolled = () => {
    const top = this.scrollTop;
    if (Math.abs(top - this.#expected) < 2) return;
    const up = top < this.#top - 1;
    const atEnd = top + this.clientHeight >= this.scrollHeight - 4;
    this.#top = top;
    this.#expected = -1;
    this.#holdOn();
    const model = this.#model;
    if (model !== undefined) model.setFollowing(atEnd || (model.following && !up));
    this.#schedule();
  };

  readonly #clicked = (event: Event) => {
    const element = event.target as Element;
    const seq = Number(element.closest<HTMLElement>('.row')?.dataset.seq);
    if (!(seq > 0) || element.closest('a.out') !== null) return;
    if (element.closest('a.when') !== null) {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('share-event', { detail: seq, bubbles: true }));
    } else if (String(getSelection() ?? '') !== '') return;
    this.selected = this.selected === seq ? undefined : seq;
    this.#schedule();
  };

  #schedule(): void {
    if (this.#scheduled === 0 && this.isConnected) this.#scheduled = requestAnimationFrame(() => this.#frame());
  }

  #frame(): void {
    this.#scheduled = 0;
    const model = this.#model;
    if (model === undefined || this.clientHeight === 0) return;
    this.#syncWidth();
    this.#syncRows(model);
    const rows = model.rows;
    const height = this.clientHeight;
    for (let pass = 0; pass < 3; pass++) {
      this.#top = this.#goal(model, height);
      const first = Math.max(0, this.#heights.at(this.#top - HEAD) - OVERSCAN);
      const last = Math.min(rows.length, this.#heights.at(this.#top - HEAD + height) + OVERSCAN + 1);
      this.#draw(rows, first, last);
      if (!this.#measure(rows, first)) break;
    }
    this.#space.style.height = `${this.#heights.total + HEAD + FOOT}px`;
    this.#top = this.#goal(model, height);
    if (Math.abs(this.scrollTop - this.#top) > 0.5) this.scrollTop = this.#top;
    this.#top = this.scrollTop;
    this.#expected = this.#top;
    // Who scrolls chooses the anchor, nothing else: a filter that leaves too little to scroll by does not lose the place.
    if (model.following) this.#anchor = undefined;
    else if (this.#anchor === undefined) this.#holdOn();
    const seen = this.#heights.at(this.#top - HEAD);
    const end = this.#heights.at(this.#top - HEAD + height);
    model.seen = { first: rows[seen]?.seq ?? 0, last: rows[end]?.seq ?? 0 };
    this.#drawHead(model);
    this.#readOut(model);
    this.#fetchMore(model, height);
  }

  /** Where the view belongs now. */
  #goal(model: LogSource, height: number): number {
    const most = Math.max(0, this.#heights.total + HEAD + FOOT - height);
    if (model.following) return most;
    const anchor = this.#anchor;
    if (anchor === undefined) return Math.min(this.#top, most);
    const index = Math.min(lowerBound(model.rows, anchor.seq), Math.max(0, model.rows.length - 1));
    return Math.max(0, Math.min(most, this.#heights.offset(index) + HEAD - anchor.delta));
  }

  #holdOn(): void {
    const rows = this.#model?.rows ?? [];
    const index = this.#heights.at(this.#top - HEAD);
    const entry = rows[index];
    this.#anchor = entry === undefined ? undefined : { seq: entry.seq, delta: this.#heights.offset(index) + HEAD - this.#top };
  }

  #syncWidth(): void {
    if (this.clientWidth === this.#width) return;
    this.#width = this.clientWidth;
    this.#measured.clear();
    this.#rebuilt = -1;
    const size = parseFloat(getComputedStyle(this).fontSize);
    this.#charWidth = size * 0.602;
  }

  #syncRows(model: LogSource): void {
    const rows = model.rows;
    if (model.rebuilt !== this.#rebuilt || rows.length < this.#known) {
      this.#rebuilt = model.rebuilt;
      this.#heights.reset(this.#heightsOf(rows));
    } else {
      for (let index = this.#known; index < rows.length; index++) {
        const entry = rows[index] as Entry;
        this.#heights.push(this.#measured.get(entry.seq) ?? this.#guess(entry));
      }
    }
    this.#known = rows.length;
  }

  *#heightsOf(rows: readonly Entry[]): Iterable<number> {
    for (const entry of rows) yield this.#measured.get(entry.seq) ?? this.#guess(entry);
  }

  /** A height good enough to scroll by until the row is drawn and measured. */
  #guess(entry: Entry): number {
    const columns = Math.max(20, (this.#width - (this.#width < 640 ? 92 : 208)) / this.#charWidth);
    let lines = 0;
    for (const line of entry.text.split('\n')) lines += Math.max(1, Math.ceil((line.length < 80 ? line.length : plain(line).length) / columns));
    return entry.kind === 'log' ? 2 + lines * 20 : 14 + lines * 21;
  }

  #draw(rows: readonly Entry[], first: number, last: number): void {
    const model = this.#model as LogSource;
    const { words } = model;
    const part = rows.slice(first, last);
    const inside = this.#drawn.contains(document.activeElement);
    this.#drawn.style.transform = `translateY(${this.#heights.offset(first) + HEAD}px)`;
    render(
      repeat(
        part,
        (entry) => entry.seq,
        (entry) =>
          row(entry, {
            address: model.addressOf(entry.seq),
            words,
            selected: entry.seq === this.selected,
            target: entry.seq === this.target,
          }),
      ),
      this.#drawn,
    );
    // A link that scrolled away with the focus on it leaves the focus to the log.
    if (inside && !this.#drawn.contains(document.activeElement)) this.focus({ preventScroll: true });
  }

  /** Takes over what the drawn rows really measure; whether anything was different. */
  #measure(rows: readonly Entry[], first: number): boolean {
    let changed = false;
    let index = first;
    for (const element of this.#drawn.children) {
      const height = element.getBoundingClientRect().height;
      const entry = rows[index];
      if (entry === undefined) break;
      this.#measured.set(entry.seq, height);
      if (Math.abs(height - this.#heights.get(index)) > 0.25) {
        this.#heights.set(index, height);
        changed = true;
      }
      index++;
    }
    return changed;
  }

  #drawHead(model: LogSource): void {
    const first = model.view.first;
    const retry = () => void model.loadOlder();
    render(
      model.problem !== ''
        ? html`<span>Older events could not be loaded: ${model.problem}</span> <button class="quiet" @click=${retry}>Try again</button>`
        : model.loadingOlder
          ? html`<span class="spinner"></span><span>Loading what came before event ${whole(first)}</span>`
          : model.view.hasOlder
            ? html`<button class="quiet" @click=${retry}>Load events before ${whole(first)}</button>`
            : model.view.entries.length > 0
              ? html`<span>Beginning of the ${model.about}</span>`
              : nothing,
      this.#head,
    );
  }

  /** Lets a screen reader read new rows as they come, unless they come in a flood or somebody looks elsewhere. */
  #readOut(model: LogSource): void {
    const now = Date.now();
    const newest = model.rows.at(-1)?.seq ?? 0;
    const fresh = model.atLive && model.following && this.#paintedTo > 0 && newest > this.#paintedTo;
    if (fresh) {
      for (let index = model.rows.length - 1; index >= 0; index--) {
        const entry = model.rows[index] as Entry;
        if (entry.seq <= this.#paintedTo) break;
        this.#pace.push(now);
        if (entry.seq > model.caughtUpTo) this.lags.push(now - entry.recorded);
      }
      if (this.lags.length > 2000) this.lags.splice(0, this.lags.length - 2000);
    }
    // What was drawn late because somebody looked elsewhere says nothing about how fast drawing is.
    this.#paintedTo = Math.max(this.#paintedTo, model.atLive && model.following ? newest : model.lastSequence);
    this.#pace = this.#pace.slice(-1000).filter((at) => now - at < 3_000);
    const flood = this.#pace.length > FLOOD_A_SECOND * 3;
    const live = model.following && !flood ? 'polite' : 'off';
    if (this.getAttribute('aria-live') !== live) this.setAttribute('aria-live', live);
    if (flood && now - this.#announcedAt > 15_000) {
      this.#announcedAt = now;
      this.dispatchEvent(new CustomEvent('announce', { detail: `Events come fast; reading out is paused. The newest is event ${newest}.`, bubbles: true }));
    }
  }

  #fetchMore(model: LogSource, height: number): void {
    if (this.#top < REACH && model.view.hasOlder && model.problem === '' && model.view.entries.length > 0) void model.loadOlder();
    const below = this.#heights.total + HEAD + FOOT - height - this.#top;
    if (below < REACH && model.behind && model.problem === '') void model.loadNewer();
  }
}

customElements.define('claw-log', LogView);
