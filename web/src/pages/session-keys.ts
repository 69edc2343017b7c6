import { SPEEDS } from '../session/player.js';
import { chooseTheme, isDark } from '../theme-choice.js';
import type { SessionPage } from './session.js';

/** Keys of the session page. Nothing happens while somebody writes or works a control with its own keys. */
export function shortcut(page: SessionPage, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || page.session === undefined) return;
  const element = event.target as Element;
  if (element.closest('input, textarea, select, dialog[open]') !== null) return;
  const onControl = element.closest('button, a, [role="slider"], [role="tab"]') !== null;
  if (onControl && (event.key === ' ' || event.key === 'Enter')) return;
  const action = ACTIONS[event.key];
  if (action === undefined || (page.embedded && !EMBEDDED.has(event.key))) return;
  event.preventDefault();
  action(page);
}

const EMBEDDED = new Set(['j', 'k', ' ', 'ArrowLeft', 'ArrowRight', 'End', 'l', '<', '>', '?', 'Escape']);

const ACTIONS: Record<string, (page: SessionPage) => void> = {
  j: (page) => step(page, 1),
  k: (page) => step(page, -1),
  g: (page) => first(page),
  Home: (page) => first(page),
  End: (page) => page.goLive(),
  l: (page) => page.goLive(),
  o: (page) => page.log.querySelector<HTMLElement>('.row.selected a.out')?.click(),
  y: (page) => void page.share(page.log.selected),
  ' ': (page) => {
    const model = page.session;
    if (model.player.mode === 'playing' || (model.player.mode === 'live' && model.connection !== 'ended')) model.pause();
    else void model.play();
  },
  ArrowLeft: (page) => void page.session.seekBy(-10_000),
  ArrowRight: (page) => {
    if (!page.session.atLive) void page.session.seekBy(10_000);
  },
  '<': (page) => faster(page, -1),
  '>': (page) => faster(page, 1),
  '/': (page) => page.toolbar?.focusSearch(),
  n: (page) => page.stepHit(1),
  N: (page) => page.stepHit(-1),
  f: (page) => page.toolbar?.focusFilters(),
  t: (page) => page.querySelector<HTMLElement>('claw-timeline .strip')?.focus(),
  p: (page) => {
    page.openTab('proofs');
    void page.updateComplete.then(() => page.querySelector<HTMLElement>('#proofs')?.focus());
  },
  a: (page) => {
    page.openTab('artifacts');
    void page.updateComplete.then(() => page.querySelector<HTMLElement>('#artifacts')?.focus());
  },
  c: (page) => {
    page.openTab('chat');
    void page.updateComplete.then(() => page.chat?.focusComposer());
  },
  w: (page) => page.toggleWrap(),
  d: () => chooseTheme(isDark() ? 'light' : 'dark'),
  '?': (page) => page.help?.toggle(),
  Escape: (page) => {
    if (page.panelOpen) page.panelOpen = false;
    else if (page.session.finder !== undefined) page.toolbar?.clear();
    else {
      page.log.selected = undefined;
      page.log.target = undefined;
      page.log.redraw();
    }
    page.log.focus();
    page.requestUpdate();
  },
};

function step(page: SessionPage, by: number): void {
  if (by < 0) page.session.setFollowing(false);
  const entry = page.log.step(by);
  if (entry === undefined) return;
  page.announce(`${entry.kind}${entry.level === undefined ? '' : ` ${entry.level}`}: ${entry.text}`);
}

function first(page: SessionPage): void {
  const entry = page.session.rows[0];
  if (entry !== undefined) page.log.show(entry.seq, false);
}

function faster(page: SessionPage, by: number): void {
  const player = page.session.player;
  const index = SPEEDS.indexOf(player.speed) + by;
  player.speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, index))] as number;
  page.say(`Replay at ${player.speed}×`);
  page.requestUpdate();
}
