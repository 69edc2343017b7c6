// Messages of rooms as the viewer reads and writes them; see wire.ts.
import type { Actor, CallOptions, Timestamp } from './wire.js';

export enum PartyKind {
  AGENT = 1,
  ACCOUNT = 2,
  SERVER = 3,
}

/** A person or agent as rooms name it. */
export interface Party {
  kind: PartyKind;
  id: string;
  handle: string;
}

export enum RoomState {
  ANY = 0,
  CREATED = 1,
  LOBBY = 2,
  ACTIVE = 3,
  PAUSED = 4,
  COMPLETED = 5,
}

export enum SpectatorChat {
  OFF = 1,
  ISOLATED = 2,
  VISIBLE = 3,
}

export enum Assignment {
  FIRST_CLAIM = 1,
  HOST = 2,
  REPUTATION = 3,
  ROUND_ROBIN = 4,
}

export interface RoomSettings {
  maxMembers: number;
  autoMergeEnabled: boolean;
  spectatorsRefused: boolean;
  gitIntegration: boolean;
  spectatorChat: number;
  assignment: number;
  mentionsCreateTasks: boolean;
  messagesPerMinute: number;
}

export interface RoomFacts {
  name: string;
  description: string;
  visibility: number;
  gitRepo: string;
  state: RoomState;
  settings?: RoomSettings;
}

export interface Room {
  roomId: string;
  facts?: RoomFacts;
  creator?: Party;
  createdAt?: Timestamp;
  members: number;
  present: number;
  spectators: number;
  spectatorsPeak: number;
  url: string;
  role: Role;
}

export enum Role {
  NONE = 0,
  HOST = 1,
  MEMBER = 2,
  SPECTATOR = 3,
}

export enum Presence {
  ACTIVE = 1,
  IDLE = 2,
  OFFLINE = 3,
}

export enum WorkState {
  RUNNING = 1,
  PAUSED = 2,
  STOPPED = 3,
}

export interface Member {
  party?: Party;
  role: Role;
  joinedAt?: Timestamp;
  capabilities: string[];
  presence: Presence;
  activity: number;
  note: string;
  work: WorkState;
  presenceSince?: Timestamp;
}

export enum TaskState {
  OPEN = 1,
  CLAIMED = 2,
  IN_PROGRESS = 3,
  REVIEW = 4,
  MERGED = 5,
  CANCELLED = 6,
}

export enum Priority {
  LOW = 1,
  MEDIUM = 2,
  HIGH = 3,
}

export interface WorkSubmission {
  kind: number;
  branch: string;
  pullRequestUrl: string;
  description: string;
  artifacts: string[];
  requestsReview: boolean;
}

export interface Task {
  taskId: bigint;
  title: string;
  description: string;
  state: TaskState;
  priority: number;
  deadline?: Timestamp;
  context: bigint[];
  creator?: Party;
  assignee?: Party;
  work?: WorkSubmission;
  createdAt?: Timestamp;
  updatedAt?: Timestamp;
  reservedFor?: Party;
}

export interface TaskProgress {
  taskId: bigint;
  percent?: number;
  message: string;
  files: string[];
  party?: Party;
}

export enum Deciders {
  HOSTS = 1,
  PEOPLE = 2,
  MEMBERS = 3,
}

export enum ApprovalState {
  PENDING = 1,
  APPROVED = 2,
  CHANGES_REQUESTED = 3,
  NEEDS_DISCUSSION = 4,
  EXPIRED = 5,
}

export interface Approval {
  approvalId: bigint;
  title: string;
  description: string;
  taskId: bigint;
  requester?: Party;
  deciders: number;
  state: ApprovalState;
  decider?: Party;
  comment: string;
  createdAt?: Timestamp;
  expiresAt?: Timestamp;
  decidedAt?: Timestamp;
}

export enum ChatVisibility {
  UNSET = 0,
  ROOM = 1,
  MEMBERS = 2,
  DIRECT = 3,
  SPECTATORS = 4,
}

export interface Invitation {
  invitationId: string;
  invitee?: Party;
  role: Role;
  inviter?: Party;
  expiresAt?: Timestamp;
  usesLeft: number;
  createdAt?: Timestamp;
}

export interface ChatPayload {
  user: string;
  message: string;
  reactions: string[];
  visibility: ChatVisibility;
  recipients: Party[];
  mentions: Party[];
  thread: bigint;
  fromSpectator: boolean;
}

export interface ChatChangePayload {
  sequence: bigint;
  message: string;
  deleted: boolean;
}

/** What happens in a room, and talk anywhere. */
export type RoomPayload =
  | { case: 'chat'; value: ChatPayload }
  | { case: 'chatChange'; value: ChatChangePayload }
  | { case: 'room'; value: { change: number; room?: RoomFacts; reason: string } }
  | { case: 'member'; value: { change: number; member?: Member; reason: string } }
  | { case: 'presence'; value: { member?: Member } }
  | { case: 'task'; value: { change: number; task?: Task; reason: string } }
  | { case: 'progress'; value: TaskProgress }
  | { case: 'approval'; value: { approval?: Approval } }
  | { case: 'steering'; value: { action: number; member?: Member; reason: string } }
  | { case: 'invitation'; value: { change: number; invitation?: Invitation } };

export interface ReactionCount {
  emoji: string;
  count: number;
  mine: boolean;
}

/** A message as lists give it. */
export interface ChatMessage {
  sequence: bigint;
  user: string;
  message: string;
  sentAt?: Timestamp;
  reactions: ReactionCount[];
  edited: boolean;
  deleted: boolean;
  changedAt?: Timestamp;
  sender?: Actor;
  visibility: ChatVisibility;
  recipients: Party[];
  mentions: Party[];
  thread: bigint;
  replies: number;
  fromSpectator: boolean;
}

export interface RoomContext {
  room?: Room;
  members: Member[];
  tasks: Task[];
  approvals: Approval[];
  messages: ChatMessage[];
  lastSequence: bigint;
}

export interface MyInvitation {
  roomId: string;
  roomName: string;
  invitation?: Invitation;
}

export interface Duration {
  seconds: bigint;
  nanos: number;
}

/** What a form says of a room. */
export interface RoomDraft {
  name: string;
  description: string;
  visibility: number;
  gitRepo: string;
  settings: RoomSettings;
}

type Of = { roomId: string };
type Answer<T> = Promise<T>;

export interface RoomService {
  createRoom(request: RoomDraft & { active: boolean; requestId: string }, options?: CallOptions): Answer<{ room: Room }>;
  listRooms(
    request: { pageSize?: number; pageToken?: string; query?: string; state?: RoomState; mine?: boolean },
    options?: CallOptions,
  ): Answer<{ rooms: Room[]; nextPageToken: string }>;
  getRoom(request: Of, options?: CallOptions): Answer<{ room: Room }>;
  getRoomContext(request: Of & { messages?: number }, options?: CallOptions): Answer<RoomContext>;
  updateRoom(request: Of & Partial<RoomDraft>, options?: CallOptions): Answer<{ room: Room }>;
  deleteRoom(request: Of, options?: CallOptions): Answer<object>;
  moveRoom(request: Of & { state: RoomState; reason?: string }, options?: CallOptions): Answer<{ room: Room }>;
  joinRoom(
    request: Of & { invitation?: string; asSpectator?: boolean },
    options?: CallOptions,
  ): Answer<{ room: Room; member: Member }>;
  leaveRoom(request: Of, options?: CallOptions): Answer<object>;
  updateMember(request: Of & { memberId: string; role: Role }, options?: CallOptions): Answer<object>;
  removeMember(request: Of & { memberId: string; reason?: string }, options?: CallOptions): Answer<object>;
  createInvitation(
    request: Of & { invitee?: string; role?: Role; lifetime?: Duration; uses?: number },
    options?: CallOptions,
  ): Answer<{ invitation: Invitation; secret: string; url: string }>;
  listInvitations(request: Of, options?: CallOptions): Answer<{ invitations: Invitation[] }>;
  revokeInvitation(request: Of & { invitationId: string }, options?: CallOptions): Answer<object>;
  listMyInvitations(request: object, options?: CallOptions): Answer<{ invitations: MyInvitation[] }>;
  heartbeat(
    request: Of & { deviceId: string; presence: Presence },
    options?: CallOptions,
  ): Answer<{ lease?: Duration; nextReport?: Duration }>;
  steerAgent(request: Of & { memberId: string; action: number; reason?: string }, options?: CallOptions): Answer<object>;
}

export interface RoomChatService {
  sendRoomMessage(
    request: Of & { message: string; requestId: string; visibility?: ChatVisibility; recipients?: string[]; thread?: bigint },
    options?: CallOptions,
  ): Answer<{ sequence: bigint; taskId: bigint }>;
  reactInRoom(request: Of & { sequence: bigint; emoji: string; remove: boolean }, options?: CallOptions): Answer<object>;
  editMessage(request: { streamId: string; sequence: bigint; message: string }, options?: CallOptions): Answer<object>;
  deleteMessage(request: { streamId: string; sequence: bigint }, options?: CallOptions): Answer<object>;
  listRoomMessages(
    request: Of & { limit?: number; from?: { case: 'beforeSequence' | 'afterSequence'; value: bigint }; thread?: bigint },
    options?: CallOptions,
  ): Answer<{ messages: ChatMessage[]; hasMore: boolean }>;
  searchRoomMessages(
    request: Of & { query: string; beforeSequence?: bigint; limit?: number },
    options?: CallOptions,
  ): Answer<{ messages: ChatMessage[]; searchedTo: bigint; hasMore: boolean }>;
}

export interface TaskService {
  createTask(
    request: Of & { title: string; description?: string; priority?: number; deadline?: Timestamp; context?: bigint[]; requestId: string },
    options?: CallOptions,
  ): Answer<{ task: Task }>;
  updateTask(
    request: Of & { taskId: bigint; title?: string; description?: string; priority?: number; deadline?: Timestamp },
    options?: CallOptions,
  ): Answer<{ task: Task }>;
  claimTask(request: Of & { taskId: bigint }, options?: CallOptions): Answer<{ task: Task }>;
  assignTask(request: Of & { taskId: bigint; memberId: string }, options?: CallOptions): Answer<{ task: Task }>;
  moveTask(request: Of & { taskId: bigint; move: number; reason?: string }, options?: CallOptions): Answer<{ task: Task }>;
  submitWork(request: Of & { taskId: bigint; work: Partial<WorkSubmission> }, options?: CallOptions): Answer<{ task: Task; approvalId: bigint }>;
  decideApproval(
    request: Of & { approvalId: bigint; decision: number; comment?: string },
    options?: CallOptions,
  ): Answer<{ approval: Approval }>;
}
