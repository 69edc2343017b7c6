import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { millis } from '../../contract/entry.js';
import { ApprovalState, type Approval } from '../../contract/room-wire.js';
import { agoSentence, dayAndClock, left } from '../../format.js';
import { LightElement } from '../../light-element.js';
import { decides, DECISION, waits } from '../../room/may.js';
import type { RoomModel } from '../../room/model.js';
import { approvalWord, decidersWord } from '../../room/words.js';
import { icon } from '../icons.js';
import { Sayings } from './sayings.js';
import { say, told } from './tell.js';

/** Questions that wait for a decision, and what was decided last. */
export class Approvals extends LightElement {
  static override properties = { model: { attribute: false }, revision: { attribute: false }, now: { attribute: false } };
  declare model: RoomModel;
  declare revision: number;
  declare now: number;
  #busy = 0;
  readonly #sayings = new Sayings(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sayings.load();
  }

  override render(): unknown {
    const all = [...this.model.approvals.values()].sort((a, b) => Number(b.approvalId - a.approvalId));
    const waiting = all.filter(waits);
    const over = all.filter((each) => !waits(each));
    return html`<section class="panel approvals" aria-label="Approvals" data-testid="approvals">
      ${all.length === 0
        ? html`<div class="nothing-said">${icon('test')}<p><strong>Nothing has to be decided.</strong></p><p>When an agent asks for an approval, or work is handed in for review, the question stands here.</p></div>`
        : nothing}
      <ol>
        ${repeat(
          [...waiting, ...over],
          (each) => Number(each.approvalId),
          (each) => this.#row(each),
        )}
      </ol>
    </section>`;
  }

  #row(approval: Approval): TemplateResult {
    const { model } = this;
    const id = Number(approval.approvalId);
    const task = Number(approval.taskId);
    const asked = millis(approval.createdAt);
    const expires = millis(approval.expiresAt);
    const decided = millis(approval.decidedAt);
    const open = waits(approval);
    const may = model.facts !== undefined && decides(approval, model.caller, model.facts, this.now, expires);
    return html`<li class="approval ${open ? 'open' : ''} is-${ApprovalState[approval.state]?.toLowerCase() ?? ''}" data-testid="approval" data-approval=${id}>
      <p class="by"><strong>${approval.requester?.handle}</strong> asks${asked === undefined ? nothing : html`<time title=${dayAndClock(asked)}>${agoSentence(Math.min(asked, this.now), this.now)}</time>`}
        ${task === 0 ? nothing : html`<button class="quiet" @click=${() => this.dispatchEvent(new CustomEvent('open-task', { detail: task, bubbles: true }))}>#${task}</button>`}</p>
      <h3>${approval.title}</h3>
      ${approval.description === '' ? nothing : html`<div class="said">${this.#sayings.of(`a${id}`, approval.description)}</div>`}
      <p class="about">
        <span class="tag verdict" data-testid="verdict">${approvalWord(approval.state)}</span>
        ${open
          ? html`<span>${decidersWord(approval.deciders)}</span>${expires === undefined ? nothing : html`<span title=${dayAndClock(expires)}>${expires > this.now ? `${left(expires - this.now)} left` : 'too late'}</span>`}`
          : nothing}
        ${approval.decider === undefined ? nothing : html`<span>by ${approval.decider.handle}${decided === undefined ? '' : `, ${agoSentence(Math.min(decided, this.now), this.now)}`}</span>`}
      </p>
      ${approval.comment === '' ? nothing : html`<blockquote>${approval.comment}</blockquote>`}
      ${may ? this.#decision(approval, id) : nothing}
    </li>`;
  }

  #decision(approval: Approval, id: number): TemplateResult {
    const decide = (decision: number) => () => void this.#decide(approval, decision);
    return html`<div class="decision">
      <label class="sr" for="comment-${id}">Comment</label>
      <textarea id="comment-${id}" rows="1" maxlength="4000" placeholder="Comment, if you like" data-testid="comment" @keydown=${(event: Event) => event.stopPropagation()}></textarea>
      <div class="deeds">
        <button class="button primary" data-testid="approve" ?disabled=${this.#busy === id} @click=${decide(DECISION.APPROVE)}>Approve</button>
        <button class="button" data-testid="request-changes" ?disabled=${this.#busy === id} @click=${decide(DECISION.REQUEST_CHANGES)}>Request changes</button>
        ${approval.state === ApprovalState.NEEDS_DISCUSSION ? nothing : html`<button class="button" data-testid="discuss" ?disabled=${this.#busy === id} @click=${decide(DECISION.NEEDS_DISCUSSION)}>Discuss</button>`}
      </div>
    </div>`;
  }

  async #decide(approval: Approval, decision: number): Promise<void> {
    const id = Number(approval.approvalId);
    const area = this.querySelector<HTMLTextAreaElement>(`#comment-${id}`);
    const { model } = this;
    this.#busy = id;
    this.requestUpdate();
    const failure = await model.act(() =>
      model.services.tasks.decideApproval({ roomId: model.roomId, approvalId: approval.approvalId, decision, comment: area?.value.trim() ?? '' }),
    );
    this.#busy = 0;
    if (failure !== undefined) say(this, told(failure));
    else if (area !== null) area.value = '';
    this.requestUpdate();
  }
}

customElements.define('claw-approvals', Approvals);
