import { html, nothing, type TemplateResult } from 'lit';
import type { Entry } from '../contract/entry.js';
import { clock, dayAndClock } from '../format.js';
import { icon, iconOf } from '../parts/icons.js';
import { changeSentence } from '../sandbox/words.js';
import { link, richText } from './text.js';

/** How a row is shown beside what it says. */
export interface RowLook {
  /** Address of the row's event. */
  address: string;
  words: readonly string[];
  selected: boolean;
  target: boolean;
}

export function row(entry: Entry, look: RowLook): TemplateResult {
  const marks = `${look.selected ? ' selected' : ''}${look.target ? ' target' : ''}${entry.level ? ` l-${entry.level}` : ''}`;
  if (entry.kind === 'gap') {
    return html`<div class="row k-gap" data-seq=${entry.seq} data-kind="gap"><span class="divider">${entry.text}</span></div>`;
  }
  return html`<div class="row k-${entry.kind}${marks}" data-seq=${entry.seq} data-kind=${entry.kind} data-testid="row">
    <a class="when" href="${look.address}" tabindex="-1" title="${dayAndClock(entry.at)} · event ${entry.seq} · link to it"
      >${clock(entry.at)}<span class="ms">${clock(entry.at, true).slice(8)}</span></a>
    ${label(entry)}
    <div class="body">${body(entry, look)}</div>
  </div>`;
}

function label(entry: Entry): TemplateResult {
  switch (entry.kind) {
    case 'log':
      return html`<span class="label">${entry.level}</span>`;
    case 'proof':
    case 'artifact':
      return html`<span class="label">${iconOf(entry.sort)}<span>${entry.sort}</span></span>`;
    case 'thought':
      return html`<span class="label">${icon('thought')}<span>thought</span></span>`;
    case 'chat':
      return html`<span class="label">${icon('chat')}<span>chat</span></span>`;
    case 'alert':
      return html`<span class="label">${icon('alert')}<span>alert</span></span>`;
    case 'status':
      return html`<span class="label">${icon('clock')}<span>status</span></span>`;
    case 'sandbox':
      return html`<span class="label">${icon('box')}<span>sandbox</span></span>`;
    case 'reaction':
    case 'chat_change':
    case 'other':
    case 'gap':
      return html`<span class="label">${entry.kind}</span>`;
  }
}

function body(entry: Entry, look: RowLook): unknown {
  const text = (of: string) => richText(of, look.words, false);
  switch (entry.kind) {
    case 'log':
      return html`${entry.module ? html`<span class="module">${entry.module}</span>` : nothing}<span class="text"
        >${richText(entry.text, look.words, true)}${entry.continued ? html`<span class="more" title="The line goes on in the next event"> …</span>` : nothing}</span
      >`;
    case 'thought':
      return html`<span class="text">${text(entry.text)}</span>${entry.tags?.map((tag) => html`<span class="pill-tag">${tag}</span>`)}`;
    case 'proof':
    case 'artifact':
      return html`<span class="text">${entry.text === '' ? `A ${entry.sort}` : text(entry.text)}</span>
        ${entry.hash ? html`<code class="hash">${shortHash(entry.hash)}</code>` : nothing}
        ${entry.url ? html`<span class="url">${link(entry.url, text(shortUrl(entry.url)))}</span>` : nothing}`;
    case 'chat':
      return html`<strong class="user">${entry.user || 'somebody'}</strong> ${entry.removed ? html`<em class="gone">deleted</em>` : html`<span class="text">${spoken(entry.text, text)}</span>`}`;
    case 'status':
      return html`<span class="text">${STATUS[entry.sort ?? ''] ?? 'The session changed'}${entry.text ? html`: ${text(entry.text)}` : nothing}</span>`;
    case 'sandbox':
      return html`<span class="text">${entry.change === undefined ? 'It changed' : changeSentence(entry.change)}${entry.text ? html`. ${text(entry.text)}` : nothing}</span>`;
    case 'alert':
    case 'reaction':
    case 'chat_change':
    case 'other':
    case 'gap':
      return html`<span class="text">${text(entry.text)}</span>`;
  }
}

/** A message in one row: its code as such; the panel shows the rest of its Markdown. */
function spoken(said: string, text: (of: string) => unknown): unknown {
  const parts = said.split(/`([^`\n]+)`/);
  return parts.length === 1 ? text(said) : parts.map((part, index) => (index % 2 === 1 ? html`<code>${text(part)}</code>` : text(part)));
}

const STATUS: Record<string, string> = {
  live: 'The session is live',
  paused: 'The session is paused',
  ended: 'The session has ended',
};

export function shortHash(hash: string): string {
  const [algorithm, digits] = hash.includes(':') ? (hash.split(':', 2) as [string, string]) : ['', hash];
  return `${algorithm ? `${algorithm}:` : ''}${digits.slice(0, algorithm ? 12 : 10)}`;
}

export function shortUrl(url: string): string {
  const bare = url.replace(/^https?:\/\//, '');
  return bare.length > 60 ? `${bare.slice(0, 57)}…` : bare;
}
