import { html, nothing } from 'lit';
import { clock, span, whole } from '../format.js';
import { LightElement } from '../light-element.js';
import type { SessionModel } from '../session/model.js';
import { IDLE_LIMITS, SPEEDS } from '../session/player.js';
import { lowerBound } from '../session/segment.js';
import { icon } from './icons.js';
import './timeline.js';

/** Where in the session the page stands, and how it moves on. */
export class PlayerBar extends LightElement {
  static override properties = { model: { attribute: false }, revision: { attribute: false } };
  declare model: SessionModel;
  declare revision: number;

  override render(): unknown {
    const { model } = this;
    const player = model.player;
    const ended = model.connection === 'ended';
    const playing = player.mode === 'playing' || (player.mode === 'live' && !ended);
    const toggle = () => {
      if (playing) model.pause();
      else void model.play();
    };
    const silence = player.mode === 'playing' ? player.nextSilence(model.view.entries) : 0;
    return html`<claw-timeline .model=${model}></claw-timeline>
      <div class="player" role="group" aria-label="Playback">
        <button class="square" title="10 seconds back (←)" aria-label="10 seconds back" @click=${() => model.seekBy(-10_000)}>${icon('back')}</button>
        <button class="square main" title="${playing ? 'Pause' : 'Play'} (space)" aria-label=${playing ? 'Pause' : 'Play'} data-testid="play-pause" @click=${toggle}>
          ${icon(playing ? 'pause' : 'play')}
        </button>
        <button class="square" title="10 seconds forward (→)" aria-label="10 seconds forward" ?disabled=${model.atLive} @click=${() => model.seekBy(10_000)}>
          ${icon('forward')}
        </button>
        <button class="live-button" aria-pressed=${model.atLive} data-testid="go-live" title="${ended ? 'To the end' : 'To the live end'} (End)" @click=${() => model.goLive()}>
          <span class="dot"></span>${ended ? 'End' : 'Live'}
        </button>
        <span class="where" data-testid="position">${this.#where()}</span>
        ${silence > 1000 ? html`<span class="silence" data-testid="silence">skipping ${span(silence)} of silence</span>` : nothing}
        <span class="grow"></span>
        <label class="choice"
          ><span>Speed</span>
          <select data-testid="speed" aria-label="Replay speed" @change=${this.#speed}>
            ${SPEEDS.map((each) => html`<option value=${each} ?selected=${each === player.speed}>${each}×</option>`)}
          </select></label
        >
        <label class="choice"
          ><span>Idle limit</span>
          <select data-testid="idle-limit" aria-label="Idle limit of the replay" @change=${this.#idle}>
            ${IDLE_LIMITS.map((each) => html`<option value=${each} ?selected=${each === player.idleLimit}>${each === 0 ? 'none' : `${each} s`}</option>`)}
          </select></label
        >
      </div>`;
  }

  #where(): unknown {
    const { model } = this;
    if (model.player.mode === 'live') {
      const events = model.lastSequence === 1 ? 'event' : 'events';
      return model.connection === 'ended' ? html`${whole(model.lastSequence)} ${events}` : html`${whole(model.lastSequence)}<span class="of"> ${events}</span>`;
    }
    const entries = model.view.entries;
    const entry = entries[Math.max(0, lowerBound(entries, model.player.position + 1) - 1)];
    const at = entry === undefined ? '' : clock(entry.at);
    return html`${at}<span class="of"> · event ${whole(model.player.position)} of ${whole(model.lastSequence)}</span>`;
  }

  readonly #speed = (event: Event) => {
    this.model.player.speed = Number((event.target as HTMLSelectElement).value);
    this.requestUpdate();
  };

  readonly #idle = (event: Event) => {
    this.model.player.idleLimit = Number((event.target as HTMLSelectElement).value);
    this.requestUpdate();
  };
}

customElements.define('claw-player', PlayerBar);
