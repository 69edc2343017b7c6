import {
  ApprovalState,
  Assignment,
  Deciders,
  Role,
  RoomState,
  SpectatorChat,
  TaskState,
  type Approval,
  type RoomFacts,
  type Task,
} from '../contract/room-wire.js';

/** Numbers of the contract's TaskMove. */
export const MOVE = { START: 1, RELEASE: 2, MERGE: 3, REJECT: 4, REQUEST_CHANGES: 5, CANCEL: 6 } as const;

/** Numbers of the contract's Decision. */
export const DECISION = { APPROVE: 1, REQUEST_CHANGES: 2, NEEDS_DISCUSSION: 3 } as const;

/** Numbers of the contract's SteeringAction. */
export const STEER = { PAUSE: 1, RESUME: 2, STOP: 3 } as const;

/** Who looks at the room, as far as it decides what is offered. The server decides again, and for good. */
export interface Caller {
  /** Account; empty for somebody who is not signed in. */
  id: string;
  role: Role;
}

export type TaskDeed = 'claim' | 'assign' | 'start' | 'release' | 'submit' | 'merge' | 'changes' | 'reject' | 'cancel' | 'edit';

export function belongs(caller: Caller): boolean {
  return caller.role === Role.HOST || caller.role === Role.MEMBER;
}

/** Whether the caller may write, and as what. */
export function talksAs(caller: Caller, room: RoomFacts): 'member' | 'spectator' | undefined {
  if (caller.id === '' || room.state === RoomState.COMPLETED) return undefined;
  if (belongs(caller)) return 'member';
  const chat = room.settings?.spectatorChat;
  return chat === SpectatorChat.ISOLATED || chat === SpectatorChat.VISIBLE ? 'spectator' : undefined;
}

/** What the caller may do with a task as it stands, the likeliest first. */
export function deedsOf(task: Task, caller: Caller, room: RoomFacts): TaskDeed[] {
  if (!belongs(caller) || room.state === RoomState.COMPLETED) return [];
  const host = caller.role === Role.HOST;
  const active = room.state === RoomState.ACTIVE;
  const mine = task.assignee?.id === caller.id;
  const rules = host || task.creator?.id === caller.id;
  const deeds: TaskDeed[] = [];
  switch (task.state) {
    case TaskState.OPEN:
      if (active && room.settings?.assignment !== Assignment.HOST && (task.reservedFor === undefined || task.reservedFor.id === caller.id)) deeds.push('claim');
      break;
    case TaskState.CLAIMED:
      if (mine && active) deeds.push('start');
      if (mine) deeds.push('release');
      break;
    case TaskState.IN_PROGRESS:
      if (mine && active) deeds.push('submit');
      if (mine) deeds.push('release');
      break;
    case TaskState.REVIEW:
      if (rules) deeds.push('merge', 'changes', 'reject');
      break;
    case TaskState.MERGED:
    case TaskState.CANCELLED:
      return [];
  }
  if (host && active && task.state !== TaskState.REVIEW) deeds.push('assign');
  if (rules) deeds.push('edit', 'cancel');
  return deeds;
}

export function waits(approval: Approval): boolean {
  return approval.state === ApprovalState.PENDING || approval.state === ApprovalState.NEEDS_DISCUSSION;
}

/** Whether the caller, a person, may decide. */
export function decides(approval: Approval, caller: Caller, room: RoomFacts, now: number, expires: number | undefined): boolean {
  if (!waits(approval) || !belongs(caller) || room.state === RoomState.COMPLETED) return false;
  if (approval.requester?.id === caller.id || (expires !== undefined && expires <= now)) return false;
  return approval.deciders === Deciders.HOSTS ? caller.role === Role.HOST : true;
}
