package io.clawlive.server.sandbox;

import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import java.util.UUID;

/**
 * A sandbox at one moment, with what only the server needs to know.
 *
 * @param sandbox as callers are told of it
 * @param installation whose runtime has it
 * @param wanted whether it is to run
 * @param warned whether the end of its lease was warned about
 */
record Standing(UUID id, Sandbox sandbox, UUID installation, boolean wanted, boolean warned) {

  SandboxState state() {
    return sandbox.getState();
  }

  boolean is(SandboxState... states) {
    for (SandboxState state : states) {
      if (state == state()) {
        return true;
      }
    }
    return false;
  }

  /** The same in another state. */
  Standing to(SandboxState state, SandboxReason reason, String message) {
    return with(sandbox.toBuilder().setState(state).setReason(reason).setMessage(message));
  }

  Standing with(Sandbox.Builder changed) {
    return new Standing(id, changed.build(), installation, wanted, warned);
  }

  Standing wanting(boolean run) {
    return new Standing(id, sandbox, installation, run, warned);
  }

  Standing warned(boolean said) {
    return new Standing(id, sandbox, installation, wanted, said);
  }
}
