package io.clawlive.server.sandbox.runtime;

import io.clawlive.sandbox.v1.SandboxSpec;
import java.util.Map;
import java.util.UUID;

/**
 * A sandbox to be made.
 *
 * @param spec with every default filled in
 * @param secretEnv environment beside the spec's; must stand in no label, argument or log
 * @param secretFiles contents by name, readable by the sandbox's user alone at {@code
 *     /run/secrets/NAME}, on a file system in memory
 * @param hostPort of 127.0.0.1 that leads to the spec's port; 0 without one
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record SandboxPlan(
    UUID sandbox,
    SandboxSpec spec,
    Map<String, byte[]> secretEnv,
    Map<String, byte[]> secretFiles,
    int hostPort) {

  /** Names what it is for, and no content of secrets. */
  @Override
  public String toString() {
    return "SandboxPlan[" + sandbox + "]";
  }
}
