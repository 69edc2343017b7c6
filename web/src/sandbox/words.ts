import { SandboxNetwork, SandboxReason, SandboxState, type SandboxChange } from '../contract/sandbox-wire.js';
import { plural, whole } from '../format.js';

/** A state in one word. */
export function stateWord(state: SandboxState): string {
  return ['unknown', 'creating', 'stopped', 'starting', 'running', 'stopping', 'deleting', 'deleted', 'failed'][state] ?? 'unknown';
}

/** How a state looks, by the colours that sessions have. */
export function stateLook(state: SandboxState): string {
  switch (state) {
    case SandboxState.RUNNING:
      return 'live';
    case SandboxState.CREATING:
    case SandboxState.STARTING:
    case SandboxState.STOPPING:
    case SandboxState.DELETING:
      return 'paused busy';
    case SandboxState.FAILED:
      return 'broken';
    default:
      return 'ended';
  }
}

/** Whether work is under way, so that the state will be another one soon. */
export function isMoving(state: SandboxState): boolean {
  return stateLook(state) === 'paused busy';
}

/** What a program's end means: exit code 1, killed by SIGKILL. */
export function exitWords(code: number): string {
  if (code <= 128 || code > 128 + 64) return `exit code ${code}`;
  const signal = code - 128;
  return `killed by ${SIGNALS[signal] ?? `signal ${signal}`}`;
}

const SIGNALS: Record<number, string> = { 1: 'SIGHUP', 2: 'SIGINT', 3: 'SIGQUIT', 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 13: 'SIGPIPE', 15: 'SIGTERM' };

type Told = Pick<SandboxChange, 'state' | 'reason' | 'message' | 'exitCode'>;

/** Why a sandbox is as it is, in a few words; empty when there is nothing to say. */
export function reasonWords(of: Told): string {
  switch (of.reason) {
    case SandboxReason.EXITED:
      return `its program ended${of.exitCode === undefined ? '' : ` (${exitWords(of.exitCode)})`}`;
    case SandboxReason.OUT_OF_MEMORY:
      return 'it needed more memory than it may use';
    case SandboxReason.LEASE_ENDED:
      return 'its lease ended';
    case SandboxReason.LEASE_ENDING:
      return 'its lease ends soon';
    case SandboxReason.LEASE_EXTENDED:
      return 'its lease was changed';
    case SandboxReason.IMAGE_MISSING:
      return 'the runtime has no such image';
    case SandboxReason.RUNTIME_UNAVAILABLE:
      return 'the runtime did not answer';
    case SandboxReason.RUNTIME_FAILED:
      return 'the runtime refused';
    case SandboxReason.LOST:
      return 'it was found not to run any more';
    case SandboxReason.ADOPTED:
      return 'the server was away and found it as it was';
    case SandboxReason.LIMITS_CHANGED:
      return 'its limits were changed';
    case SandboxReason.REQUESTED:
      return of.state === SandboxState.STOPPED && of.exitCode !== undefined && of.exitCode !== 0 ? `as asked for (${exitWords(of.exitCode)})` : 'as asked for';
    case SandboxReason.RESTORED:
      return 'its files are those of a snapshot';
    case SandboxReason.SNAPSHOT_UNUSABLE:
      return 'the snapshot of its files cannot be used';
    // Nothing to say, or a reason that is newer than this page.
    default:
      return '';
  }
}

/** What happened, as a sentence without its full stop. */
export function changeSentence(change: Told): string {
  switch (change.reason) {
    case SandboxReason.LEASE_ENDING:
      return 'The lease ends soon';
    case SandboxReason.LEASE_EXTENDED:
      return 'The lease was changed';
    case SandboxReason.LIMITS_CHANGED:
      return 'The limits were changed';
    default: {
      const why = reasonWords(change);
      return `${STATES[change.state] ?? 'It changed'}${why === '' || why === 'as asked for' ? '' : `: ${why}`}`;
    }
  }
}

const STATES: Record<number, string> = {
  [SandboxState.CREATING]: 'It is being made',
  [SandboxState.STOPPED]: 'It is stopped',
  [SandboxState.STARTING]: 'It is starting',
  [SandboxState.RUNNING]: 'It is running',
  [SandboxState.STOPPING]: 'It is stopping',
  [SandboxState.DELETING]: 'It is being removed',
  [SandboxState.DELETED]: 'It is deleted',
  [SandboxState.FAILED]: 'It failed',
};

export function networkWords(network: SandboxNetwork | undefined): string {
  switch (network) {
    case SandboxNetwork.OPEN:
      return 'the world';
    case SandboxNetwork.INTERNAL:
      return 'the server alone';
    default:
      return 'nobody';
  }
}

/** Memory: 512 MiB, 2 GiB, 1.5 GiB. */
export function mebibytes(mb: number): string {
  return mb >= 1024 && mb % 128 === 0 ? `${Number((mb / 1024).toFixed(2))} GiB` : `${whole(mb)} MiB`;
}

/** Bytes to three digits: 0 B, 12.4 MiB. */
export function bytes(count: number): string {
  let rest = count;
  let unit = 0;
  while (rest >= 1000 && unit < UNITS.length - 1) {
    rest /= 1024;
    unit++;
  }
  return `${unit === 0 || rest >= 100 ? Math.round(rest) : rest.toFixed(1)} ${UNITS[unit]}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function processors(cpus: number): string {
  return `${Number(cpus.toFixed(2))} ${cpus === 1 ? 'processor' : 'processors'}`;
}

/** How long a lease has left: 23 h 12 m, 4 m 10 s, over. */
export function leaseLeft(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds <= 0) return 'over';
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 1) return plural(days, 'day');
  if (days > 0 || hours > 0) return `${days * 24 + hours} h ${minutes} m`;
  return minutes > 0 ? `${minutes} m ${seconds % 60} s` : `${seconds} s`;
}
