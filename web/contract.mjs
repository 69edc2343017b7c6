// Cuts the contract's descriptor set down to what reading and writing messages needs: the services the
// viewer calls, the messages they reach, and no options, comments or Java names.
import { readFile } from 'node:fs/promises';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

const METHODS = {
  'clawlive.streams.v1.StreamService': ['Watch', 'List', 'Search', 'Timeline'],
  'clawlive.live.v1.SessionService': ['GetSession', 'ListSessions', 'ListLiveFeed'],
  'clawlive.rooms.v1.ChatService': ['SendMessage', 'React', 'SendRoomMessage', 'ReactInRoom', 'EditMessage', 'DeleteMessage',
    'ListRoomMessages', 'SearchRoomMessages'],
  'clawlive.rooms.v1.RoomService': ['CreateRoom', 'ListRooms', 'GetRoom', 'GetRoomContext', 'UpdateRoom', 'DeleteRoom', 'MoveRoom',
    'JoinRoom', 'LeaveRoom', 'UpdateMember', 'RemoveMember', 'CreateInvitation', 'ListInvitations', 'RevokeInvitation',
    'ListMyInvitations', 'Heartbeat', 'SteerAgent'],
  'clawlive.rooms.v1.TaskService': ['CreateTask', 'UpdateTask', 'ClaimTask', 'AssignTask', 'MoveTask', 'SubmitWork', 'DecideApproval'],
  'clawlive.agents.v1.AgentService': ['GetAgent', 'ListAgents'],
  'clawlive.agents.v1.ProjectService': ['GetProject', 'ListProjects'],
  'clawlive.agents.v1.FollowService': ['Follow', 'Unfollow', 'ListFollows'],
  'clawlive.identity.v1.DeviceLoginService': ['GetDeviceLogin', 'ApproveDeviceLogin', 'DenyDeviceLogin'],
  'clawlive.identity.v1.OAuthService': ['ListOAuthProviders'],
  'clawlive.sandbox.v1.SandboxService': ['CreateSandbox', 'GetSandbox', 'ListSandboxes', 'UpdateSandbox', 'StartSandbox', 'StopSandbox',
    'DeleteSandbox', 'WatchSandboxStats'],
  'clawlive.sandbox.v1.ProcessService': ['StartProcess', 'AttachProcess', 'SendInput', 'SignalProcess', 'ResizeTerminal', 'ListProcesses'],
  'clawlive.sandbox.v1.RuntimeService': ['GetRuntimeStatus'],
  'clawlive.sandbox.v1.TemplateService': ['ListTemplates'],
  'clawlive.sandbox.v1.SnapshotService': ['CreateSnapshot', 'ListSnapshots', 'RestoreSnapshot', 'ForkSnapshot', 'DeleteSnapshot'],
};

export async function slimContract(path) {
  const files = fromBinary(FileDescriptorSetSchema, await readFile(path)).file;
  const symbols = new Map();
  for (const file of files) {
    const scope = `.${file.package}`;
    for (const message of file.messageType) symbols.set(`${scope}.${message.name}`, { file, message });
    for (const each of file.enumType) symbols.set(`${scope}.${each.name}`, { file, each });
  }
  const wanted = new Set();
  const want = (name) => {
    const top = [...symbols.keys()].find((each) => name === each || name.startsWith(`${each}.`));
    if (top === undefined || wanted.has(top)) return;
    wanted.add(top);
    const walk = (message) => {
      for (const field of message.field) if (field.typeName) want(field.typeName);
      for (const nested of message.nestedType) walk(nested);
    };
    const { message } = symbols.get(top);
    if (message) walk(message);
  };
  const slim = [];
  for (const file of files) {
    const services = file.service.filter((service) => METHODS[`${file.package}.${service.name}`]);
    for (const service of services) {
      const kept = METHODS[`${file.package}.${service.name}`];
      service.method = service.method.filter((method) => kept.includes(method.name));
      for (const method of service.method) {
        want(method.inputType);
        want(method.outputType);
      }
    }
    file.service = services.filter((service) => service.method.length > 0);
  }
  for (const file of files) {
    const messageType = file.messageType.filter((message) => wanted.has(`.${file.package}.${message.name}`));
    const enumType = file.enumType.filter((each) => wanted.has(`.${file.package}.${each.name}`));
    if (messageType.length + enumType.length + file.service.length === 0) continue;
    messageType.forEach(bare);
    for (const each of enumType) each.value.forEach((value) => (value.options = undefined));
    file.service.forEach((service) => {
      service.options = undefined;
      service.method.forEach((method) => (method.options = undefined));
    });
    slim.push(create(FileDescriptorProtoSchema, { name: file.name, package: file.package, syntax: file.syntax,
      dependency: file.dependency, messageType, enumType, service: file.service }));
  }
  const names = new Set(slim.map((file) => file.name));
  for (const file of slim) file.dependency = file.dependency.filter((name) => names.has(name));
  return toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: slim }));
}

/** A message without options; map entries keep theirs, for they say what the message is. */
function bare(message) {
  if (!message.options?.mapEntry) message.options = undefined;
  message.field.forEach((field) => (field.options = undefined));
  message.oneofDecl.forEach((each) => (each.options = undefined));
  message.enumType.forEach((each) => each.value.forEach((value) => (value.options = undefined)));
  message.nestedType.forEach(bare);
}
