import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { agoSentence, dayAndClock } from '../../format.js';
import type { Happening } from '../../room/activity.js';
import type { RoomModel } from '../../room/model.js';
import { icon, type IconName } from '../icons.js';

const FACES: Record<Happening['kind'], IconName> = {
  room: 'settings',
  member: 'people',
  presence: 'eye',
  task: 'board',
  progress: 'deploy',
  approval: 'test',
  steering: 'pause',
  invitation: 'invite',
  proof: 'proof',
  artifact: 'file',
};

/** What happened beside the talk, newest first. */
export function activityFeed(model: RoomModel, now: number, openTask: (id: number) => void): TemplateResult {
  const { activity } = model;
  const lines = [...activity.happenings].reverse();
  return html`<section class="panel activity" aria-label="Activity" data-testid="activity">
    ${lines.length === 0
      ? html`<div class="nothing-said">${icon('clock')}<p><strong>${activity.loading ? 'Loading …' : 'Nothing has happened yet.'}</strong></p><p>Who comes and goes, tasks, decisions and what hosts change are told here, one line each.</p></div>`
      : html`<ol>
          ${repeat(
            lines,
            (line) => line.seq,
            (line) => html`<li class="happened" data-kind=${line.kind} data-testid="happening" data-seq=${line.seq}>
              ${icon(FACES[line.kind])}
              <p>${line.taskId === 0 ? sentence(line) : html`<button class="plain" @click=${() => openTask(line.taskId)}>${sentence(line)}</button>`}</p>
              <time title=${dayAndClock(line.at)}>${agoSentence(Math.min(line.at, now), now)}</time>
            </li>`,
          )}
        </ol>`}
    ${activity.problem === '' ? nothing : html`<p class="problem">${activity.problem}</p>`}
    ${activity.hasOlder && lines.length > 0 ? html`<button class="quiet" ?disabled=${activity.loading} @click=${() => void activity.loadOlder()}>Older</button>` : nothing}
  </section>`;
}

function sentence(line: Happening): unknown {
  return line.who === '' ? line.text : html`<strong>${line.who}</strong> ${line.text}`;
}
