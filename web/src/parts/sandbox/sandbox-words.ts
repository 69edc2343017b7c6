import { html, nothing, type TemplateResult } from 'lit';
import { millis } from '../../contract/entry.js';
import { SandboxReason, SandboxState, type Sandbox } from '../../contract/sandbox-wire.js';
import { dayAndClock } from '../../format.js';
import { leaseLeft, reasonWords, stateLook, stateWord } from '../../sandbox/words.js';
import { icon } from '../icons.js';

/** What a sandbox does, in one word and one colour; the reason stands in its title. */
export function sandboxPill(sandbox: Pick<Sandbox, 'state' | 'reason' | 'message' | 'exitCode'>, connected = true): TemplateResult {
  if (!connected) return html`<span class="state" data-testid="sandbox-state" data-state="unknown"><span class="dot"></span>no connection</span>`;
  const why = [reasonWords(sandbox), sandbox.message].filter((each) => each !== '').join('. ');
  const word = stateWord(sandbox.state);
  return html`<span class="state ${stateLook(sandbox.state)}" data-testid="sandbox-state" data-state=${word} title=${why}><span class="dot"></span>${word}</span>`;
}

/** Why it is so, where the state alone does not tell. */
export function whyLine(sandbox: Sandbox): string {
  if (sandbox.reason === SandboxReason.REQUESTED && sandbox.state !== SandboxState.FAILED && (sandbox.exitCode ?? 0) === 0) return '';
  if (sandbox.state === SandboxState.RUNNING && sandbox.reason !== SandboxReason.LEASE_ENDING && sandbox.reason !== SandboxReason.ADOPTED && sandbox.reason !== SandboxReason.LOST) return '';
  return reasonWords(sandbox);
}

/** How long its lease has left. */
export function leaseFact(sandbox: Sandbox, now: number): unknown {
  const ends = millis(sandbox.leaseEndsAt);
  if (ends === undefined || sandbox.state !== SandboxState.RUNNING) return nothing;
  const soon = ends - now < 5 * 60_000;
  return html`<span class="fact lease ${soon ? 'soon' : ''}" data-testid="lease" title="Its lease ends ${dayAndClock(ends)}">${icon('clock')}<span class="sr">Lease left </span>${leaseLeft(ends - now)}<span class="of"> left</span></span>`;
}
