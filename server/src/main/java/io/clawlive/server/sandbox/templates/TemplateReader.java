package io.clawlive.server.sandbox.templates;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.server.sandbox.templates.Template.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads templates.yaml, each template apart from the one that it extends. */
final class TemplateReader {
  /** What a template or provider may be called. */
  static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private static final Pattern VARIABLE = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  private static final Set<String> GIVEN = new Naming("", "", "").values().keySet();

  private final Fields fields;
  private final List<Problem> problems;
  private final Set<String> allowed;
  private final boolean builtIn;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final Set<String> bad = new HashSet<>();

  /**
   * A template without what it extends.
   *
   * @param at its key
   * @param places where the fields of its spec stand, by their names
   * @param texts what may hold variables
   */
  record Draft(ScalarNode at, Template own, Map<String, Node> places, List<ScalarNode> texts) {}

  /**
   * Reads a file.
   *
   * @param allowed names in the server's environment that may be taken
   */
  TemplateReader(String file, Set<String> allowed, boolean builtIn, List<Problem> problems) {
    this.fields = new Fields(file, problems);
    this.allowed = allowed;
    this.builtIn = builtIn;
    this.problems = problems;
  }

  /** Those that could be read, by key. */
  Map<String, Draft> read(Node root) {
    fields.members(
        root,
        "the file",
        (key, value) -> {
          if (key.getValue().equals("templates")) {
            fields.members(value, "templates", this::template);
          } else {
            unknown(key);
          }
        });
    return drafts;
  }

  /** The keys of those that are wrong. */
  Set<String> bad() {
    return bad;
  }

  private void unknown(ScalarNode key) {
    fields.wrong(key, "there is no field '" + key.getValue() + "' here");
  }

  private void template(ScalarNode at, Node body) {
    int before = problems.size();
    String key = at.getValue();
    if (!KEY.matcher(key).matches()) {
      fields.wrong(at, "'" + key + "': expected 1 to 64 of a-z 0-9 _ -");
    }
    var reading = new Reading();
    fields.members(body, key, reading::member);
    if (problems.size() > before) {
      bad.add(key);
      return;
    }
    Map<String, String> texts = reading.words;
    drafts.put(
        key,
        new Draft(
            at,
            new Template(
                key,
                texts.getOrDefault("extends", ""),
                texts.getOrDefault("name", ""),
                texts.getOrDefault("description", ""),
                reading.spec.build(),
                reading.references,
                reading.variables,
                texts.getOrDefault("llm_provider", ""),
                texts.getOrDefault("llm_model", ""),
                builtIn ? "built-in" : fields.file() + ":" + (at.getStartMark().getLine() + 1)),
            reading.places,
            reading.scalars));
  }

  /** One template on its way. */
  private final class Reading {
    private final SandboxSpec.Builder spec = SandboxSpec.newBuilder();
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, String> references = new TreeMap<>();
    private final Map<String, Variable> variables = new TreeMap<>();
    private final Map<String, Node> places = new HashMap<>();
    private final List<ScalarNode> scalars = new ArrayList<>();
    private final SpecFields into = new SpecFields(fields, spec, places, scalars);

    void member(ScalarNode key, Node value) {
      String name = key.getValue();
      switch (name) {
        case "name", "description", "extends" -> words.put(name, fields.text(value, name));
        case "env" -> fields.members(value, "env", this::variableOfEnvironment);
        case "config" -> fields.members(value, "config", this::setting);
        case "variables" -> fields.members(value, "variables", this::variable);
        default -> setting(key, value);
      }
    }

    private void setting(ScalarNode key, Node value) {
      String name = key.getValue();
      if (name.equals("llm_provider") || name.equals("llm_model")) {
        words.put(name, fields.text(value, name));
        places.put(name, value);
      } else if (!into.read(name, value)) {
        unknown(key);
      }
    }

    private void variableOfEnvironment(ScalarNode key, Node value) {
      String name = key.getValue();
      String text = fields.text(value, "env." + name);
      places.putIfAbsent("env", value);
      if (value instanceof ScalarNode scalar) {
        scalars.add(scalar);
      }
      Set<String> from = References.in(text);
      for (String one : from) {
        if (!References.NAME.matcher(one).matches()) {
          fields.wrong(value, "env." + name + ": ${" + one + "} is no name of a variable");
        } else if (!allowed.contains(one)) {
          fields.wrong(
              value,
              "env."
                  + name
                  + ": ${"
                  + one
                  + "} is not on the list of clawlive.templates.environment");
        }
      }
      if (from.isEmpty()) {
        spec.putEnv(name, References.fill(text, one -> one));
      } else {
        references.put(name, text);
      }
    }

    private void variable(ScalarNode key, Node value) {
      String name = key.getValue();
      if (!VARIABLE.matcher(name).matches() || GIVEN.contains(name)) {
        fields.wrong(key, "variables: '" + name + "' cannot be the name of a variable");
      }
      if (!(value instanceof MappingNode)) {
        variables.put(name, new Variable("", fields.text(value, name), false));
        return;
      }
      Map<String, String> texts = new HashMap<>();
      fields.members(
          value,
          name,
          (part, text) -> {
            switch (part.getValue()) {
              case "description", "default" ->
                  texts.put(part.getValue(), fields.text(text, part.getValue()));
              case "required" ->
                  texts.put("required", Boolean.toString(fields.truth(text, "required")));
              default -> unknown(part);
            }
          });
      variables.put(
          name,
          new Variable(
              texts.getOrDefault("description", ""),
              texts.getOrDefault("default", ""),
              "true".equals(texts.get("required"))));
    }
  }
}
