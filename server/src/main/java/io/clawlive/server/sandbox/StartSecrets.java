package io.clawlive.server.sandbox;

import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.server.sandbox.runtime.SandboxSecrets;
import io.clawlive.server.sandbox.secrets.Delivered;
import io.clawlive.server.sandbox.secrets.Secrets;
import io.clawlive.server.sandbox.templates.Templates;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What a sandbox is told at a start and nobody else may read, not in its output either. */
@Singleton
final class StartSecrets {
  /** Shorter ones would mask every other word, and guard nothing. */
  private static final int SHORTEST_MASKED = 6;

  private final Secrets secrets;
  private final Templates templates;

  StartSecrets(Secrets secrets, Templates templates) {
    this.secrets = secrets;
    this.templates = templates;
  }

  SandboxSecrets of(Sandbox sandbox) {
    Map<String, byte[]> env = new HashMap<>();
    Map<String, byte[]> files = new HashMap<>();
    templates
        .resolve(sandbox.getReferencesMap())
        .forEach((name, value) -> env.put(name, value.getBytes(StandardCharsets.UTF_8)));
    UUID agent = sandbox.getAgentId().isEmpty() ? null : UUID.fromString(sandbox.getAgentId());
    for (Delivered secret : secrets.of(UUID.fromString(sandbox.getAccountId()), agent)) {
      if (secret.fileName() == null) {
        env.put(secret.name(), secret.value().toByteArray());
      } else {
        files.put(secret.fileName(), secret.value().toByteArray());
      }
    }
    return new SandboxSecrets(env, files);
  }

  /** The texts that must not stand in a line of output, the longest first. */
  static List<String> texts(SandboxSecrets told) {
    return Stream.concat(told.env().values().stream(), told.files().values().stream())
        .flatMap(value -> new String(value, StandardCharsets.UTF_8).lines())
        .map(String::strip)
        .filter(text -> text.length() >= SHORTEST_MASKED)
        .distinct()
        .sorted((a, b) -> b.length() - a.length())
        .toList();
  }
}
