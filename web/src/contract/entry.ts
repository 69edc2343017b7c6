import type { SandboxChange } from './sandbox-wire.js';
import type { Event, Timestamp } from './wire.js';

/** One event as the viewer keeps it: flat, with plain numbers, made once when it arrives. */
export interface Entry {
  /** Position on the stream. */
  seq: number;
  /** When it happened by the producer's clock, milliseconds since 1970. */
  at: number;
  /** When the server recorded it; the timeline's clock. */
  recorded: number;
  kind: Kind;
  /** What is shown and searched: the line, the thought, the message. */
  text: string;
  level?: Level;
  module?: string;
  continued?: boolean;
  tags?: string[];
  /** Who wrote it: the name a chat message carries. */
  user?: string;
  actorId?: string;
  actorKind?: number;
  /** Kind of a proof or an artifact, state of a status. */
  sort?: string;
  /** Commit or hash. */
  hash?: string;
  url?: string;
  mediaType?: string;
  /** Message that a reaction belongs to. */
  target?: number;
  emoji?: string;
  removed?: boolean;
  /** When a message was last edited or deleted; removed says which. */
  changedAt?: number;
  /** What became of a sandbox. */
  change?: SandboxChange;
  /** Last sequence of a gap. */
  until?: number;
}

/** A gap is no event: it stands where retention removed some. */
export type Kind = 'thought' | 'log' | 'proof' | 'chat' | 'status' | 'alert' | 'reaction' | 'chat_change' | 'artifact' | 'sandbox' | 'other' | 'gap';

export type Level = 'debug' | 'info' | 'warn' | 'error';

export const LEVELS: readonly Level[] = ['debug', 'info', 'warn', 'error'];

/** Level by its number in the contract; 0 is read as info. */
const LEVEL_NUMBERS: readonly Level[] = ['info', 'debug', 'info', 'warn', 'error'];
const PROOF_KINDS = ['proof', 'commit', 'deploy', 'test', 'screenshot'];
const ARTIFACT_KINDS = ['file', 'commit', 'deploy', 'screenshot', 'file'];
const STATES = ['unknown', 'live', 'paused', 'ended'];

export function levelNumber(level: Level): number {
  return LEVELS.indexOf(level) + 1;
}

export function entryOf(event: Event): Entry {
  const recorded = millis(event.recordedAt) ?? 0;
  const entry: Entry = {
    seq: Number(event.sequence),
    at: millis(event.occurredAt) ?? recorded,
    recorded,
    kind: 'other',
    text: '',
  };
  if (event.actor !== undefined) {
    entry.actorId = event.actor.id;
    entry.actorKind = event.actor.kind;
  }
  const payload = event.payload;
  switch (payload.case) {
    case 'thought':
      entry.kind = 'thought';
      entry.text = payload.value.text;
      if (payload.value.tags.length > 0) entry.tags = payload.value.tags;
      break;
    case 'log':
      entry.kind = 'log';
      entry.text = payload.value.line;
      entry.level = LEVEL_NUMBERS[payload.value.level] ?? 'info';
      entry.module = payload.value.module;
      entry.continued = payload.value.continued;
      break;
    case 'proof':
      entry.kind = 'proof';
      entry.text = payload.value.message;
      entry.sort = PROOF_KINDS[payload.value.kind] ?? 'proof';
      entry.hash = payload.value.sha;
      entry.url = payload.value.url;
      break;
    case 'chat':
      entry.kind = 'chat';
      entry.text = payload.value.message;
      entry.user = payload.value.user;
      break;
    case 'status':
      entry.kind = 'status';
      entry.text = payload.value.reason;
      entry.sort = STATES[payload.value.state] ?? 'unknown';
      break;
    case 'alert':
      entry.kind = 'alert';
      entry.text = payload.value.message;
      break;
    case 'reaction':
      entry.kind = 'reaction';
      entry.target = Number(payload.value.sequence);
      entry.emoji = payload.value.emoji;
      entry.removed = payload.value.removed;
      entry.text = payload.value.emoji;
      break;
    case 'chatChange':
      entry.kind = 'chat_change';
      entry.target = Number(payload.value.sequence);
      entry.text = payload.value.message;
      entry.removed = payload.value.deleted;
      break;
    case 'artifact':
      entry.kind = 'artifact';
      entry.text = payload.value.name;
      entry.sort = ARTIFACT_KINDS[payload.value.kind] ?? 'file';
      entry.hash = payload.value.hash;
      entry.url = payload.value.url;
      entry.mediaType = payload.value.mediaType;
      break;
    case 'sandbox':
      entry.kind = 'sandbox';
      entry.text = payload.value.message;
      entry.change = payload.value;
      break;
    case undefined:
      entry.text = 'An event of a kind that this page does not know.';
      break;
  }
  return entry;
}

/** Makes a message what an edit or a deletion left of it; of two changes the later one holds. */
export function applyChange(message: Entry, change: Entry): boolean {
  if (message.kind !== 'chat' || message.seq !== change.target || (message.changedAt ?? 0) > change.recorded) return false;
  message.text = change.text;
  message.removed = change.removed ?? false;
  message.changedAt = change.recorded;
  return true;
}

/** Stands for events that retention removed, first to last. */
export function gapEntry(first: number, last: number): Entry {
  return {
    seq: first,
    at: 0,
    recorded: 0,
    kind: 'gap',
    text: `Events ${first} to ${last} were removed by retention.`,
    until: last,
  };
}

/** Last sequence that the entry stands for. */
export function endOf(entry: Entry): number {
  return entry.until ?? entry.seq;
}

export function millis(time: Timestamp | undefined): number | undefined {
  return time === undefined ? undefined : Number(time.seconds) * 1000 + time.nanos / 1e6;
}
