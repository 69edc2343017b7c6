import type { markdown } from '../markdown.js';

/** Texts as elements, each made once; the oldest go when there are too many. */
const MOST = 900;

/** Markdown of messages and descriptions, with the names in it marked. */
export class Sayings {
  #markdown: typeof markdown | undefined;
  readonly #made = new Map<string, HTMLElement>();

  constructor(private readonly changed: () => void) {}

  /** Fetches what makes elements of Markdown; until it is there the text stands as it is. */
  load(): void {
    void import('../markdown.js').then((module) => {
      this.#markdown = module.markdown;
      this.changed();
    });
  }

  get loaded(): boolean {
    return this.#markdown !== undefined;
  }

  /** The element of a text. The key names the place, for an element can stand in one only. */
  of(key: string, text: string, names: ReadonlySet<string> = NOBODY, mine: ReadonlySet<string> = NOBODY): HTMLElement | string {
    if (this.#markdown === undefined) return text;
    const whole = `${key} ${[...names].join(',')} ${text}`;
    let element = this.#made.get(whole);
    if (element === undefined) {
      element = this.#markdown(text);
      if (names.size > 0) markNames(element, names, mine);
      this.#made.set(whole, element);
      if (this.#made.size > MOST) {
        for (const oldest of this.#made.keys()) {
          this.#made.delete(oldest);
          if (this.#made.size <= MOST / 2) break;
        }
      }
    }
    return element;
  }
}

const NOBODY: ReadonlySet<string> = new Set();

/** Marks @names that are named, those of the reader more strongly. Code and links stay as they are. */
function markNames(holder: HTMLElement, names: ReadonlySet<string>, mine: ReadonlySet<string>): void {
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const text = walker.currentNode as Text;
    if (text.data.includes('@') && text.parentElement?.closest('code, pre, a') === null) texts.push(text);
  }
  for (const text of texts) {
    const parts = text.data.split(/(@[A-Za-z0-9_.-]+)/);
    if (parts.length === 1) continue;
    text.replaceWith(
      ...parts.map((part) => {
        const name = part.slice(1).replace(/[.-]+$/, '').toLowerCase();
        if (!part.startsWith('@') || !names.has(name)) return part;
        const label = document.createElement('span');
        label.className = mine.has(name) ? 'mention me' : 'mention';
        label.textContent = `@${part.slice(1, 1 + name.length)}`;
        return part.length === name.length + 1 ? label : fragment(label, part.slice(1 + name.length));
      }),
    );
  }
}

function fragment(...parts: (Node | string)[]): DocumentFragment {
  const made = document.createDocumentFragment();
  made.append(...parts);
  return made;
}
