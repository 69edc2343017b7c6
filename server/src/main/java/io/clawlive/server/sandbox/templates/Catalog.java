package io.clawlive.server.sandbox.templates;

import java.util.List;
import java.util.Map;

/** Everything that was read, by key, and what was wrong with the rest. */
record Catalog(
    Map<String, Template> templates, Map<String, Provider> providers, List<Problem> problems) {
  static final Catalog NONE = new Catalog(Map.of(), Map.of(), List.of());
}
