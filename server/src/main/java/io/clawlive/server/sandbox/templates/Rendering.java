package io.clawlive.server.sandbox.templates;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.server.platform.grpc.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Fills in the variables of a template. */
final class Rendering {
  private static final int LONGEST = 1_000;

  private Rendering() {}

  static boolean knows(Template template, String variable) {
    return template.variables().containsKey(variable)
        || new Naming("", "", "").values().containsKey(variable);
  }

  /** What a sandbox might be made of: a letter stands for what is not known yet. */
  static SandboxSpec sample(Template template) {
    SandboxSpec spec =
        Variables.fill(
            template.spec(),
            name -> {
              var variable = template.variables().get(name);
              return variable == null || variable.fallback().isEmpty() ? "x" : variable.fallback();
            });
    SandboxSpec.Builder whole = spec.toBuilder();
    // Names are held against the rules too.
    template.references().keySet().forEach(name -> whole.putEnv(name, ""));
    return whole.build();
  }

  static Rendered render(
      Template template, Map<String, String> given, Naming naming, String model) {
    Map<String, String> values = values(template, given, naming);
    UnaryOperator<String> value = name -> values.getOrDefault(name, "");
    SandboxSpec.Builder spec = Variables.fill(template.spec(), value).toBuilder();
    Map<String, String> references = new TreeMap<>();
    // A dollar in a value is a dollar: whoever makes a sandbox chooses no references.
    template
        .references()
        .forEach((name, text) ->
            references.put(name, Variables.fill(text, one -> References.quote(value.apply(one)))));
    told(spec, references, "LLM_PROVIDER", template.provider());
    told(spec, references, "LLM_MODEL", model);
    return new Rendered(spec.build(), Map.copyOf(references));
  }

  /** A variable of the environment that the template does not set itself. */
  private static void told(
      SandboxSpec.Builder spec, Map<String, String> references, String name, String value) {
    if (!value.isEmpty() && !spec.containsEnv(name) && !references.containsKey(name)) {
      spec.putEnv(name, value);
    }
  }

  private static Map<String, String> values(
      Template template, Map<String, String> given, Naming naming) {
    Map<String, String> values = new HashMap<>(naming.values());
    given.forEach((name, value) -> {
      if (!template.variables().containsKey(name)) {
        throw wrong(template, name, "is none of its variables");
      }
      if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
        throw wrong(
            template, name, "has a value that is longer than 1,000 or holds a zero character");
      }
    });
    template
        .variables()
        .forEach((name, variable) -> {
          String value = given.getOrDefault(name, "");
          if (value.isEmpty() && variable.required()) {
            throw wrong(template, name, "is required");
          }
          values.put(name, value.isEmpty() ? variable.fallback() : value);
        });
    return values;
  }

  private static Refusal wrong(Template template, String name, String what) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_TEMPLATE_VARIABLE_WRONG,
        "The variable '" + name + "' of template '" + template.key() + "' " + what + ".",
        "variable",
        name);
  }
}
