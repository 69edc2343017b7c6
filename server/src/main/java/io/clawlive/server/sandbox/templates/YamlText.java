package io.clawlive.server.sandbox.templates;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads YAML as far as its nodes, which know where they stand. Nothing is ever constructed from
 * them, so no tag has a meaning.
 */
final class YamlText {
  /** The largest file, in bytes and in characters. */
  static final int LARGEST = 256 << 10;

  private static final int MOST_ALIASES = 20;
  private static final int DEEPEST = 20;

  private YamlText() {}

  /** The root of a document; empty when the file is empty or wrong, which is then said. */
  static Optional<Node> parse(String file, String text, List<Problem> problems) {
    var limits = new LoaderOptions();
    limits.setCodePointLimit(LARGEST);
    limits.setMaxAliasesForCollections(MOST_ALIASES);
    limits.setNestingDepthLimit(DEEPEST);
    try {
      return Optional.ofNullable(
          new Yaml(new SafeConstructor(limits)).compose(new StringReader(text)));
    } catch (MarkedYAMLException e) {
      String what = e.getProblem() == null ? "is no YAML" : e.getProblem();
      problems.add(
          e.getProblemMark() == null
              ? new Problem(file, 0, 0, what)
              : Problem.at(file, e.getProblemMark(), what));
    } catch (YAMLException e) {
      // Of these the message says which limit was passed, and nothing of the file.
      problems.add(new Problem(file, 0, 0, String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }
}
