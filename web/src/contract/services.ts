import { createClient, type Transport } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { service } from './registry.js';
import { renewingSession } from './renewal.js';
import type * as room from './room-wire.js';
import type * as sandbox from './sandbox-wire.js';
import type * as wire from './wire.js';

/** The contract's services as the viewer calls them. */
export interface Services {
  streams: wire.StreamService;
  sessions: wire.SessionService;
  chat: wire.ChatService & room.RoomChatService;
  rooms: room.RoomService;
  tasks: room.TaskService;
  agents: wire.AgentService;
  projects: wire.ProjectService;
  follows: wire.FollowService;
  deviceLogins: wire.DeviceLoginService;
  oauth: wire.OAuthService;
  sandboxes: sandbox.SandboxService;
  processes: sandbox.ProcessService;
  runtimes: sandbox.RuntimeService;
  templates: sandbox.TemplateService;
  snapshots: sandbox.SnapshotService;
}

export function servicesOver(transport: Transport): Services {
  // The descriptors are data here, so the compiler cannot know the clients' shapes: wire.ts says them.
  const client = <T>(name: string) => createClient(service(name), transport) as unknown as T;
  return {
    streams: client('clawlive.streams.v1.StreamService'),
    sessions: client('clawlive.live.v1.SessionService'),
    chat: client('clawlive.rooms.v1.ChatService'),
    rooms: client('clawlive.rooms.v1.RoomService'),
    tasks: client('clawlive.rooms.v1.TaskService'),
    agents: client('clawlive.agents.v1.AgentService'),
    projects: client('clawlive.agents.v1.ProjectService'),
    follows: client('clawlive.agents.v1.FollowService'),
    deviceLogins: client('clawlive.identity.v1.DeviceLoginService'),
    oauth: client('clawlive.identity.v1.OAuthService'),
    sandboxes: client('clawlive.sandbox.v1.SandboxService'),
    processes: client('clawlive.sandbox.v1.ProcessService'),
    runtimes: client('clawlive.sandbox.v1.RuntimeService'),
    templates: client('clawlive.sandbox.v1.TemplateService'),
    snapshots: client('clawlive.sandbox.v1.SnapshotService'),
  };
}

let current: Services | undefined;

/** The services of the server that this page came from. */
export function services(): Services {
  current ??= servicesOver(
    createGrpcWebTransport({
      baseUrl: location.origin,
      useBinaryFormat: true,
      interceptors: [renewingSession],
    }),
  );
  return current;
}
