import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry } from '../contract/entry.js';
import { agoSentence, dayAndClock, whole } from '../format.js';
import { shortHash, shortUrl } from '../log/row.js';
import { link, richText } from '../log/text.js';
import type { SessionModel } from '../session/model.js';
import { icon, iconOf } from './icons.js';

/** How many are drawn at first; more on demand, for the panel stands beside the log all the time and must stay light. */
export const EVIDENCE_SHOWN = 40;

/** What a list of evidence needs of the page. */
export interface EvidencePlace {
  now: number;
  shown: number;
  show: (seq: number) => void;
  more: () => void;
}

/** Proofs, newest first. */
export function proofsOf(model: SessionModel): Entry[] {
  return model.proofs.entries.filter((entry) => entry.kind === 'proof').reverse();
}

/** What a viewer can fetch: artifacts, and proofs that name a commit or an address. */
export function artifactsOf(model: SessionModel): Entry[] {
  return model.proofs.entries.filter((entry) => entry.kind === 'artifact' || (entry.url ?? '') !== '' || (entry.hash ?? '') !== '').reverse();
}

export function proofsPanel(model: SessionModel, place: EvidencePlace): TemplateResult {
  const proofs = proofsOf(model);
  return html`<section class="panel proofs" id="proofs" tabindex="-1" aria-labelledby="proofs-title" data-testid="proofs">
    <h2 id="proofs-title">${icon('proof')}Proofs <span class="count">${whole(proofs.length)}</span></h2>
    ${proofs.length === 0
      ? html`<p class="empty">${model.proofs.loading ? 'Loading …' : 'No proof of work yet: commits, deployments, test runs and pictures will stand here.'}</p>`
      : list(proofs, place)}
    ${proofs.length > place.shown ? moreButton(place) : older(model)}
  </section>`;
}

export function artifactsPanel(model: SessionModel, place: EvidencePlace): TemplateResult {
  const artifacts = artifactsOf(model);
  return html`<section class="panel artifacts" id="artifacts" tabindex="-1" aria-label="Artifacts" data-testid="artifacts">
    ${artifacts.length === 0 ? html`<p class="empty">Nothing to fetch yet.</p>` : list(artifacts, place)}
    ${artifacts.length > place.shown ? moreButton(place) : older(model)}
  </section>`;
}

/** Proofs in one line, for screens without room beside the log. */
export function proofStrip(model: SessionModel, open: () => void): TemplateResult {
  const proofs = proofsOf(model);
  const newest = proofs[0];
  return html`<button class="proof-strip" data-testid="proof-strip" @click=${open} title="All proofs">
    ${icon('proof')}<span class="sr">Proofs: </span><span class="count">${whole(proofs.length)}</span>
    ${newest === undefined
      ? html`<span class="newest">No proofs yet</span>`
      : html`${iconOf(newest.sort)}<span class="newest">${newest.text || `A ${newest.sort}`}</span>${newest.hash ? html`<code class="hash">${shortHash(newest.hash)}</code>` : nothing}`}
    ${icon('next')}
  </button>`;
}

function moreButton(place: EvidencePlace): TemplateResult {
  return html`<button class="quiet" @click=${place.more}>Show more</button>`;
}

function list(entries: Entry[], place: EvidencePlace): TemplateResult {
  return html`<ol class="evidence">
    ${repeat(
      entries.slice(0, place.shown),
      (entry) => entry.seq,
      (entry) => html`<li class="is-${entry.sort}" data-seq=${entry.seq}>
        <span class="badge" title=${entry.sort ?? ''}>${iconOf(entry.sort)}</span>
        <div class="what">
          <button class="plain" @click=${() => place.show(entry.seq)} title="Show in the log">
            ${entry.text === '' ? `A ${entry.sort}` : richText(entry.text, [], false)}
          </button>
          <div class="about">
            <span class="sort">${entry.sort}</span>
            ${entry.hash ? html`<code class="hash" title=${entry.hash}>${shortHash(entry.hash)}</code>` : nothing}
            ${entry.mediaType ? html`<span>${entry.mediaType}</span>` : nothing}
            <time title=${dayAndClock(entry.at)}>${agoSentence(entry.at, place.now)}</time>
          </div>
          ${entry.url ? html`<div class="url">${link(entry.url, html`${shortUrl(entry.url)} ${icon('external')}`)}</div>` : nothing}
        </div>
      </li>`,
    )}
  </ol>`;
}

function older(model: SessionModel): unknown {
  const ledger = model.proofs;
  if (ledger.problem !== '') return html`<p class="empty">${ledger.problem}</p>`;
  if (!ledger.hasOlder) return nothing;
  return html`<button class="quiet" ?disabled=${ledger.loading} @click=${() => ledger.loadOlder(model.lastSequence)}>Load older ones</button>`;
}
