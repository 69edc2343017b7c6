package io.clawlive.server.sandbox.templates;

import io.clawlive.sandbox.v1.SandboxSpec;
import java.util.Map;
import java.util.TreeMap;

/**
 * A template as it was read.
 *
 * @param parent key of the template it extends; empty for none
 * @param spec texts may hold variables
 * @param references variables of the environment with their texts, which hold references
 * @param source FILE:LINE, or "built-in"
 */
record Template(
    String key,
    String parent,
    String name,
    String description,
    SandboxSpec spec,
    Map<String, String> references,
    Map<String, Variable> variables,
    String provider,
    String model,
    String source) {

  /**
   * A variable of a template's own.
   *
   * @param fallback its value unless another is given
   */
  record Variable(String description, String fallback, boolean required) {}

  /** This one over another. */
  Template over(Template below) {
    Map<String, String> mergedReferences = new TreeMap<>(below.references);
    // A value of its own takes the place of a reference, and the other way round.
    mergedReferences.keySet().removeAll(spec.getEnvMap().keySet());
    mergedReferences.putAll(references);
    SandboxSpec.Builder bare = below.spec.toBuilder();
    references.keySet().forEach(bare::removeEnv);
    Map<String, Variable> mergedVariables = new TreeMap<>(below.variables);
    mergedVariables.putAll(variables);
    return new Template(
        key,
        parent,
        either(name, below.name),
        either(description, below.description),
        TemplateMerge.merge(bare.build(), spec),
        mergedReferences,
        mergedVariables,
        either(provider, below.provider),
        // A model belongs to its provider.
        either(model, provider.isEmpty() || provider.equals(below.provider) ? below.model : ""),
        source);
  }

  private static String either(String own, String inherited) {
    return own.isEmpty() ? inherited : own;
  }
}
