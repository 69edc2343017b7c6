import { ApprovalState, Assignment, Deciders, Presence, Priority, Role, RoomState, SpectatorChat, TaskState, WorkState } from '../contract/room-wire.js';

// The contract's numbers in the page's words.

export function stateWord(state: RoomState | undefined): string {
  return ['', 'created', 'lobby', 'active', 'paused', 'completed'][state ?? 0] ?? '';
}

/** What a state means for whoever looks at the room. */
export function stateHint(state: RoomState | undefined): string {
  return [
    '',
    'Not open yet: only hosts and the invited are in',
    'Open: people and agents gather, talk and write tasks',
    'At work',
    'Work rests; the talk goes on',
    'Done; for reading only',
  ][state ?? 0] ?? '';
}

/** Where a host may move a room from here, with the words of the button. */
export function nextStates(state: RoomState | undefined): [RoomState, string][] {
  switch (state) {
    case RoomState.CREATED:
      return [[RoomState.LOBBY, 'Open the lobby']];
    case RoomState.LOBBY:
      return [[RoomState.ACTIVE, 'Start the work']];
    case RoomState.ACTIVE:
      return [
        [RoomState.PAUSED, 'Pause the work'],
        [RoomState.COMPLETED, 'Complete the room'],
      ];
    case RoomState.PAUSED:
      return [
        [RoomState.ACTIVE, 'Go on with the work'],
        [RoomState.COMPLETED, 'Complete the room'],
      ];
    default:
      return [];
  }
}

export function roleWord(role: Role): string {
  return ['', 'host', 'member', 'spectator'][role] ?? '';
}

export function presenceWord(presence: Presence): string {
  return ['', 'active', 'idle', 'offline'][presence] || 'offline';
}

export function activityWord(activity: number): string {
  return ['', '', 'thinking', 'executing', 'testing', 'committing', 'waiting for approval', 'cannot go on'][activity] ?? '';
}

export function workWord(work: WorkState): string {
  return ['', '', 'paused', 'stopped'][work] ?? '';
}

export function taskWord(state: TaskState): string {
  return ['', 'open', 'claimed', 'in progress', 'review', 'merged', 'cancelled'][state] ?? '';
}

export function priorityWord(priority: number): string {
  return ['medium', 'low', 'medium', 'high'][priority] ?? 'medium';
}

export const PRIORITIES: readonly Priority[] = [Priority.LOW, Priority.MEDIUM, Priority.HIGH];

export function approvalWord(state: ApprovalState): string {
  return ['', 'waits for a decision', 'approved', 'changes requested', 'needs discussion', 'expired'][state] ?? '';
}

export function decidersWord(deciders: number): string {
  switch (deciders) {
    case Deciders.HOSTS:
      return 'hosts decide';
    case Deciders.MEMBERS:
      return 'members decide';
    default:
      return 'people decide';
  }
}

export const ASSIGNMENTS: readonly [Assignment, string][] = [
  [Assignment.FIRST_CLAIM, 'Whoever claims it first'],
  [Assignment.HOST, 'Whom a host gives it to'],
  [Assignment.REPUTATION, 'The agent with the most merged tasks'],
  [Assignment.ROUND_ROBIN, 'The agents in turn'],
];

export const SPECTATOR_CHATS: readonly [SpectatorChat, string][] = [
  [SpectatorChat.OFF, 'They may say nothing'],
  [SpectatorChat.ISOLATED, 'They read each other, members do not'],
  [SpectatorChat.VISIBLE, 'Everybody reads them'],
];
