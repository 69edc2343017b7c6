import { entryOf, type Entry } from '../contract/entry.js';
import type { Event, StreamService } from '../contract/wire.js';
import { Segment } from './segment.js';

const PAGE = 500;
const AROUND = 300;

/** Reads what lies before, after and around what is loaded. */
export class History {
  constructor(
    private readonly streams: StreamService,
    private readonly streamId: string,
    private readonly noted: (entry: Entry) => Entry,
  ) {}

  /** Puts the page before a stretch to it; gives what the page held. */
  async extendBack(segment: Segment): Promise<Entry[]> {
    const page = await this.#before(segment.first, PAGE);
    const entries = this.#entries(page.events);
    const added = segment.prepend(entries);
    if (!page.hasMore || added === 0) segment.hasOlder = false;
    return entries;
  }

  /** Adds the page after a stretch to it. */
  async extendForward(segment: Segment): Promise<void> {
    const page = await this.#after(segment.last);
    append(segment, this.#entries(page.events));
  }

  /** A stretch with an event in its midst. */
  async around(seq: number): Promise<Segment> {
    const [older, newer] = await Promise.all([this.#before(seq + 1, AROUND), this.#after(seq)]);
    const entries = this.#entries([...older.events, ...newer.events]);
    const stretch = new Segment((entries[0]?.seq ?? seq + 1) - 1);
    stretch.hasOlder = older.hasMore;
    append(stretch, entries);
    return stretch;
  }

  #entries(events: readonly Event[]): Entry[] {
    return events.map((event) => this.noted(entryOf(event)));
  }

  #before(seq: number, pageSize: number): ReturnType<StreamService['list']> {
    return this.streams.list({ streamId: this.streamId, from: { case: 'beforeSequence', value: BigInt(seq) }, pageSize });
  }

  #after(seq: number): ReturnType<StreamService['list']> {
    return this.streams.list({ streamId: this.streamId, from: { case: 'afterSequence', value: BigInt(seq) }, pageSize: PAGE });
  }
}

/** Adds what follows the stretch without a hole. */
function append(segment: Segment, entries: readonly Entry[]): void {
  for (const entry of entries) if (entry.seq === segment.last + 1) segment.append(entry);
}
