import { millis } from '../contract/entry.js';
import type { SandboxStats } from '../contract/sandbox-wire.js';

/** How far back is kept and drawn. */
export const WINDOW_MS = 5 * 60_000;
/** More samples than these are not kept, however often they come. */
const MOST = 400;
/** Longer without a sample is a gap: nothing is drawn across it. */
const GAP_MS = 8_000;

/** What one measurement says; rates are those since the one before. */
export interface Sample {
  at: number;
  memory: number;
  memoryLimit: number;
  /** Processors that were busy, 0 to as many as the sandbox may use. */
  cpus: number | undefined;
  pids: number;
  /** Bytes a second. */
  received: number | undefined;
  sent: number | undefined;
}

export type Figure = 'memory' | 'cpus' | 'pids' | 'received' | 'sent';

/** What a sandbox used in the last five minutes. */
export class Usage {
  readonly samples: Sample[] = [];
  #before: SandboxStats | undefined;
  #beforeAt = 0;

  get last(): Sample | undefined {
    return this.samples.at(-1);
  }

  take(stats: SandboxStats): void {
    const at = millis(stats.measuredAt) ?? 0;
    if (at <= this.#beforeAt) return;
    const before = this.#before;
    const passed = at - this.#beforeAt;
    // Counters begin again with every start of the sandbox.
    const rate = (of: (stats: SandboxStats) => bigint): number | undefined =>
      before === undefined || passed > GAP_MS || of(stats) < of(before) ? undefined : Number(of(stats) - of(before)) / (passed / 1000);
    const busy = rate((each) => each.cpuNanos);
    this.samples.push({
      at,
      memory: Number(stats.memoryBytes),
      memoryLimit: Number(stats.memoryLimitBytes),
      cpus: busy === undefined ? undefined : busy / 1e9,
      pids: stats.pids,
      received: rate((each) => each.networkReceivedBytes),
      sent: rate((each) => each.networkSentBytes),
    });
    this.#before = stats;
    this.#beforeAt = at;
    let gone = Math.max(0, this.samples.length - MOST);
    while ((this.samples[gone]?.at ?? Infinity) < at - WINDOW_MS) gone++;
    this.samples.splice(0, gone);
  }

  /** Highest value of the last five minutes. */
  most(figure: Figure): number {
    let most = 0;
    for (const sample of this.samples) most = Math.max(most, sample[figure] ?? 0);
    return most;
  }

  /** The figure's line in a box of width and height, newest at the right; a gap begins a new stroke. */
  path(figure: Figure, top: number, width: number, height: number): string {
    return this.#strokes(figure, top, width, height)
      .map((stroke) => `M${stroke.map(([x, y]) => `${x} ${y}`).join('L')}`)
      .join('');
  }

  /** The ground below the line. */
  area(figure: Figure, top: number, width: number, height: number): string {
    return this.#strokes(figure, top, width, height)
      .map((stroke) => `M${stroke[0]?.[0]} ${height}L${stroke.map(([x, y]) => `${x} ${y}`).join('L')}L${stroke.at(-1)?.[0]} ${height}Z`)
      .join('');
  }

  #strokes(figure: Figure, top: number, width: number, height: number): [number, number][][] {
    const end = this.last?.at ?? 0;
    const strokes: [number, number][][] = [];
    let stroke: [number, number][] | undefined;
    let previous = -Infinity;
    for (const sample of this.samples) {
      const value = sample[figure];
      if (value === undefined) {
        stroke = undefined;
        continue;
      }
      if (stroke === undefined || sample.at - previous > GAP_MS) strokes.push((stroke = []));
      stroke.push([tidy(width * (1 - (end - sample.at) / WINDOW_MS)), tidy(height - 1 - (height - 2) * (top > 0 ? Math.min(1, value / top) : 0))]);
      previous = sample.at;
    }
    return strokes;
  }
}

function tidy(value: number): number {
  return Math.round(value * 10) / 10;
}
