import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry } from '../contract/entry.js';
import { dayAndClock, whole } from '../format.js';
import { plain } from '../log/ansi.js';
import { richText } from '../log/text.js';
import type { Finder } from '../session/finder.js';

const SHOWN = 300;
const AROUND = 90;

/** What a search found, newest first. */
export function hitsPanel(finder: Finder, show: (seq: number) => void): TemplateResult {
  const shown = finder.hits[finder.at]?.seq;
  return html`<section class="panel hits" aria-label="Search results" data-testid="hits">
    ${finder.hits.length === 0
      ? html`<p class="empty">${finder.running ? 'Searching …' : 'Nothing found. Words may stand in any order; "a phrase" stands as it is; -word must not stand.'}</p>`
      : html`<ol>
          ${repeat(
            finder.hits.slice(0, SHOWN),
            (hit) => hit.seq,
            (hit, index) => html`<li class=${hit.seq === shown ? 'at' : ''}>
              <button
                class="plain"
                data-seq=${hit.seq}
                @click=${() => {
                  finder.at = index;
                  show(hit.seq);
                }}
              >
                <span class="by"><span class="k-${hit.kind}">${hit.kind}</span> <time>${dayAndClock(hit.at)}</time></span>
                <span class="text">${richText(excerpt(hit, finder.words), finder.words, false)}</span>
              </button>
            </li>`,
          )}
        </ol>`}
    ${finder.hits.length > SHOWN ? html`<p class="empty">${whole(finder.hits.length - SHOWN)} more: go on with n, or narrow the search.</p>` : ''}
  </section>`;
}

/** The text around the first word that was found. */
function excerpt(hit: Entry, words: readonly string[]): string {
  const text = plain(hit.text).replace(/\s+/g, ' ');
  const low = text.toLowerCase();
  const at = Math.min(...words.map((word) => low.indexOf(word)).filter((index) => index >= 0), text.length);
  const from = at === text.length ? 0 : Math.max(0, at - AROUND / 3);
  return `${from > 0 ? '…' : ''}${text.slice(from, from + 2 * AROUND)}${from + 2 * AROUND < text.length ? '…' : ''}`;
}
