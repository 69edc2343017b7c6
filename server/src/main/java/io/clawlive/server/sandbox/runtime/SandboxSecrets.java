package io.clawlive.server.sandbox.runtime;

import java.util.Map;

/**
 * What a sandbox is told at every start and nobody keeps: not the engine's own files, no label, no
 * argument, no log.
 *
 * @param env environment of its program beside the spec's, by name
 * @param files contents by name, of the form [A-Za-z0-9._-]{1,128}; readable by the sandbox's user
 *     alone at {@code /run/secrets/NAME}, on a file system in memory
 */
public record SandboxSecrets(Map<String, byte[]> env, Map<String, byte[]> files) {
  /** Nothing to keep quiet about. */
  public static final SandboxSecrets NONE = new SandboxSecrets(Map.of(), Map.of());

  /** Names no content. */
  @Override
  public String toString() {
    return "SandboxSecrets[" + (env.size() + files.size()) + "]";
  }
}
