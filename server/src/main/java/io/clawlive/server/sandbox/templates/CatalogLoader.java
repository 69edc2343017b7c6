package io.clawlive.server.sandbox.templates;

import io.clawlive.server.platform.grpc.FieldRules;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.templates.TemplateReader.Draft;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads the folder as a whole. What is wrong is left out, or stays as it was before; the rest
 * counts.
 */
@Singleton
final class CatalogLoader {
  static final String TEMPLATES = "templates.yaml";
  static final String PROVIDERS = "providers.yaml";

  private static final String PRESETS = "presets.yaml";
  private static final int DEEPEST = 5;
  private static final int MOST = 1_000;

  private final TemplatesConfiguration settings;
  private final FieldRules rules;

  CatalogLoader(TemplatesConfiguration settings, FieldRules rules) {
    this.settings = settings;
    this.rules = rules;
  }

  /** What tells one state of the folder from the next. */
  List<String> stamps() {
    List<String> stamps = new ArrayList<>();
    for (String file : List.of(TEMPLATES, PROVIDERS)) {
      String stamp = "none";
      try {
        if (folder().isPresent()) {
          Path path = folder().get().resolve(file);
          FileTime changed = Files.getLastModifiedTime(path);
          stamp = changed + " " + Files.size(path);
        }
      } catch (IOException e) {
        stamp = "unseen";
      }
      stamps.add(stamp);
    }
    return stamps;
  }

  Catalog load(Catalog before) {
    var problems = new ArrayList<Problem>();
    Map<String, Provider> providers = new TreeMap<>();
    Optional<Node> providersRoot = root(PROVIDERS, problems);
    boolean providersFailed = !problems.isEmpty();
    if (providersRoot.isPresent()) {
      var read = new ProviderReader(PROVIDERS, problems).read(providersRoot.get());
      providers.putAll(read);
      providersFailed = !problems.isEmpty();
    }
    if (providersFailed) {
      before.providers().forEach(providers::putIfAbsent);
    }
    return new Loading(problems, providers).load(before);
  }

  private Optional<Path> folder() {
    return Optional.ofNullable(settings.folder()).filter(text -> !text.isBlank()).map(Path::of);
  }

  /** The file's content; empty when there is none or it cannot be read, which is then said. */
  private Optional<Node> root(String file, List<Problem> problems) {
    if (folder().isEmpty()) {
      return Optional.empty();
    }
    Path path = folder().get().resolve(file);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(YamlText.LARGEST + 1);
      if (bytes.length > YamlText.LARGEST) {
        problems.add(
            new Problem(file, 0, 0, "is larger than %,d bytes".formatted(YamlText.LARGEST)));
        return Optional.empty();
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return YamlText.parse(file, text, problems);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      problems.add(new Problem(file, 0, 0, "is no UTF-8"));
    } catch (IOException e) {
      problems.add(
          new Problem(file, 0, 0, "cannot be read (" + e.getClass().getSimpleName() + ")"));
    }
    return Optional.empty();
  }

  private static Map<String, Draft> presets() {
    List<Problem> problems = new ArrayList<>();
    try (InputStream in = CatalogLoader.class.getResourceAsStream(PRESETS)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Node root = YamlText.parse(PRESETS, text, problems).orElseThrow();
      var presets = new TemplateReader(PRESETS, Set.of(), true, problems).read(root);
      if (problems.isEmpty()) {
        return presets;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(problems.toString());
  }

  /** One look at the templates. */
  private final class Loading {
    private final List<Problem> problems;
    private final Map<String, Provider> providers;
    private final Map<String, Draft> presets = presets();
    private final Map<String, Draft> own = new HashMap<>();
    private final Set<String> bad = new HashSet<>();

    Loading(List<Problem> problems, Map<String, Provider> providers) {
      this.problems = problems;
      this.providers = providers;
    }

    Catalog load(Catalog before) {
      int count = problems.size();
      Optional<Node> root = root(TEMPLATES, problems);
      boolean unreadable = problems.size() > count;
      if (root.isPresent()) {
        var reader =
            new TemplateReader(TEMPLATES, Set.copyOf(settings.environment()), false, problems);
        own.putAll(reader.read(root.get()));
        bad.addAll(reader.bad());
        // Wrong at its top: nobody knows what should be there.
        unreadable = problems.size() > count && own.isEmpty() && bad.isEmpty();
      }
      Map<String, Template> whole = new TreeMap<>();
      presets.forEach((key, draft) -> add(whole, key, draft));
      List<Draft> inOrder = new ArrayList<>(own.values());
      inOrder.sort(Comparator.comparing(draft -> draft.at().getStartMark().getIndex()));
      for (Draft draft : inOrder) {
        add(whole, draft.own().key(), draft);
      }
      for (Map.Entry<String, Template> known : before.templates().entrySet()) {
        if (unreadable || bad.contains(known.getKey())) {
          whole.put(known.getKey(), known.getValue());
        }
      }
      problems.sort(
          Comparator.comparing(Problem::file)
              .thenComparing(Problem::line)
              .thenComparing(Problem::column));
      if (whole.size() > MOST) {
        problems.add(new Problem(TEMPLATES, 0, 0, "holds more than %,d templates".formatted(MOST)));
        return new Catalog(before.templates(), providers, List.copyOf(problems));
      }
      return new Catalog(Map.copyOf(whole), Map.copyOf(providers), List.copyOf(problems));
    }

    private void add(Map<String, Template> whole, String key, Draft draft) {
      int count = problems.size();
      Optional<Template> template = inherit(draft, draft, new LinkedHashSet<>());
      template.ifPresent(found -> check(draft, found));
      if (problems.size() == count && template.isPresent()) {
        whole.put(key, template.get());
      } else {
        bad.add(key);
      }
    }

    /** The template over what it extends; empty when that is wrong, which is then said. */
    private Optional<Template> inherit(Draft origin, Draft draft, Set<String> below) {
      Template template = draft.own();
      String parent = template.parent();
      if (parent.isEmpty()) {
        return Optional.of(template);
      }
      // Those that come with the server stand on each other, whatever takes their places.
      boolean onPresets = isPreset(draft) || parent.equals(template.key());
      below.add(template.key());
      if (onPresets ? !presets.containsKey(parent) : below.contains(parent)) {
        return wrong(origin, "extends itself: " + String.join(" -> ", below) + " -> " + parent);
      }
      if (below.size() > DEEPEST) {
        return wrong(origin, "extends more than %d templates".formatted(DEEPEST));
      }
      Draft next = onPresets ? presets.get(parent) : own.getOrDefault(parent, presets.get(parent));
      if (!onPresets && bad.contains(parent)) {
        return wrong(origin, "extends '" + parent + "', which is wrong itself");
      }
      if (next == null) {
        return wrong(origin, "extends '" + parent + "', which is not there");
      }
      return inherit(origin, next, below).map(template::over);
    }

    private boolean isPreset(Draft draft) {
      return presets.get(draft.own().key()) == draft;
    }

    private Optional<Template> wrong(Draft draft, String what) {
      problems.add(Problem.at(file(draft), draft.at(), draft.own().key() + " " + what));
      return Optional.empty();
    }

    private String file(Draft draft) {
      return isPreset(draft) ? PRESETS : TEMPLATES;
    }

    /** Holds what a sandbox would be made of against the rules, with a value for every variable. */
    private void check(Draft draft, Template template) {
      for (ScalarNode text : draft.texts()) {
        for (String name : Variables.in(text.getValue())) {
          if (!Rendering.knows(template, name)) {
            problems.add(
                Problem.at(file(draft), text, "there is no variable '" + name + "' for {{...}}"));
          }
        }
      }
      String provider = draft.own().provider();
      if (!provider.isEmpty() && !providers.isEmpty() && !providers.containsKey(provider)) {
        problems.add(
            Problem.at(
                file(draft),
                draft.places().getOrDefault("llm_provider", draft.at()),
                "llm_provider: there is no provider '" + provider + "' in " + PROVIDERS));
      }
      try {
        rules.check(Rendering.sample(template));
      } catch (Refusal e) {
        String told = String.valueOf(e.getMessage());
        String field = told.split("[.:\\[]", 2)[0];
        problems.add(
            Problem.at(
                file(draft),
                draft.places().getOrDefault(field, draft.at()),
                draft.own().key() + ": " + told));
      }
    }
  }
}
