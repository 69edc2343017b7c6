import { endOf, type Entry } from '../contract/entry.js';

/**
 * A stretch of the stream without a hole: every sequence from first to last, either as an entry or
 * inside of a gap entry.
 */
export class Segment {
  readonly entries: Entry[] = [];
  /** Whether the stream has events before the first entry, as far as is known. */
  hasOlder = true;
  #first: number;
  #last: number;

  /** An empty stretch that goes on after a sequence. */
  constructor(after: number) {
    this.#first = after + 1;
    this.#last = after;
    this.hasOlder = after > 0;
  }

  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  /** Adds what follows the last entry; the caller has made sure that it does. */
  append(entry: Entry): void {
    if (entry.seq !== this.#last + 1) throw new Error(`event ${entry.seq} does not follow ${this.#last}`);
    this.entries.push(entry);
    this.#last = endOf(entry);
  }

  /** Adds a page that ends right before the first entry; gives how many entries it had. */
  prepend(page: Entry[]): number {
    const fresh = page.filter((entry) => endOf(entry) < this.#first);
    const newest = fresh.at(-1);
    const oldest = fresh[0];
    if (newest === undefined || oldest === undefined) return 0;
    if (endOf(newest) !== this.#first - 1) throw new Error(`event ${endOf(newest)} does not touch ${this.#first}`);
    this.entries.unshift(...fresh);
    this.#first = oldest.seq;
    if (this.#first <= 1) this.hasOlder = false;
    return fresh.length;
  }

  holds(seq: number): boolean {
    return seq >= this.#first && seq <= this.#last;
  }

  /** Index of the first entry at or after a sequence. */
  indexAt(seq: number): number {
    return lowerBound(this.entries, seq);
  }

  /** Puts an older stretch that reaches this one before it. */
  adopt(older: Segment): void {
    if (older.last < this.#first - 1) throw new Error('the stretches do not meet');
    this.prepend(older.entries.slice(0, lowerBound(older.entries, this.#first)));
    this.hasOlder = older.hasOlder && this.#first > 1;
  }

  /** Forgets the oldest entries beyond a number, to bound memory. */
  trim(keep: number): boolean {
    if (this.entries.length <= keep) return false;
    this.entries.splice(0, this.entries.length - keep);
    this.#first = this.entries[0]?.seq ?? this.#last + 1;
    this.hasOlder = true;
    return true;
  }
}

/** Index of the first entry whose sequence is at least seq. */
export function lowerBound(entries: readonly Entry[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle] as Entry).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
