package io.clawlive.server.sandbox.templates;

import java.util.Map;

/**
 * What a template may call by name when a sandbox is made: {@code {{sandbox}}}, {@code {{agent}}}
 * and {@code {{owner}}}.
 *
 * @param sandbox its name
 * @param agent handle of the agent it belongs to; empty for none
 * @param owner name of the account it belongs to
 */
public record Naming(String sandbox, String agent, String owner) {

  Map<String, String> values() {
    return Map.of("sandbox", sandbox, "name", sandbox, "agent", agent, "owner", owner);
  }
}
