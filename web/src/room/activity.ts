import { millis } from '../contract/entry.js';
import { failureOf } from '../contract/failure.js';
import { ApprovalState, type Member, type Party, type RoomPayload, type TaskProgress } from '../contract/room-wire.js';
import type { Event, StreamService } from '../contract/wire.js';
import { activityWord, presenceWord, roleWord, stateWord } from './words.js';

/** One line of what happened beside the talk. */
export interface Happening {
  readonly seq: number;
  readonly at: number;
  readonly kind: 'room' | 'member' | 'presence' | 'task' | 'progress' | 'approval' | 'steering' | 'invitation' | 'proof' | 'artifact';
  /** Who it is about or who did it; empty when the sentence stands by itself. */
  readonly who: string;
  readonly text: string;
  readonly taskId: number;
  /** Same for lines of which only the newest is of interest. */
  readonly replaces: string;
}

/** How far somebody is, with the files in work. */
export interface Progress {
  readonly seq: number;
  readonly at: number;
  readonly told: TaskProgress;
}

const KINDS = ['room', 'member', 'task', 'progress', 'approval', 'steering', 'invitation', 'proof', 'artifact'];
const PAGE = 60;
/** Lines kept while the room is watched. */
const KEPT = 400;

/** What happened in a room beside the talk, newest last, and what everybody works on. */
export class Activity {
  happenings: Happening[] = [];
  /** Newest progress of everybody, by id. */
  readonly progress = new Map<string, Progress>();
  hasOlder = false;
  loading = false;
  problem = '';
  #from = 0;

  constructor(
    private readonly streams: StreamService,
    private readonly streamId: string,
    private readonly nameOf: (id: string) => string,
    private readonly changed: () => void,
  ) {}

  /** Begins anew with what is on the stream up to a sequence. */
  async open(upTo: number): Promise<void> {
    this.happenings = [];
    this.progress.clear();
    this.#from = upTo + 1;
    this.hasOlder = upTo > 0;
    await this.loadOlder();
  }

  take(event: Event): void {
    this.#note(event);
    const line = happeningOf(event, this.nameOf);
    if (line === undefined) return;
    const before = this.happenings.at(-1);
    const kept = line.replaces !== '' && before?.replaces === line.replaces ? this.happenings.slice(0, -1) : this.happenings;
    this.happenings = [...kept, line];
    if (this.happenings.length > KEPT) {
      this.happenings = this.happenings.slice(-KEPT / 2);
      this.#from = this.happenings[0]?.seq ?? this.#from;
      this.hasOlder = true;
    }
  }

  async loadOlder(): Promise<void> {
    if (this.loading || !this.hasOlder) return;
    this.loading = true;
    this.problem = '';
    this.changed();
    const before = this.#from;
    try {
      const page = await this.streams.list({ streamId: this.streamId, from: { case: 'beforeSequence', value: BigInt(before) }, pageSize: PAGE, kinds: KINDS });
      const lines: Happening[] = [];
      for (const event of page.events) {
        const line = happeningOf(event, this.nameOf);
        if (line === undefined) continue;
        if (line.replaces !== '' && lines.at(-1)?.replaces === line.replaces) lines.pop();
        lines.push(line);
        this.#note(event);
      }
      // The room was read anew meanwhile.
      if (before !== this.#from) return;
      this.happenings = [...lines, ...this.happenings];
      this.#from = Number(page.events[0]?.sequence ?? 1n);
      this.hasOlder = page.hasMore;
    } catch (cause) {
      this.problem = failureOf(cause).message;
    } finally {
      this.loading = false;
      this.changed();
    }
  }

  /** Forgets what somebody works on who is gone. */
  forget(id: string): void {
    this.progress.delete(id);
  }

  #note(event: Event): void {
    if (event.payload.case !== 'progress') return;
    const told = event.payload.value;
    const id = told.party?.id ?? '';
    const seq = Number(event.sequence);
    if ((this.progress.get(id)?.seq ?? 0) < seq) this.progress.set(id, { seq, at: millis(event.recordedAt) ?? 0, told });
  }
}

/** The line that an event makes; undefined for talk and for what nobody has to be told. */
export function happeningOf(event: Event, nameOf: (id: string) => string): Happening | undefined {
  const payload = event.payload;
  const line = { seq: Number(event.sequence), at: millis(event.recordedAt) ?? 0, taskId: 0, replaces: '' };
  const actor = event.actor === undefined || event.actor.id === '' ? '' : nameOf(event.actor.id);
  switch (payload.case) {
    case 'room':
      return { ...line, kind: 'room', who: actor, text: roomText(payload.value) };
    case 'member':
      return { ...line, kind: 'member', ...memberText(payload.value, actor) };
    case 'presence': {
      const member = payload.value.member;
      const text = presenceText(member);
      return text === '' ? undefined : { ...line, kind: 'presence', who: handle(member?.party), text, replaces: `presence ${member?.party?.id}` };
    }
    case 'task':
      return { ...line, kind: 'task', taskId: Number(payload.value.task?.taskId ?? 0n), ...taskText(payload.value, actor) };
    case 'progress': {
      const { taskId, percent, message, party, files } = payload.value;
      const about = taskId === 0n ? '' : ` on #${taskId}`;
      const far = percent === undefined ? '' : ` · ${percent} %`;
      const said = message !== '' ? `: ${message}` : files.length > 0 ? `: ${files.length === 1 ? files[0] : `${files.length} files`}` : '';
      return { ...line, kind: 'progress', who: handle(party), text: `works${about}${far}${said}`, taskId: Number(taskId), replaces: `progress ${party?.id} ${taskId}` };
    }
    case 'approval': {
      const approval = payload.value.approval;
      if (approval === undefined) return undefined;
      const title = `“${approval.title}”`;
      const taskId = Number(approval.taskId);
      switch (approval.state) {
        case ApprovalState.PENDING:
          return { ...line, kind: 'approval', taskId, who: handle(approval.requester), text: `asks for a decision: ${title}` };
        case ApprovalState.APPROVED:
          return { ...line, kind: 'approval', taskId, who: handle(approval.decider), text: `approved ${title}` };
        case ApprovalState.CHANGES_REQUESTED:
          return { ...line, kind: 'approval', taskId, who: handle(approval.decider), text: `wants changes: ${title}` };
        case ApprovalState.NEEDS_DISCUSSION:
          return { ...line, kind: 'approval', taskId, who: handle(approval.decider), text: `wants to talk about ${title}` };
        case ApprovalState.EXPIRED:
          return { ...line, kind: 'approval', taskId, who: '', text: `Nobody decided ${title} in time` };
        default:
          return undefined;
      }
    }
    case 'steering': {
      const verb = ['', 'paused', 'resumed', 'stopped'][payload.value.action] ?? 'steered';
      return { ...line, kind: 'steering', who: actor, text: `${verb} ${handle(payload.value.member?.party)}${because(payload.value.reason)}` };
    }
    case 'invitation': {
      const verb = ['', 'invited', 'came by an invitation', 'took an invitation back'][payload.value.change] ?? '';
      const invitee = payload.value.invitation?.invitee;
      const whom = payload.value.change !== 1 ? '' : invitee === undefined ? ' by a link' : ` ${handle(invitee)}`;
      return { ...line, kind: 'invitation', who: actor, text: `${verb}${whom}` };
    }
    case 'proof':
      return { ...line, kind: 'proof', who: actor, text: `proved: ${payload.value.message || payload.value.sha}` };
    case 'artifact':
      return { ...line, kind: 'artifact', who: actor, text: `made ${payload.value.name || 'a file'}` };
    default:
      return undefined;
  }
}

type Payload<K extends RoomPayload['case']> = Extract<RoomPayload, { case: K }>['value'];

function roomText({ change, room, reason }: Payload<'room'>): string {
  switch (change) {
    case 1:
      return 'made the room';
    case 2:
      return 'changed the room’s settings';
    case 3:
      return `moved the room to ${stateWord(room?.state)}${because(reason)}`;
    case 4:
      return 'deleted the room';
    case 5:
      return 'imported the room from a recording';
    default:
      return 'changed the room';
  }
}

function memberText({ change, member, reason }: Payload<'member'>, actor: string): { who: string; text: string } {
  const who = handle(member?.party);
  switch (change) {
    case 1:
      return { who, text: `joined${member === undefined ? '' : ` as ${roleWord(member.role)}`}` };
    case 2:
      return { who, text: 'left' };
    case 3:
      return { who: actor, text: `removed ${who}${because(reason)}` };
    case 4:
      return { who: actor, text: `made ${who} a ${roleWord(member?.role ?? 0)}` };
    case 5:
      return { who, text: `can ${member?.capabilities.join(', ') || 'do something else'}` };
    default:
      return { who, text: 'changed' };
  }
}

function presenceText(member: Member | undefined): string {
  if (member === undefined) return '';
  const activity = activityWord(member.activity);
  if (activity !== '' && presenceWord(member.presence) === 'active') return `is ${activity}${member.note === '' ? '' : `: ${member.note}`}`;
  return `is ${presenceWord(member.presence)}`;
}

function taskText({ change, task, reason }: Payload<'task'>, actor: string): { who: string; text: string } {
  const name = `#${task?.taskId ?? 0n} “${task?.title ?? ''}”`;
  const assignee = handle(task?.assignee);
  switch (change) {
    case 1:
      return { who: handle(task?.creator), text: `wrote ${name}` };
    case 2:
      return { who: actor, text: `changed ${name}` };
    case 3:
      return { who: assignee, text: `claimed ${name}` };
    case 4:
      return { who: actor, text: `${actor === '' ? 'The room gave' : 'gave'} ${name} to ${assignee}` };
    case 5:
      return { who: assignee, text: `began ${name}` };
    case 6:
      return { who: actor, text: `gave ${name} back${because(reason)}` };
    case 7:
      return { who: assignee, text: `handed in ${name}` };
    case 8:
      return { who: actor, text: `${actor === '' ? 'Merged' : 'merged'} ${name}` };
    case 9:
      return { who: actor, text: `rejected ${name}${because(reason)}` };
    case 10:
      return { who: actor, text: `wants changes in ${name}${because(reason)}` };
    case 11:
      return { who: actor, text: `cancelled ${name}${because(reason)}` };
    case 12:
      return { who: '', text: `${name} is open again${because(reason)}` };
    default:
      return { who: actor, text: `changed ${name}` };
  }
}

function handle(party: Party | undefined): string {
  return party?.handle || (party === undefined ? '' : 'somebody');
}

function because(reason: string): string {
  return reason === '' ? '' : `: ${reason}`;
}
