import { html, nothing, type TemplateResult } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';
import { isDark } from '../theme-choice.js';
import { inkOn, readable, runs, type Style } from './ansi.js';

/**
 * Sets colours through the object model: the page's content security policy refuses style attributes.
 */
class Paint extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('paint stands on an element');
  }
  override render(_fg: string, _bg: string): unknown {
    return nothing;
  }
  override update(part: ElementPart, [fg, bg]: [string, string]): unknown {
    const style = (part.element as HTMLElement).style;
    style.color = fg;
    style.backgroundColor = bg;
    return nothing;
  }
}
const paint = directive(Paint);

const PIECES = /\[masked:([a-z0-9-]{1,40})\]|(https?:\/\/[^\s<>"'`\u001b]+)/gi;

/** A text with its colours, links, masked secrets as labels, and the words of a search marked. */
export function richText(text: string, words: readonly string[], colours: boolean): unknown {
  if (!colours) return pieces(text, words);
  const parts = runs(text);
  if (parts.length === 1 && parts[0] !== undefined && isPlain(parts[0].style)) return pieces(parts[0].text, words);
  return parts.map((run) => (isPlain(run.style) ? pieces(run.text, words) : coloured(run.style, pieces(run.text, words))));
}

function isPlain(style: Style): boolean {
  for (const each of Object.values(style)) if (each !== undefined && each !== false) return false;
  return true;
}

function coloured(style: Style, content: unknown): TemplateResult {
  let fg = style.inverse ? (style.bg ?? 'ground') : style.fg;
  const bg = style.inverse ? (style.fg ?? 'ink') : style.bg;
  // Text on a coloured ground takes black or white: pairs such as red on blue cannot be read.
  if (bg !== undefined) fg = undefined;
  const classes = [
    typeof fg === 'number' ? `fg${fg}` : '',
    typeof bg === 'number' ? `bg${bg}` : bg === 'ink' ? 'bgi' : '',
    style.bold ? 'sb' : '',
    style.faint ? 'sf' : '',
    style.italic ? 'si' : '',
    style.underline ? 'su' : '',
    style.struck ? 'ss' : '',
  ];
  const name = classes.filter(Boolean).join(' ');
  const ground = typeof bg === 'object' ? `rgb(${bg.join(' ')})` : '';
  const ink = typeof bg === 'object' ? inkOn(bg) : typeof fg === 'object' ? readable(fg, isDark()) : '';
  return html`<span class=${name} ${paint(ink, ground)}>${content}</span>`;
}

function pieces(text: string, words: readonly string[]): unknown {
  const found: unknown[] = [];
  let from = 0;
  for (const match of text.matchAll(PIECES)) {
    if (match.index > from) found.push(marked(text.slice(from, match.index), words));
    from = match.index + match[0].length;
    if (match[1] !== undefined) found.push(maskedLabel(match[1]));
    else {
      const address = (match[2] ?? '').replace(/[.,;:!?)\]}]+$/, '');
      from = match.index + address.length;
      found.push(link(address, marked(address, words)));
    }
  }
  if (found.length === 0) return marked(text, words);
  if (from < text.length) found.push(marked(text.slice(from), words));
  return found;
}

export function maskedLabel(kind: string): TemplateResult {
  return html`<span class="masked" title="A secret stood here; the server never stored it">${kind.replaceAll('-', ' ')} masked</span>`;
}

/** A link out of the page, for http and https alone; anything else stays text. */
export function link(address: string, content: unknown): unknown {
  const safe = safeAddress(address);
  if (safe === undefined) return content;
  return html`<a class="out" href=${safe} target="_blank" rel="noopener noreferrer nofollow">${content}</a>`;
}

export function safeAddress(address: string): string | undefined {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function marked(text: string, words: readonly string[]): unknown {
  if (words.length === 0) return text;
  const low = text.toLowerCase();
  // Some letters change their length in lower case; positions would be wrong then.
  if (low.length !== text.length) return text;
  const found: unknown[] = [];
  let from = 0;
  while (from < text.length) {
    let next = -1;
    let length = 0;
    for (const word of words) {
      const at = low.indexOf(word, from);
      if (at >= 0 && (next < 0 || at < next || (at === next && word.length > length))) {
        next = at;
        length = word.length;
      }
    }
    if (next < 0) break;
    if (next > from) found.push(text.slice(from, next));
    found.push(html`<mark>${text.slice(next, next + length)}</mark>`);
    from = next + length;
  }
  if (found.length === 0) return text;
  if (from < text.length) found.push(text.slice(from));
  return found;
}
