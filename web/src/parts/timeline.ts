import { html, type PropertyValues } from 'lit';
import { millis } from '../contract/entry.js';
import { clock, dayAndClock, span, whole } from '../format.js';
import { LightElement } from '../light-element.js';
import { TIMELINE_BUCKETS } from '../session/facts.js';
import type { SessionModel } from '../session/model.js';
import { lowerBound } from '../session/segment.js';
import { barsOf, columnsOf, partAt, piecesOf, timeAt, type Bar, type Piece } from './time-axis.js';

/** Height of the lane in which proofs and errors are marked. */
const LANE = 12;
/** Width of a column with its gap. */
const COLUMN = 4;
const REDRAW_MS = 250;
const NEAR_A_MARK = 6;

/** How much happened when, over the whole session, with a handle to go there. */
export class Timeline extends LightElement {
  static override properties = { model: { attribute: false } };
  declare model: SessionModel;
  #bars: Bar[] = [];
  #pieces: Piece[] = [];
  #start = 0;
  #end = 1;
  #hover: number | undefined;
  #dragging = false;
  #drawAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe: (() => void) | undefined;
  readonly #resize = new ResizeObserver(() => this.#draw());

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('themechange', this.#drawNow);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.#drawNow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#resize.disconnect();
    clearTimeout(this.#timer);
    removeEventListener('themechange', this.#drawNow);
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.#drawNow);
  }

  override render(): unknown {
    return html`<div
      class="strip"
      role="slider"
      tabindex="0"
      aria-label="Position in the session"
      aria-orientation="horizontal"
      data-testid="timeline"
      @pointerdown=${this.#down}
      @pointermove=${this.#move}
      @pointerup=${this.#up}
      @pointercancel=${this.#up}
      @pointerleave=${this.#leave}
      @keydown=${this.#key}
    >
      <canvas aria-hidden="true"></canvas>
      <div class="tip" hidden></div>
    </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('model')) return;
    this.#unsubscribe?.();
    this.#unsubscribe = this.model.subscribe(() => this.#soon());
    this.#resize.observe(this.#strip);
    this.#draw();
  }

  get #strip(): HTMLElement {
    return this.querySelector('.strip') as HTMLElement;
  }

  readonly #drawNow = () => this.#draw();

  /** Draws at most four times a second: the strip moves slowly, the log must not wait for it. */
  #soon(): void {
    if (this.#timer !== undefined) return;
    const wait = this.model.player.mode === 'playing' || this.#dragging ? 50 : REDRAW_MS;
    this.#timer = setTimeout(() => this.#draw(), Math.max(0, this.#drawAt + wait - Date.now()));
  }

  #measureUp(): void {
    const timeline = this.model.timeline;
    const entries = this.model.live.entries;
    const newest = entries.at(-1);
    const read = timeline?.start === undefined ? undefined : timeline;
    this.#start = millis(read?.start) ?? entries[0]?.recorded ?? Date.now();
    const readEnd = millis(read?.end) ?? this.#start;
    this.#end = Math.max(readEnd, newest?.recorded ?? 0, this.#start + 1000);
    this.#bars = read === undefined ? [] : barsOf(read, this.#start, readEnd);
    // What came after the server counted.
    const width = Math.max((readEnd - this.#start) / TIMELINE_BUCKETS, (this.#end - this.#start) / TIMELINE_BUCKETS, 1);
    let bar: Bar | undefined;
    for (let index = lowerBound(entries, Number(read?.lastSequence ?? 0) + 1); index < entries.length; index++) {
      const entry = entries[index];
      if (entry === undefined || entry.kind === 'gap') continue;
      if (bar === undefined || entry.recorded >= bar.to) {
        bar = { from: entry.recorded, to: entry.recorded + width, first: entry.seq, last: entry.seq, events: 0, warnings: 0, errors: 0 };
        this.#bars.push(bar);
      }
      bar.events++;
      bar.last = entry.seq;
      if (entry.level === 'warn') bar.warnings++;
      if (entry.level === 'error') bar.errors++;
    }
    this.#end = Math.max(this.#end, this.#bars.at(-1)?.to ?? 0);
    this.#pieces = piecesOf(this.#bars, this.#start, this.#end);
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#drawAt = Date.now();
    const canvas = this.querySelector('canvas');
    if (canvas === null || this.model === undefined) return;
    const { width, height } = this.#strip.getBoundingClientRect();
    if (width === 0) return;
    this.#measureUp();
    const scale = devicePixelRatio;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
    }
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    const style = getComputedStyle(this);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const head = this.#headTime();
    const headX = this.model.player.mode === 'live' ? width : this.#x(head, width);
    const columns = columnsOf(this.#bars, this.#pieces, Math.max(1, Math.floor(width / COLUMN)));
    const wide = width / columns.length;
    const most = Math.max(1, ...columns.map((column) => column.events));
    const room = height - LANE - 3;
    columns.forEach((column, index) => {
      if (column.events === 0) return;
      const x = index * wide;
      const tall = Math.max(2, Math.sqrt(column.events / most) * room);
      const stack = (count: number, name: string) => {
        if (count === 0) return;
        pen.fillStyle = colour(name);
        const part = Math.max(2, (tall * count) / column.events);
        pen.fillRect(x, height - part, wide - 1, part);
      };
      pen.globalAlpha = x > headX ? 0.35 : 1;
      stack(column.events, '--density');
      if (column.warnings > 0) stack(column.warnings + column.errors, '--warn');
      stack(column.errors, '--error');
    });
    pen.globalAlpha = 1;
    pen.fillStyle = colour('--line');
    pen.fillRect(0, height - 1, width, 1);
    pen.fillStyle = colour('--line-strong');
    for (const piece of this.#pieces) {
      if (!piece.silent) continue;
      const middle = ((piece.left + piece.right) / 2) * width;
      for (let y = LANE + 2; y < height - 2; y += 6) pen.fillRect(middle - 1, y, 2, 3);
    }
    const seen = this.model.seen;
    if (!this.model.following && seen.first > 0) {
      const left = this.#x(this.#timeOf(seen.first), width);
      const across = Math.max(3, this.#x(this.#timeOf(seen.last), width) - left);
      pen.fillStyle = colour('--focus');
      pen.globalAlpha = 0.25;
      pen.fillRect(left, LANE, across, height - LANE);
      pen.globalAlpha = 1;
      pen.fillRect(left, height - 2, across, 2);
    }
    for (const mark of this.#marks()) {
      const x = Math.max(4, Math.min(width - 4, this.#x(mark.at, width)));
      if (mark.kind === 'log') {
        pen.fillStyle = colour('--error');
        pen.fillRect(x - 0.75, 2, 1.5, LANE - 4);
      } else if (mark.kind === 'proof' || mark.kind === 'artifact') {
        pen.fillStyle = colour(mark.kind === 'proof' ? '--proof' : '--artifact');
        pen.beginPath();
        pen.moveTo(x, 1);
        pen.lineTo(x + 4, 5);
        pen.lineTo(x, 9);
        pen.lineTo(x - 4, 5);
        pen.fill();
      } else {
        pen.fillStyle = colour('--faint');
        pen.fillRect(x - 0.5, 2, 1, LANE - 4);
      }
    }
    pen.fillStyle = colour('--accent');
    pen.fillRect(Math.min(headX, width - 2), 0, 2, height);
    pen.beginPath();
    pen.arc(Math.max(4, Math.min(headX + 1, width - 4)), height / 2 + 4, 4, 0, 7);
    pen.fill();
    if (this.#hover !== undefined) {
      pen.fillStyle = colour('--muted');
      pen.fillRect(this.#hover, 0, 1, height);
    }
    this.#describe(head);
  }

  #describe(head: number): void {
    const last = this.model.lastSequence;
    const strip = this.#strip;
    const position = this.model.player.mode === 'live' ? last : this.model.player.position;
    strip.setAttribute('aria-valuemin', '0');
    strip.setAttribute('aria-valuemax', String(last));
    strip.setAttribute('aria-valuenow', String(Math.min(position, last)));
    strip.setAttribute('aria-valuetext', `${clock(head)}, event ${whole(position)} of ${whole(last)}`);
  }

  *#marks(): Iterable<{ at: number; kind: string; seq: number }> {
    const timeline = this.model.timeline;
    for (const mark of timeline?.marks ?? []) yield { at: millis(mark.recordedAt) ?? 0, kind: mark.kind, seq: Number(mark.sequence) };
    const entries = this.model.live.entries;
    for (let index = lowerBound(entries, Number(timeline?.lastSequence ?? 0) + 1); index < entries.length; index++) {
      const entry = entries[index];
      if (entry === undefined) continue;
      const worth = entry.level === 'error' || entry.kind === 'proof' || entry.kind === 'artifact' || entry.kind === 'status';
      if (worth) yield { at: entry.recorded, kind: entry.kind, seq: entry.seq };
    }
  }

  #headTime(): number {
    const player = this.model.player;
    if (player.mode === 'live') return this.#end;
    return this.#timeOf(player.position);
  }

  /** When an event was recorded, as exactly as what is loaded tells. */
  #timeOf(seq: number): number {
    const entries = this.model.view.entries;
    const index = lowerBound(entries, seq);
    const entry = entries[index];
    if (entry !== undefined && entry.seq === seq && entry.recorded > 0) return entry.recorded;
    const bar = this.#bars.find((each) => seq <= each.last);
    if (bar === undefined) return this.#end;
    if (seq <= bar.first) return bar.from;
    return bar.from + ((bar.to - bar.from) * (seq - bar.first)) / Math.max(1, bar.last - bar.first);
  }

  #sequenceAt(time: number): number {
    const bar = this.#bars.find((each) => time < each.to);
    if (bar === undefined) return this.model.lastSequence;
    if (time <= bar.from) return Math.max(0, bar.first - 1);
    const guess = Math.round(bar.first + ((bar.last - bar.first) * (time - bar.from)) / (bar.to - bar.from));
    const entries = this.model.view.entries;
    if (!this.model.view.holds(guess)) return guess;
    let index = lowerBound(entries, guess);
    while (index > 0 && (entries[index]?.recorded ?? 0) > time) index--;
    while (index + 1 < entries.length && (entries[index + 1]?.recorded ?? Infinity) <= time) index++;
    return entries[index]?.seq ?? guess;
  }

  #silenceAt(time: number): string {
    const piece = this.#pieces.find((each) => each.silent && time >= each.from && time <= each.to);
    return piece === undefined ? 'nothing happened' : `silence of ${span(piece.to - piece.from)}`;
  }

  #x(time: number, width: number): number {
    return partAt(this.#pieces, time) * width;
  }

  #time(x: number, width: number): number {
    return timeAt(this.#pieces, x / width) ?? this.#end;
  }

  #goTo(event: PointerEvent): void {
    const box = this.#strip.getBoundingClientRect();
    const x = Math.max(0, Math.min(box.width, event.clientX - box.left));
    let seq: number | undefined;
    if (event.clientY - box.top < LANE + 2) {
      let nearest = NEAR_A_MARK;
      for (const mark of this.#marks()) {
        const away = Math.abs(this.#x(mark.at, box.width) - x);
        if (away < nearest) {
          nearest = away;
          seq = mark.seq;
        }
      }
    }
    if (seq === undefined && x >= box.width - 3) this.model.goLive();
    else void this.model.seek(seq ?? this.#sequenceAt(this.#time(x, box.width)));
  }

  readonly #down = (event: PointerEvent) => {
    this.#dragging = true;
    this.#strip.setPointerCapture(event.pointerId);
    this.#goTo(event);
  };

  readonly #move = (event: PointerEvent) => {
    const box = this.#strip.getBoundingClientRect();
    const x = Math.max(0, Math.min(box.width, event.clientX - box.left));
    this.#hover = x;
    const time = this.#time(x, box.width);
    const bar = this.#bars.find((each) => time >= each.from && time < each.to);
    const tip = this.querySelector<HTMLElement>('.tip');
    if (tip !== null) {
      tip.hidden = false;
      const parts = [dayAndClock(time), bar === undefined ? this.#silenceAt(time) : `${whole(bar.events)} events`];
      if (bar !== undefined && bar.errors > 0) parts.push(`${whole(bar.errors)} errors`);
      tip.textContent = parts.join(' · ');
      tip.style.left = `${Math.max(0, Math.min(box.width - tip.offsetWidth, x - tip.offsetWidth / 2))}px`;
    }
    if (this.#dragging) this.#goTo(event);
    this.#soon();
  };

  readonly #up = () => {
    this.#dragging = false;
    this.#soon();
  };

  readonly #leave = () => {
    this.#hover = undefined;
    const tip = this.querySelector<HTMLElement>('.tip');
    if (tip !== null) tip.hidden = true;
    this.#soon();
  };

  readonly #key = (event: KeyboardEvent) => {
    const last = this.model.lastSequence;
    const at = this.model.player.mode === 'live' ? last : this.model.player.position;
    const step = Math.max(1, Math.round(last / 100));
    const goals: Record<string, number> = {
      ArrowLeft: at - step,
      ArrowDown: at - step,
      ArrowRight: at + step,
      ArrowUp: at + step,
      PageDown: at - 10 * step,
      PageUp: at + 10 * step,
      Home: 1,
      End: last,
    };
    const goal = goals[event.key];
    if (goal === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (goal >= last) this.model.goLive();
    else void this.model.seek(Math.max(1, goal));
  };
}

customElements.define('claw-timeline', Timeline);
