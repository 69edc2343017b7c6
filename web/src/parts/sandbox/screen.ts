// The terminal's screen. This file and what it brings is loaded when somebody opens a terminal, and not before.
import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';
import css from 'terminal:style';
import type { TerminalSize } from '../../contract/sandbox-wire.js';
import { sheet } from './sheets.js';

/** Lines that can be scrolled back to; the server keeps more. */
const SCROLLBACK = 5_000;
/** Bytes that wait to be drawn at most; beyond it, what writes them is held, and so in the end the program. */
const MOST_WAITING = 256 * 1024;

let styled = false;

export interface ScreenListener {
  typed(data: Uint8Array): void;
  resized(size: TerminalSize): void;
}

/** What a terminal shows, and what is typed into it. */
export class Screen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #watch: ResizeObserver;
  #frame = 0;
  #waiting = 0;
  /** While what was written before is drawn again, its questions have been answered already. */
  #quiet = 0;
  #escaped = false;

  constructor(
    private readonly place: HTMLElement,
    listener: ScreenListener,
    readable: boolean,
  ) {
    if (!styled) sheet(css);
    styled = true;
    const terminal = new Terminal({
      cursorBlink: true,
      fontFamily: token('--mono'),
      fontSize: innerWidth <= 760 ? 12 : 13,
      linkHandler: { activate: () => undefined },
      minimumContrastRatio: 4.5,
      screenReaderMode: readable,
      scrollback: SCROLLBACK,
      theme: theme(),
    });
    this.#terminal = terminal;
    terminal.loadAddon(this.#fit);
    terminal.open(place);
    const encoder = new TextEncoder();
    terminal.onData((text) => {
      if (this.#quiet === 0) listener.typed(encoder.encode(text));
    });
    terminal.onBinary((text) => {
      if (this.#quiet === 0) listener.typed(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
    });
    terminal.onResize(({ cols, rows }) => listener.resized({ columns: cols, rows }));
    terminal.attachCustomKeyEventHandler((event) => this.#key(event));
    this.#watch = new ResizeObserver(() => this.fit());
    this.#watch.observe(place);
    addEventListener('themechange', this.#themed);
    this.#scheme.addEventListener('change', this.#themed);
    this.#fit.fit();
  }

  get size(): TerminalSize {
    return { columns: Math.min(1000, this.#terminal.cols), rows: Math.min(1000, this.#terminal.rows) };
  }

  /** What can be seen and scrolled to, a line each. */
  get text(): string {
    const buffer = this.#terminal.buffer.active;
    const lines: string[] = [];
    for (let index = 0; index < buffer.length; index++) lines.push(buffer.getLine(index)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  }

  /** Draws bytes. Resolves when more may come. */
  write(data: Uint8Array, replayed: boolean): Promise<void> | undefined {
    if (replayed) this.#quiet++;
    this.#waiting += data.length;
    let drawn: () => void = () => undefined;
    this.#terminal.write(data, () => {
      this.#waiting -= data.length;
      if (replayed) this.#quiet--;
      drawn();
    });
    return this.#waiting <= MOST_WAITING ? undefined : new Promise((resolve) => (drawn = resolve));
  }

  /** Takes the room that there is. */
  fit(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      if (this.place.clientWidth > 0 && this.place.clientHeight > 0) this.#fit.fit();
    });
  }

  focus(): void {
    this.#terminal.focus();
  }

  setReadable(readable: boolean): void {
    this.#terminal.options.screenReaderMode = readable;
  }

  /** Shows what is there and takes no more keys. */
  freeze(): void {
    this.#terminal.options.disableStdin = true;
    this.#terminal.options.cursorBlink = false;
  }

  dispose(): void {
    this.#watch.disconnect();
    cancelAnimationFrame(this.#frame);
    removeEventListener('themechange', this.#themed);
    this.#scheme.removeEventListener('change', this.#themed);
    this.#terminal.dispose();
  }

  /** Escape and then Tab leaves: the tab key goes to the page and not to the program. */
  #key(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    if (event.key === 'Tab' && this.#escaped) {
      this.#escaped = false;
      return false;
    }
    if (event.key !== 'Shift') this.#escaped = event.key === 'Escape';
    return true;
  }

  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');

  readonly #themed = () => {
    this.#terminal.options.theme = theme();
  };
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The page's own colours. */
function theme(): ITheme {
  const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
  const colours: ITheme = {
    background: token('--sunken'),
    foreground: token('--text'),
    cursor: token('--accent'),
    cursorAccent: token('--on-accent'),
    selectionBackground: `${token('--focus')}55`,
    scrollbarSliderBackground: `${token('--faint')}55`,
    scrollbarSliderHoverBackground: `${token('--faint')}88`,
    scrollbarSliderActiveBackground: `${token('--faint')}aa`,
  };
  names.forEach((name, index) => {
    colours[name] = token(`--a${index}`);
    colours[`bright${name.charAt(0).toUpperCase()}${name.slice(1)}` as 'brightBlack'] = token(`--a${index + 8}`);
  });
  return colours;
}
