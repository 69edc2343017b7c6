import type { Entry } from '../contract/entry.js';
import { lowerBound } from './segment.js';

export const SPEEDS: readonly number[] = [0.5, 1, 2, 5, 10, 20];
/** Longest wait between two events during a replay, in seconds; 0 means waits are kept as they were. */
export const IDLE_LIMITS: readonly number[] = [1, 2, 5, 0];

export type Mode = 'live' | 'paused' | 'playing';

/**
 * The clock of a replay. It walks over events by the difference of their own times, shortened to the idle
 * limit, so that neither a jump of the producer's clock nor a night of silence holds it up.
 */
export class Player {
  mode: Mode = 'live';
  speed = 1;
  idleLimit = 2;
  /** Last sequence that is shown while not live. */
  position = 0;
  /** Silence left out since the replay began, milliseconds. */
  skipped = 0;
  /** Wait that has been spent on the way to the next event, milliseconds of the stream's time. */
  #spent = 0;

  /** Lets time pass over the entries; gives whether the position moved. */
  advance(entries: readonly Entry[], passed: number): boolean {
    if (this.mode !== 'playing') return false;
    const before = this.position;
    this.#spent += passed * this.speed;
    let index = lowerBound(entries, this.position + 1);
    while (index < entries.length) {
      const next = entries[index] as Entry;
      const previous = index > 0 ? entries[index - 1] : undefined;
      const wait = this.#wait(previous, next);
      if (wait.shown > this.#spent) break;
      this.#spent -= wait.shown;
      this.skipped += wait.left;
      this.position = next.until ?? next.seq;
      index++;
    }
    if (index >= entries.length) this.#spent = 0;
    return this.position !== before;
  }

  /** Silence before the next event, and how much of it is left out. */
  nextSilence(entries: readonly Entry[]): number {
    const index = lowerBound(entries, this.position + 1);
    const next = entries[index];
    return next === undefined || index === 0 ? 0 : this.#wait(entries[index - 1], next).left;
  }

  moveTo(position: number): void {
    this.position = position;
    this.#spent = 0;
  }

  #wait(previous: Entry | undefined, next: Entry): { shown: number; left: number } {
    if (previous === undefined || previous.kind === 'gap' || next.kind === 'gap') return { shown: 0, left: 0 };
    const wait = Math.max(0, next.at - previous.at);
    // The limit is in the watcher's seconds, whatever the speed.
    const limit = this.idleLimit === 0 ? Infinity : this.idleLimit * 1000 * this.speed;
    return { shown: Math.min(wait, limit), left: Math.max(0, wait - limit) };
  }
}

/** Sequence of the last entry at or before so many milliseconds ahead of (or, negative, behind) another. */
export function seekBy(entries: readonly Entry[], position: number, ms: number): number {
  let index = lowerBound(entries, position + 1) - 1;
  const here = entries[Math.max(index, 0)];
  if (here === undefined) return position;
  const goal = here.at + ms;
  if (ms < 0) while (index > 0 && (entries[index] as Entry).at > goal) index--;
  else while (index + 1 < entries.length && (entries[index + 1] as Entry).at <= goal) index++;
  const found = entries[Math.max(index, 0)] as Entry;
  return found.until ?? found.seq;
}
