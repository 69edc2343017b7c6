import { SandboxState } from '../contract/sandbox-wire.js';

// What the state of a sandbox lets one do. The server decides; what it would refuse is left out.

export function mayStart(state: SandboxState): boolean {
  return state === SandboxState.STOPPED || state === SandboxState.FAILED;
}

export function mayStop(state: SandboxState): boolean {
  return state === SandboxState.RUNNING || state === SandboxState.STARTING;
}

export function mayDelete(state: SandboxState): boolean {
  return state !== SandboxState.DELETING && state !== SandboxState.DELETED;
}

export function runs(state: SandboxState): boolean {
  return state === SandboxState.RUNNING;
}
