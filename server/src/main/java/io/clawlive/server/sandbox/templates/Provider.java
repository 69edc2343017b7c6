package io.clawlive.server.sandbox.templates;

import java.util.List;

/** A provider of models. Texts may be empty. */
record Provider(
    String key,
    String name,
    String tier,
    String envKey,
    List<ModelEntry> models,
    String defaultModel) {

  /** A model; 0 tokens where the file does not say. */
  record ModelEntry(String id, String name, int context) {}
}
