import { millis } from '../contract/entry.js';
import { ChatVisibility, type ChatMessage, type ChatPayload, type Party, type ReactionCount } from '../contract/room-wire.js';
import type { Event } from '../contract/wire.js';

/** A message as the room's page keeps it. Never changed: what changes it makes another one. */
export interface Message {
  readonly seq: number;
  readonly at: number;
  readonly user: string;
  /** Empty for a spectator nobody knows. */
  readonly senderId: string;
  readonly senderKind: number;
  readonly text: string;
  readonly visibility: ChatVisibility;
  readonly recipients: readonly Party[];
  readonly mentions: readonly Party[];
  /** First message of the thread that this one answers in; 0 for none. */
  readonly thread: number;
  readonly replies: number;
  readonly fromSpectator: boolean;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly changedAt: number | undefined;
  readonly reactions: readonly ReactionCount[];
}

export function messageOf(told: ChatMessage): Message {
  return {
    seq: Number(told.sequence),
    at: millis(told.sentAt) ?? 0,
    user: told.user,
    senderId: told.sender?.id ?? '',
    senderKind: told.sender?.kind ?? 0,
    text: told.message,
    visibility: told.visibility,
    recipients: told.recipients,
    mentions: told.mentions,
    thread: Number(told.thread),
    replies: told.replies,
    fromSpectator: told.fromSpectator,
    edited: told.edited,
    deleted: told.deleted,
    changedAt: millis(told.changedAt),
    reactions: told.reactions,
  };
}

/** The message that a chat event is. */
export function messageIn(event: Event, chat: ChatPayload): Message {
  return {
    seq: Number(event.sequence),
    at: millis(event.occurredAt) ?? millis(event.recordedAt) ?? 0,
    user: chat.user,
    senderId: event.actor?.id ?? '',
    senderKind: event.actor?.kind ?? 0,
    text: chat.message,
    visibility: chat.visibility,
    recipients: chat.recipients,
    mentions: chat.mentions,
    thread: Number(chat.thread),
    replies: 0,
    fromSpectator: chat.fromSpectator,
    edited: false,
    deleted: false,
    changedAt: undefined,
    reactions: chat.reactions.map((emoji) => ({ emoji, count: 1, mine: false })),
  };
}

/** The message after somebody put a reaction on it or took one back. */
export function withReaction(message: Message, emoji: string, removed: boolean, byMe: boolean): Message {
  const before = message.reactions.find((each) => each.emoji === emoji);
  // What I have put is known exactly; the same from me again changes nothing.
  if (byMe && (before?.mine ?? false) === !removed) return message;
  const count = (before?.count ?? 0) + (removed ? -1 : 1);
  if (count < 0) return message;
  const after: ReactionCount = { emoji, count, mine: byMe ? !removed : (before?.mine ?? false) };
  const reactions = before === undefined ? [...message.reactions, after] : message.reactions.map((each) => (each === before ? after : each));
  return { ...message, reactions: reactions.filter((each) => each.count > 0) };
}
