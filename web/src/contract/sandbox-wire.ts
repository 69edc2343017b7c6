// What sandboxes add to the messages of wire.ts, in the same shape.
import type { Duration } from './room-wire.js';
import type { CallOptions, Timestamp } from './wire.js';

export enum SandboxState {
  UNKNOWN = 0,
  CREATING = 1,
  STOPPED = 2,
  STARTING = 3,
  RUNNING = 4,
  STOPPING = 5,
  DELETING = 6,
  DELETED = 7,
  FAILED = 8,
}

export enum SandboxReason {
  NONE = 0,
  REQUESTED = 1,
  EXITED = 2,
  OUT_OF_MEMORY = 3,
  LEASE_ENDED = 4,
  LEASE_ENDING = 5,
  LEASE_EXTENDED = 6,
  IMAGE_MISSING = 7,
  RUNTIME_UNAVAILABLE = 8,
  RUNTIME_FAILED = 9,
  LOST = 10,
  ADOPTED = 11,
  LIMITS_CHANGED = 12,
  RESTORED = 13,
  SNAPSHOT_UNUSABLE = 14,
}

export enum SandboxNetwork {
  NONE = 1,
  INTERNAL = 2,
  OPEN = 3,
}

/** A sandbox is something else now than it was. */
export interface SandboxChange {
  state: SandboxState;
  reason: SandboxReason;
  message: string;
  exitCode?: number;
  leaseEndsAt?: Timestamp;
  revision: bigint;
}

export interface SandboxSpec {
  image: string;
  command: string[];
  env: Record<string, string>;
  memoryMb: number;
  cpus: number;
  pids: number;
  tmpMb: number;
  network: SandboxNetwork;
  volumes: { name: string; path: string; hostPath: string; readOnly: boolean }[];
  port: number;
  workingDirectory: string;
  lease?: Duration;
}

export interface Sandbox {
  sandboxId: string;
  name: string;
  accountId: string;
  agentId: string;
  spec?: SandboxSpec;
  state: SandboxState;
  reason: SandboxReason;
  message: string;
  exitCode?: number;
  runtime: string;
  template: string;
  hostPort: number;
  createdAt?: Timestamp;
  startedAt?: Timestamp;
  stoppedAt?: Timestamp;
  leaseEndsAt?: Timestamp;
  sessionId: string;
  roomId: string;
  revision: bigint;
}

export interface SandboxStats {
  measuredAt?: Timestamp;
  cpuNanos: bigint;
  memoryBytes: bigint;
  memoryLimitBytes: bigint;
  pids: number;
  networkReceivedBytes: bigint;
  networkSentBytes: bigint;
}

/** What a form says of a new sandbox. */
export interface SandboxDraft {
  name: string;
  template: string;
  variables: Record<string, string>;
  spec: Partial<SandboxSpec>;
  stopped: boolean;
}

/** What may be changed of a sandbox; what is left out stays as it is. */
export interface SandboxLimits {
  memoryMb?: number;
  cpus?: number;
  pids?: number;
  lease?: Duration;
}

type Of = { sandboxId: string };

export interface SandboxService {
  createSandbox(request: SandboxDraft & { requestId: string }, options?: CallOptions): Promise<{ sandbox: Sandbox }>;
  getSandbox(request: Of, options?: CallOptions): Promise<{ sandbox: Sandbox }>;
  listSandboxes(
    request: { pageSize?: number; pageToken?: string; everybody?: boolean },
    options?: CallOptions,
  ): Promise<{ sandboxes: Sandbox[]; nextPageToken: string }>;
  updateSandbox(request: Of & SandboxLimits, options?: CallOptions): Promise<{ sandbox: Sandbox }>;
  startSandbox(request: Of, options?: CallOptions): Promise<{ sandbox: Sandbox }>;
  stopSandbox(request: Of, options?: CallOptions): Promise<{ sandbox: Sandbox }>;
  deleteSandbox(request: Of, options?: CallOptions): Promise<object>;
  watchSandboxStats(request: Of & { interval?: Duration }, options: CallOptions): AsyncIterable<{ stats?: SandboxStats }>;
}

export interface TerminalSize {
  columns: number;
  rows: number;
}

export interface ProcessExited {
  code: number;
  signal: number;
  reason: string;
}

export interface ProcessEvent {
  /** Bytes that were told until now: where an attach goes on. */
  position: bigint;
  event:
    | { case: 'started'; value: { pid: number; tag: string } }
    | { case: 'stdout' | 'stderr' | 'terminal'; value: Uint8Array }
    | { case: 'exited'; value: ProcessExited }
    | { case: 'keepalive'; value: object }
    | { case: undefined; value?: undefined };
}

export interface Process {
  pid: number;
  tag: string;
  command: string[];
  position: bigint;
  terminal: boolean;
  exited?: ProcessExited;
}

export interface ProcessService {
  startProcess(
    request: Of & { command: string[]; env?: Record<string, string>; terminal?: TerminalSize; tag?: string },
    options: CallOptions,
  ): AsyncIterable<{ event?: ProcessEvent }>;
  attachProcess(request: Of & { process: string; position: bigint }, options: CallOptions): AsyncIterable<{ event?: ProcessEvent }>;
  sendInput(request: Of & { process: string; data: Uint8Array; position?: bigint }, options?: CallOptions): Promise<{ position: bigint }>;
  signalProcess(request: Of & { process: string; signal: number }, options?: CallOptions): Promise<object>;
  resizeTerminal(request: Of & { process: string; size: TerminalSize }, options?: CallOptions): Promise<object>;
  listProcesses(request: Of, options?: CallOptions): Promise<{ processes: Process[] }>;
}

export interface Runtime {
  name: string;
  usable: boolean;
  version: string;
  message: string;
  missing: string[];
  processors: number;
  memoryBytes: bigint;
}

export interface RuntimeStatus {
  active: string;
  runtimes: Runtime[];
  defaultImage: string;
  images: string[];
}

export interface RuntimeService {
  getRuntimeStatus(request: object, options?: CallOptions): Promise<RuntimeStatus>;
}

export interface TemplateVariable {
  name: string;
  description: string;
  defaultValue: string;
  required: boolean;
}

export interface Template {
  template: string;
  name: string;
  description: string;
  spec?: SandboxSpec;
  variables: TemplateVariable[];
}

export interface TemplateService {
  listTemplates(request: object, options?: CallOptions): Promise<{ templates: Template[] }>;
}

export enum SnapshotState {
  CREATING = 1,
  READY = 2,
  FAILED = 3,
}

/** A copy of a sandbox's files at one moment. */
export interface Snapshot {
  snapshotId: string;
  name: string;
  sandboxId: string;
  sandboxName: string;
  state: SnapshotState;
  message: string;
  volumes: { name: string; bytes: bigint; storedBytes: bigint }[];
  createdAt?: Timestamp;
}

type OfSnapshot = { snapshotId: string };

export interface SnapshotService {
  createSnapshot(request: Of & { name?: string; requestId: string }, options?: CallOptions): Promise<{ snapshot: Snapshot }>;
  listSnapshots(request: { sandboxId?: string; pageSize?: number }, options?: CallOptions): Promise<{ snapshots: Snapshot[]; nextPageToken: string }>;
  restoreSnapshot(request: OfSnapshot, options?: CallOptions): Promise<{ sandbox: Sandbox }>;
  forkSnapshot(request: OfSnapshot & { name?: string; requestId: string }, options?: CallOptions): Promise<{ sandbox: Sandbox }>;
  deleteSnapshot(request: OfSnapshot, options?: CallOptions): Promise<object>;
}
