import { entryOf, levelNumber, type Entry, type Kind, type Level } from '../contract/entry.js';
import { failureOf } from '../contract/failure.js';
import type { StreamService } from '../contract/wire.js';

const MOST_HITS = 1000;

/** One search over everything the stream holds, newest first, as far as it has come. */
export class Finder {
  hits: Entry[] = [];
  /** Everything from here on up was searched. */
  searchedTo: number | undefined;
  running = false;
  /** Whether older events are left, because the search was stopped or found enough. */
  hasMore = false;
  problem = '';
  /** Hit that is shown, index into hits; -1 while none is. */
  at = -1;
  /** Newest sequence when the search began. */
  from = 0;
  readonly words: string[];
  #line = new AbortController();

  constructor(
    private readonly streams: StreamService,
    private readonly streamId: string,
    readonly query: string,
    private readonly narrowing: { kinds: readonly Kind[]; levels: readonly Level[] },
    private readonly changed: () => void,
  ) {
    this.words = wordsOf(query);
  }

  async run(newest: number): Promise<void> {
    this.from = newest;
    await this.goOn();
  }

  /** Searches on towards the beginning until it is reached, enough is found, or stop is called. */
  async goOn(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.problem = '';
    this.#line = new AbortController();
    const room = this.hits.length + MOST_HITS;
    this.changed();
    try {
      do {
        const found = await this.streams.search(
          {
            streamId: this.streamId,
            query: this.query,
            kinds: [...this.narrowing.kinds],
            levels: this.narrowing.levels.map(levelNumber),
            beforeSequence: BigInt(this.searchedTo ?? 0),
            pageSize: 100,
          },
          { signal: this.#line.signal },
        );
        this.hits.push(...found.events.map(entryOf));
        this.searchedTo = Number(found.searchedTo);
        this.hasMore = found.hasMore;
        this.changed();
      } while (this.hasMore && this.hits.length < room && !this.#line.signal.aborted);
    } catch (cause) {
      if (!this.#line.signal.aborted) this.problem = failureOf(cause).message;
    } finally {
      this.running = false;
      this.changed();
    }
  }

  stop(): void {
    this.#line.abort();
  }

  /** Goes to another hit, round at both ends. */
  step(by: number): Entry | undefined {
    if (this.hits.length === 0) return undefined;
    this.at = this.at < 0 ? (by > 0 ? 0 : this.hits.length - 1) : (this.at + by + this.hits.length) % this.hits.length;
    return this.hits[this.at];
  }
}

/** What a query wants to see, for marking it in the text: words and "phrases", without -refused ones. */
export function wordsOf(query: string): string[] {
  const words: string[] = [];
  for (const [, minus, phrase, word] of query.matchAll(/(-?)(?:"([^"]+)"|([^\s"]+))/g)) {
    const text = phrase ?? word ?? '';
    if (minus === '' && text !== '') words.push(text.toLowerCase());
  }
  return words;
}
