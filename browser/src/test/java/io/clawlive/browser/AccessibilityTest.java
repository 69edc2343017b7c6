package io.clawlive.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No page has a serious finding of axe-core, by day or by night, on a desk or a phone. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
class AccessibilityTest {
  private static final String SERIOUS =
      """
      axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations
        .filter((each) => each.impact === 'serious' || each.impact === 'critical')
        .map((each) => each.id + ': ' + each.nodes.slice(0, 3)
          .map((node) => node.target.join(' ') + ' ' + node.failureSummary.split('\\n')[1]).join('; ')))
      """;

  private final Stage stage;
  private final Pages pages;
  private final String axe;

  AccessibilityTest(Stage stage) throws IOException {
    this.stage = stage;
    this.pages = new Pages(stage);
    try (InputStream script =
        AccessibilityTest.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/%s/axe.min.js"
                .formatted(System.getProperty("clawlive.browser.axe")))) {
      assertTrue(script != null, "axe-core is on the class path");
      axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP_LIGHT", "DESKTOP_DARK", "PHONE_LIGHT", "PHONE_DARK"})
  void noPageHasASeriousFinding(Look look) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, String> each : pages.paths().entrySet()) {
      try (Tab tab = stage.tab(look)) {
        tab.context().addInitScript(axe);
        Pages.open(tab, each.getValue());
        for (Object finding : (List<?>) tab.page().evaluate(SERIOUS)) {
          found.add(each.getKey() + ": " + finding);
        }
      }
    }
    assertEquals(List.of(), found);
  }
}
