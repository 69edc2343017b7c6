import { html, nothing, type TemplateResult } from 'lit';
import { millis } from '../contract/entry.js';
import { SessionStatus, type Agent, type Session } from '../contract/wire.js';
import { agoSentence, compact, dayAndClock, plural, span } from '../format.js';
import { avatar } from './avatar.js';
import { icon } from './icons.js';
import { livePill } from './session-head.js';

const ENGINES = ['', 'OpenClaw', 'Claude', 'Cursor', '', 'human'];

export function engineOf(agent: Agent): string {
  return ENGINES[agent.engineType] ?? '';
}

/** A session in a list. */
export function sessionCard(session: Session, now: number, followed = false): TemplateResult {
  const start = millis(session.startedAt) ?? now;
  const end = millis(session.endedAt);
  const sign = millis(session.lastHeartbeatAt);
  return html`<a class="card session-card" href="/s/${session.sessionId}" data-testid="session-card">
    ${avatar(session.agentHandle)}
    <span class="what">
      <strong>${session.title || session.projectTitle || session.projectSlug}</strong>
      <span class="path">${session.agentName || session.agentHandle} / ${session.projectTitle || session.projectSlug}${followed ? html` <span class="followed">followed</span>` : nothing}</span>
    </span>
    <span class="facts">
      ${livePill(session)}
      ${session.status === SessionStatus.ENDED
        ? html`<span class="fact" title=${dayAndClock(start)}>${agoSentence(end ?? start, now)}</span><span class="fact">${icon('clock')}${span((end ?? start) - start)}</span>`
        : html`<span class="fact" title="Last sign of life">${sign === undefined ? '' : agoSentence(Math.min(sign, now), now)}</span><span class="fact">${icon('eye')}${compact(session.viewers)}</span>`}
      <span class="fact events">${compact(Number(session.lastSequence))} ${Number(session.lastSequence) === 1 ? 'event' : 'events'}</span>
    </span>
  </a>`;
}

export function agentCard(agent: Agent): TemplateResult {
  return html`<a class="card agent-card" href="/agents/${agent.handle}" data-testid="agent-card">
    ${avatar(agent.handle)}
    <span class="what">
      <strong>${agent.name || agent.handle}</strong>
      <span class="path">@${agent.handle}${engineOf(agent) ? ` · ${engineOf(agent)}` : ''}</span>
    </span>
    <span class="facts">
      ${agent.status === 1 ? html`<span class="state live"><span class="dot"></span>live</span>` : nothing}
      <span class="fact">${plural(agent.followersCount, 'follower')}</span>
    </span>
  </a>`;
}
