package io.clawlive.server.sandbox.templates;

import io.clawlive.server.sandbox.templates.Provider.ModelEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.Node;

/** Reads providers.yaml. */
final class ProviderReader {
  private final Fields fields;
  private final List<Problem> problems;
  private final Map<String, Provider> providers = new TreeMap<>();

  ProviderReader(String file, List<Problem> problems) {
    this.fields = new Fields(file, problems);
    this.problems = problems;
  }

  /** Those that are right, by key. */
  Map<String, Provider> read(Node root) {
    fields.members(
        root,
        "the file",
        (key, value) -> {
          if (key.getValue().equals("providers")) {
            fields.members(
                value, "providers", (name, body) -> provider(name.getValue(), name, body));
          } else {
            fields.wrong(key, "there is no field '" + key.getValue() + "' here");
          }
        });
    return providers;
  }

  private void provider(String key, Node at, Node body) {
    int before = problems.size();
    if (!TemplateReader.KEY.matcher(key).matches()) {
      fields.wrong(at, "'" + key + "': expected 1 to 64 of a-z 0-9 _ -");
    }
    Map<String, String> texts = new TreeMap<>();
    List<ModelEntry> models = new ArrayList<>();
    fields.members(
        body,
        key,
        (name, value) -> {
          switch (name.getValue()) {
            case "name", "tier", "env_key", "default_model" ->
                texts.put(name.getValue(), fields.text(value, name.getValue()));
            case "models" -> fields.items(value, "models").forEach(item -> model(item, models));
            default -> fields.wrong(name, "there is no field '" + name.getValue() + "' here");
          }
        });
    String model = texts.getOrDefault("default_model", "");
    if (!model.isEmpty() && models.stream().noneMatch(entry -> entry.id().equals(model))) {
      fields.wrong(at, key + ": default_model '" + model + "' is none of its models");
    }
    if (problems.size() == before) {
      providers.put(
          key,
          new Provider(
              key,
              texts.getOrDefault("name", key),
              texts.getOrDefault("tier", ""),
              texts.getOrDefault("env_key", ""),
              List.copyOf(models),
              model));
    }
  }

  private void model(Node item, List<ModelEntry> models) {
    Map<String, String> texts = new TreeMap<>();
    int[] context = {0};
    fields.members(
        item,
        "models",
        (name, value) -> {
          switch (name.getValue()) {
            case "id", "name" -> texts.put(name.getValue(), fields.text(value, name.getValue()));
            case "context" -> fields.whole(value, "context").ifPresent(all -> context[0] = all);
            default -> fields.wrong(name, "there is no field '" + name.getValue() + "' here");
          }
        });
    String id = texts.getOrDefault("id", "");
    if (id.isEmpty()) {
      fields.wrong(item, "models: expected an id");
    }
    models.add(new ModelEntry(id, texts.getOrDefault("name", id), context[0]));
  }
}
