import { LEVELS, type Entry, type Kind, type Level } from '../contract/entry.js';

/** Kinds a person may switch off; a reaction or a change is part of its message, and a gap is always said. */
export const FILTER_KINDS: readonly Kind[] = ['thought', 'log', 'proof', 'artifact', 'chat', 'status', 'alert'];

/** Which entries are shown. */
export interface Filter {
  /** Empty means every kind. */
  kinds: ReadonlySet<Kind>;
  /** Lowest level of a log line that is shown. */
  level: Level;
  /** Empty means every module. */
  module: string;
}

export const EVERYTHING: Filter = { kinds: new Set(), level: 'debug', module: '' };

export function isEverything(filter: Filter): boolean {
  return filter.kinds.size === 0 && filter.level === 'debug' && filter.module === '';
}

export function passes(filter: Filter, entry: Entry): boolean {
  if (entry.kind === 'reaction' || entry.kind === 'chat_change') return false;
  if (entry.kind === 'gap') return true;
  if (filter.kinds.size > 0 && !filter.kinds.has(entry.kind)) return false;
  if (entry.kind === 'log') {
    if (LEVELS.indexOf(entry.level ?? 'info') < LEVELS.indexOf(filter.level)) return false;
    return filter.module === '' || entry.module === filter.module;
  }
  // Only log lines come from a module and have a level.
  return filter.module === '' && (filter.level === 'debug' || filter.kinds.has(entry.kind));
}
