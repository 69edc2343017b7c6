package io.clawlive.server.sandbox.templates;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the templates, and makes of one what a sandbox is made of. */
@Singleton
public class Templates {
  private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

  private final CatalogLoader loader;
  private final Set<String> allowed;
  private final ReentrantLock loading = new ReentrantLock();
  private volatile Catalog catalog = Catalog.NONE;
  private volatile List<String> stamps = List.of();
  private volatile long lookedAt = System.nanoTime();

  Templates(CatalogLoader loader, TemplatesConfiguration settings) {
    this.loader = loader;
    this.allowed = Set.copyOf(settings.environment());
  }

  /**
   * What a sandbox of a template is made of: the template, and over it what its maker wants. A
   * scalar of the overrides replaces the template's, env merges by name, and every other list, such
   * as volumes, replaces the template's as a whole.
   *
   * @param variables values for the template's own variables, by name
   * @throws Refusal TEMPLATE_NOT_FOUND; TEMPLATE_VARIABLE_WRONG; TEMPLATE_VALUE_MISSING when the
   *     server's environment lacks a value that is not overridden. The result is not held against
   *     the rules of a spec: a variable may have put anything into it.
   */
  public Rendered render(
      String template, Map<String, String> variables, Naming naming, SandboxSpec overrides) {
    Template found = get(template);
    Rendered rendered = Rendering.render(found, variables, naming, model(found));
    Map<String, String> references = new TreeMap<>(rendered.references());
    references.keySet().removeAll(overrides.getEnvMap().keySet());
    var unused = resolve(references);
    return new Rendered(TemplateMerge.merge(rendered.spec(), overrides), Map.copyOf(references));
  }

  /**
   * The values of references, for the start of a sandbox. They are secrets: they belong in no
   * table, log or answer.
   *
   * @throws Refusal TEMPLATE_VALUE_MISSING when the server's environment lacks one, or it is no
   *     longer one that templates may take
   */
  public Map<String, String> resolve(Map<String, String> references) {
    Map<String, String> values = new TreeMap<>();
    references.forEach((name, text) -> values.put(name, References.fill(text, this::value)));
    return values;
  }

  private String value(String name) {
    return read(name)
        .orElseThrow(() ->
            Refusal.of(
                ErrorReason.ERROR_REASON_TEMPLATE_VALUE_MISSING,
                "The server's environment has no "
                    + name
                    + (allowed.contains(name) ? "." : " that templates may take."),
                "name",
                name));
  }

  private Optional<String> read(String name) {
    return allowed.contains(name)
        ? Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty())
        : Optional.empty();
  }

  boolean isSet(String text) {
    return References.in(text).stream().allMatch(name -> read(name).isPresent());
  }

  /** The template's model, or else its provider's. */
  String model(Template template) {
    Provider provider = current().providers().get(template.provider());
    return template.model().isEmpty() && provider != null
        ? provider.defaultModel()
        : template.model();
  }

  Template get(String key) {
    Template template = current().templates().get(key);
    if (template == null) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TEMPLATE_NOT_FOUND,
          "There is no template '" + key + "'.",
          "template",
          key);
    }
    return template;
  }

  /** What there is, after a look at the files every other second. */
  Catalog current() {
    if (stamps.isEmpty() || System.nanoTime() - lookedAt > LOOK_NANOS) {
      lookedAt = System.nanoTime();
      if (!loader.stamps().equals(stamps)) {
        return reload();
      }
    }
    return catalog;
  }

  /** Reads the files now. */
  Catalog reload() {
    loading.lock();
    try {
      // Before the files: whoever changes them meanwhile is seen at the next look.
      List<String> now = loader.stamps();
      Catalog read = loader.load(catalog);
      if (!read.problems().equals(catalog.problems())) {
        read.problems().forEach(problem -> LOG.warn("{}", problem));
      }
      catalog = read;
      stamps = now;
      return read;
    } finally {
      loading.unlock();
    }
  }
}
