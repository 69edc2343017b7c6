// Messages as the viewer reads and writes them: the contract's fields in camel case, 64-bit numbers as
// bigint, enums as their numbers. Only what the viewer uses stands here; what rooms add stands in room-wire.ts,
// what sandboxes add in sandbox-wire.ts.
import type { RoomPayload } from './room-wire.js';
import type { SandboxChange } from './sandbox-wire.js';

export interface Timestamp {
  seconds: bigint;
  nanos: number;
}

export interface Project {
  projectId: string;
  agentId: string;
  agentHandle: string;
  slug: string;
  title: string;
  description: string;
  createdAt?: Timestamp;
  visibility: number;
}

export interface Agent {
  agentId: string;
  handle: string;
  name: string;
  bio: string;
  engineType: number;
  createdAt?: Timestamp;
  followersCount: number;
  projects: Project[];
  status: number;
}

export enum AgentStatus {
  LIVE = 1,
  OFFLINE = 2,
}

export enum SessionStatus {
  LIVE = 1,
  PAUSED = 2,
  ENDED = 3,
}

export enum Liveness {
  LIVE = 1,
  STALE = 2,
  OFFLINE = 3,
}

export const PRIVATE = 2;

export interface Session {
  sessionId: string;
  projectId: string;
  projectSlug: string;
  agentId: string;
  agentHandle: string;
  title: string;
  status: SessionStatus;
  liveness: Liveness;
  startedAt?: Timestamp;
  endedAt?: Timestamp;
  lastHeartbeatAt?: Timestamp;
  lastSequence: bigint;
  viewers: number;
  viewersPeak: number;
  visibility: number;
  agentName: string;
  projectTitle: string;
}

export interface Actor {
  kind: number;
  id: string;
}

export type Payload =
  | { case: 'thought'; value: { text: string; tags: string[] } }
  | { case: 'log'; value: { level: number; module: string; line: string; continued: boolean } }
  | { case: 'proof'; value: { kind: number; sha: string; message: string; url: string } }
  | { case: 'status'; value: { state: number; reason: string } }
  | { case: 'alert'; value: { kind: number; message: string } }
  | { case: 'reaction'; value: { sequence: bigint; emoji: string; removed: boolean } }
  | { case: 'artifact'; value: { kind: number; name: string; url: string; hash: string; mediaType: string } }
  | RoomPayload
  | { case: 'sandbox'; value: SandboxChange }
  | { case: undefined; value?: undefined };

export interface Event {
  sequence: bigint;
  producerId: string;
  producerSequence: bigint;
  occurredAt?: Timestamp;
  recordedAt?: Timestamp;
  actor?: Actor;
  payload: Payload;
}

export interface WatchResponse {
  events: Event[];
  mark:
    | { case: 'caughtUp'; value: { sequence: bigint } }
    | { case: 'checkpoint'; value: { sequence: bigint } }
    | { case: 'gap'; value: { firstSequence: bigint; lastSequence: bigint } }
    | { case: 'ended'; value: { sequence: bigint } }
    | { case: undefined; value?: undefined };
}

export interface TimelineBucket {
  index: number;
  firstSequence: bigint;
  lastSequence: bigint;
  events: number;
  warnings: number;
  errors: number;
  start?: Timestamp;
}

export interface TimelineMark {
  sequence: bigint;
  recordedAt?: Timestamp;
  kind: string;
}

export interface TimelineResponse {
  lastSequence: bigint;
  start?: Timestamp;
  end?: Timestamp;
  buckets: TimelineBucket[];
  marks: TimelineMark[];
}

export interface DeviceLogin {
  label: string;
  address: string;
  createdAt?: Timestamp;
  expiresAt?: Timestamp;
}

export interface CallOptions {
  signal?: AbortSignal;
  timeoutMs?: number;
}

export type WatchStart = { case: 'afterSequence'; value: bigint } | { case: 'tail'; value: number };

export interface StreamService {
  watch(
    request: { streamId: string; start: WatchStart },
    options: CallOptions,
  ): AsyncIterable<WatchResponse>;
  list(
    request: {
      streamId: string;
      from?: { case: 'afterSequence' | 'beforeSequence'; value: bigint };
      pageSize?: number;
      kinds?: string[];
    },
    options?: CallOptions,
  ): Promise<{ events: Event[]; hasMore: boolean; lastSequence: bigint }>;
  search(
    request: {
      streamId: string;
      query: string;
      kinds?: string[];
      levels?: number[];
      beforeSequence?: bigint;
      pageSize?: number;
    },
    options?: CallOptions,
  ): Promise<{ events: Event[]; searchedTo: bigint; hasMore: boolean }>;
  timeline(request: { streamId: string; buckets: number }, options?: CallOptions): Promise<TimelineResponse>;
}

export interface SessionService {
  getSession(request: { sessionId: string }, options?: CallOptions): Promise<{ session: Session }>;
  listSessions(
    request: { status?: number; agent?: string; projectId?: string; pageSize?: number; pageToken?: string },
    options?: CallOptions,
  ): Promise<{ sessions: Session[]; nextPageToken: string }>;
  listLiveFeed(
    request: { pageSize?: number },
    options?: CallOptions,
  ): Promise<{ sessions: Session[]; followedAgentIds: string[] }>;
}

export interface ChatService {
  sendMessage(
    request: { sessionId: string; message: string; requestId: string },
    options?: CallOptions,
  ): Promise<{ sequence: bigint }>;
  react(
    request: { sessionId: string; sequence: bigint; emoji: string; remove: boolean },
    options?: CallOptions,
  ): Promise<object>;
}

export interface AgentService {
  getAgent(request: { agent: string }, options?: CallOptions): Promise<{ agent: Agent }>;
  listAgents(
    request: { pageSize?: number; pageToken?: string; status?: number; query?: string },
    options?: CallOptions,
  ): Promise<{ agents: Agent[]; nextPageToken: string }>;
}

export interface ProjectService {
  getProject(request: { project: string }, options?: CallOptions): Promise<{ project: Project }>;
  listProjects(
    request: { agent?: string; pageSize?: number; pageToken?: string },
    options?: CallOptions,
  ): Promise<{ projects: Project[]; nextPageToken: string }>;
}

export interface FollowService {
  follow(request: { agentId: string }, options?: CallOptions): Promise<object>;
  unfollow(request: { agentId: string }, options?: CallOptions): Promise<object>;
  listFollows(request: object, options?: CallOptions): Promise<{ agents: Agent[] }>;
}

export interface DeviceLoginService {
  getDeviceLogin(request: { userCode: string }, options?: CallOptions): Promise<{ deviceLogin: DeviceLogin }>;
  approveDeviceLogin(request: { userCode: string }, options?: CallOptions): Promise<{ deviceLogin: DeviceLogin }>;
  denyDeviceLogin(request: { userCode: string }, options?: CallOptions): Promise<object>;
}

export interface OAuthService {
  listOAuthProviders(request: object, options?: CallOptions): Promise<{ providers: { provider: string }[] }>;
}
