import { entryOf, type Entry, type Kind } from '../contract/entry.js';
import { failureOf } from '../contract/failure.js';
import type { StreamService } from '../contract/wire.js';
import { lowerBound } from './segment.js';

/** Events of some kinds over the whole stream, kept beside the log: proofs, artifacts, chat. */
export class Ledger {
  readonly entries: Entry[] = [];
  hasOlder = false;
  loading = false;
  problem = '';
  readonly #kinds: ReadonlySet<Kind>;
  #from: number | undefined;

  constructor(
    private readonly streams: StreamService,
    private readonly streamId: string,
    kinds: readonly Kind[],
    private readonly changed: () => void,
    private readonly noted: (entry: Entry) => void = () => undefined,
  ) {
    this.#kinds = new Set(kinds);
  }

  /** Takes what the live tail brings. */
  take(entries: readonly Entry[]): void {
    let any = false;
    for (const entry of entries) {
      if (this.#kinds.has(entry.kind)) any = this.#insert(entry) || any;
    }
    if (any) this.changed();
  }

  /** Loads the page before what was loaded; the first one reaches up to a sequence. */
  async loadOlder(upTo: number): Promise<void> {
    if (this.loading) return;
    const before = this.#from ?? upTo + 1;
    if (before <= 1) return;
    this.loading = true;
    this.problem = '';
    this.changed();
    try {
      const page = await this.streams.list({
        streamId: this.streamId,
        from: { case: 'beforeSequence', value: BigInt(before) },
        pageSize: 500,
        kinds: [...this.#kinds],
      });
      for (const event of page.events) this.#insert(entryOf(event));
      this.#from = page.events.length > 0 ? Number(page.events[0]?.sequence) : 1;
      this.hasOlder = page.hasMore;
    } catch (cause) {
      this.problem = failureOf(cause).message;
      this.hasOlder = true;
    } finally {
      this.loading = false;
      this.changed();
    }
  }

  #insert(entry: Entry): boolean {
    const index = lowerBound(this.entries, entry.seq);
    if (this.entries[index]?.seq === entry.seq) return false;
    this.entries.splice(index, 0, entry);
    this.noted(entry);
    return true;
  }
}

export interface ReactionCount {
  emoji: string;
  count: number;
  mine: boolean;
}

/**
 * Reactions by message. A person has each emoji on a message once, so of all events of one person,
 * message and emoji the last one holds.
 */
export function foldReactions(entries: readonly Entry[], accountId: string): Map<number, ReactionCount[]> {
  const standing = new Map<number, Map<string, Set<string>>>();
  for (const entry of entries) {
    if (entry.kind !== 'reaction' || entry.target === undefined || entry.emoji === undefined) continue;
    const message = getOr(standing, entry.target, () => new Map<string, Set<string>>());
    const people = getOr(message, entry.emoji, () => new Set<string>());
    const who = entry.actorId ?? '';
    if (entry.removed) people.delete(who);
    else people.add(who);
  }
  const counts = new Map<number, ReactionCount[]>();
  for (const [target, message] of standing) {
    const list: ReactionCount[] = [];
    for (const [emoji, people] of message) {
      if (people.size > 0) list.push({ emoji, count: people.size, mine: accountId !== '' && people.has(accountId) });
    }
    counts.set(target, list);
  }
  return counts;
}

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
