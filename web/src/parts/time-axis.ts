import type { TimelineResponse } from '../contract/wire.js';
import { TIMELINE_BUCKETS } from '../session/facts.js';

/** A silence longer than this part of the whole, and than this many milliseconds, is drawn as a break. */
const LONG_SILENCE = 0.06;
const LONG_SILENCE_MS = 30_000;
/** Width of such a break, as a part of the strip. */
const BREAK = 0.012;

/** What happened in a part of the time. */
export interface Bar {
  from: number;
  to: number;
  first: number;
  last: number;
  events: number;
  warnings: number;
  errors: number;
}

/** A stretch of time and the part of the strip, 0 to 1, that it takes. */
export interface Piece {
  from: number;
  to: number;
  left: number;
  right: number;
  silent: boolean;
}

/** The parts of the time as the server counted them. */
export function barsOf(timeline: TimelineResponse, start: number, end: number): Bar[] {
  const width = (end - start) / TIMELINE_BUCKETS;
  return timeline.buckets.map((bucket) => ({
    from: start + bucket.index * width,
    to: start + (bucket.index + 1) * width + (width === 0 ? 1 : 0),
    first: Number(bucket.firstSequence),
    last: Number(bucket.lastSequence),
    events: bucket.events,
    warnings: bucket.warnings,
    errors: bucket.errors,
  }));
}

/** The time axis with long silences cut short. */
export function piecesOf(bars: readonly Bar[], start: number, end: number): Piece[] {
  const least = Math.max((end - start) * LONG_SILENCE, LONG_SILENCE_MS);
  const cuts: { from: number; to: number; silent: boolean }[] = [];
  let at = start;
  for (const bar of bars) {
    if (bar.from - at > least) cuts.push({ from: at, to: bar.from, silent: true });
    const last = cuts.at(-1);
    if (last !== undefined && !last.silent) last.to = Math.max(bar.to, last.to);
    else cuts.push({ from: bar.from, to: bar.to, silent: false });
    at = Math.max(at, bar.to);
  }
  if (cuts.length === 0) cuts.push({ from: start, to: end, silent: false });
  const first = cuts[0];
  if (first !== undefined && !first.silent) first.from = start;
  const last = cuts.at(-1);
  if (last !== undefined && end > last.to) {
    if (end - last.to > least) cuts.push({ from: last.to, to: end, silent: true });
    else last.to = end;
  }
  const silent = cuts.filter((cut) => cut.silent).length;
  const busy = cuts.reduce((sum, cut) => sum + (cut.silent ? 0 : cut.to - cut.from), 0);
  const room = 1 - silent * BREAK;
  let left = 0;
  return cuts.map((cut) => {
    const right = left + (cut.silent ? BREAK : (room * (cut.to - cut.from)) / Math.max(1, busy));
    const piece = { ...cut, left, right };
    left = right;
    return piece;
  });
}

/** Where a time stands on the strip, 0 to 1. */
export function partAt(pieces: readonly Piece[], time: number): number {
  const piece = pieces.find((each) => time <= each.to) ?? pieces.at(-1);
  if (piece === undefined) return 0;
  const part = (time - piece.from) / Math.max(1, piece.to - piece.from);
  return piece.left + (piece.right - piece.left) * Math.max(0, Math.min(1, part));
}

/** Which time stands at a part of the strip. */
export function timeAt(pieces: readonly Piece[], part: number): number | undefined {
  const piece = pieces.find((each) => part <= each.right) ?? pieces.at(-1);
  if (piece === undefined) return undefined;
  return piece.from + ((piece.to - piece.from) * (part - piece.left)) / Math.max(1e-9, piece.right - piece.left);
}

/** What happened in each of so many columns; a part of the time that covers several is spread over them. */
export function columnsOf(bars: readonly Bar[], pieces: readonly Piece[], count: number): { events: number; warnings: number; errors: number }[] {
  const columns = Array.from({ length: count }, () => ({ events: 0, warnings: 0, errors: 0 }));
  for (const bar of bars) {
    const first = Math.max(0, Math.min(count - 1, Math.floor(partAt(pieces, bar.from) * count)));
    const last = Math.max(first, Math.min(count - 1, Math.ceil(partAt(pieces, bar.to) * count) - 1));
    const part = 1 / (last - first + 1);
    for (let index = first; index <= last; index++) {
      const column = columns[index];
      if (column === undefined) continue;
      column.events += bar.events * part;
      column.warnings += bar.warnings * part;
      column.errors += bar.errors * part;
    }
  }
  return columns;
}
