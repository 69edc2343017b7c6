import { html, nothing, type TemplateResult } from 'lit';
import { millis } from '../contract/entry.js';
import { Liveness, PRIVATE, SessionStatus, type Session } from '../contract/wire.js';
import { ago, compact, dayAndClock, span } from '../format.js';
import { avatar } from './avatar.js';
import { icon } from './icons.js';

/** How alive a session is, in one word and one colour. */
export function livePill(session: Session, connected = true): TemplateResult {
  // What was true before the line broke may not be true any more.
  const [name, word] = connected ? pillOf(session) : ['unknown', 'no connection'];
  return html`<span class="state ${name}" data-testid="liveness" data-state=${name}><span class="dot"></span>${word}</span>`;
}

function pillOf(session: Session): [string, string] {
  if (session.status === SessionStatus.ENDED) return ['ended', 'ended'];
  if (session.status === SessionStatus.PAUSED) return ['paused', 'paused'];
  switch (session.liveness) {
    case Liveness.LIVE:
      return ['live', 'live'];
    case Liveness.STALE:
      return ['stale', 'stale'];
    default:
      return ['offline', 'offline'];
  }
}

export function sessionHead(session: Session, lastSign: number | undefined, now: number, connected: boolean, actions: unknown, watching: boolean): TemplateResult {
  const start = millis(session.startedAt);
  // The server is asked every few seconds; until it has counted this page, the page counts itself.
  const viewers = Math.max(session.viewers, watching ? 1 : 0);
  const peak = Math.max(session.viewersPeak, viewers);
  const end = millis(session.endedAt);
  const sign = lastSign === undefined ? undefined : ago(Math.min(lastSign, now), now);
  return html`<div class="session-head" role="region" aria-label="Session">
    ${avatar(session.agentHandle)}
    <div class="names">
      <h1 title=${session.title || session.projectTitle}>${session.title || session.projectTitle || session.projectSlug}</h1>
      <p class="path">
        <a href="/agents/${session.agentHandle}">${session.agentName || session.agentHandle}</a>
        <span aria-hidden="true">/</span>
        <a href="/projects/${session.agentHandle}/${session.projectSlug}">${session.projectTitle || session.projectSlug}</a>
        ${session.visibility === PRIVATE ? html`<span class="private" title="Only its owner and members see it">${icon('lock')}private</span>` : nothing}
      </p>
    </div>
    <div class="facts">
      ${livePill(session, connected)}
      ${end === undefined
        ? html`<span class="fact" data-testid="freshness" title="Last heartbeat or event${lastSign === undefined ? '' : `: ${dayAndClock(lastSign)}`}">${sign ?? 'no sign yet'}</span>`
        : html`<span class="fact" data-testid="freshness" title=${dayAndClock(end)}>${ago(end, now) === 'just now' ? 'just now' : `${ago(end, now)} ago`}</span>`}
      <span class="fact viewers" data-testid="viewers" title="${viewers} watching now, ${peak} at most"
        >${icon('eye')}<span class="sr">Viewers now </span>${compact(viewers)}<span class="peak"><span class="slash">/</span><span class="sr">at most </span>${compact(peak)}<span class="peak-word"> peak</span></span></span
      >
      ${start === undefined ? nothing : html`<span class="fact length" title="Started ${dayAndClock(start)}">${icon('clock')}${span((end ?? now) - start)}</span>`}
      ${actions}
    </div>
  </div>`;
}
