package io.clawlive.server.sandbox.runtime;

import io.clawlive.sandbox.v1.SandboxSpec;
import java.util.UUID;

/**
 * A sandbox to be made. Holds no secret: those are told at every start.
 *
 * @param spec with every default filled in
 * @param hostPort of 127.0.0.1 that leads to the spec's port; 0 without one
 */
public record SandboxPlan(UUID sandbox, SandboxSpec spec, int hostPort) {

  /** Names what it is for alone: the spec's environment is no matter of logs. */
  @Override
  public String toString() {
    return "SandboxPlan[" + sandbox + "]";
  }
}
