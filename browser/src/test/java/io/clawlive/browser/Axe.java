package io.clawlive.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** axe-core, which finds what shuts people out of a page. */
final class Axe {
  private static final String SERIOUS =
      """
      axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations
        .filter((each) => each.impact === 'serious' || each.impact === 'critical')
        .map((each) => each.id + ': ' + each.nodes.slice(0, 3)
          .map((node) => node.target.join(' ') + ' ' + node.failureSummary.split('\\n')[1]).join('; ')))
      """;

  private final String script;

  Axe() {
    try (InputStream source =
        Axe.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/%s/axe.min.js"
                .formatted(System.getProperty("clawlive.browser.axe")))) {
      assertTrue(source != null, "axe-core is on the class path");
      script = new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes pages that the tab opens from now on ready to be looked at. */
  void into(Tab tab) {
    tab.context().addInitScript(script);
  }

  /** What is seriously wrong with the page as it stands. */
  List<String> findings(Tab tab) {
    return ((List<?>) tab.page().evaluate(SERIOUS)).stream().map(String::valueOf).toList();
  }
}
