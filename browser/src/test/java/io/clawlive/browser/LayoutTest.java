package io.clawlive.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page.ScreenshotOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page at every size, by day and by night; the pictures stay in target/screenshots. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
class LayoutTest {
  /**
   * What reaches beyond the right edge of the window without being cut off by something around it.
   */
  private static final String OVERHANG =
      """
      document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth
      """;

  private final Stage stage;
  private final Pages pages;

  LayoutTest(Stage stage) {
    this.stage = stage;
    this.pages = new Pages(stage);
  }

  @ParameterizedTest
  @EnumSource
  void nothingReachesBeyondTheEdge(Look look) {
    Path folder = Path.of(System.getProperty("clawlive.browser.screenshots", "target/screenshots"));
    for (Map.Entry<String, String> each : pages.paths().entrySet()) {
      try (Tab tab = stage.tab(look)) {
        Pages.open(tab, each.getValue());
        String name = each.getKey() + "-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-');
        tab.page().screenshot(new ScreenshotOptions().setPath(folder.resolve(name + ".png")));
        assertEquals(0, tab.number(OVERHANG), name + " scrolls sideways");
        boolean dark =
            tab.is(
                """
                getComputedStyle(document.body).color.match(/[0-9.]+/g).slice(0, 3)
                  .reduce((sum, each) => sum + Number(each), 0) > 384
                """);
        assertEquals(look.name().endsWith("DARK"), dark, name + " follows the system's theme");
      }
    }
  }

  @Test
  void onAPhoneChatAndProofsAreOneTouchAway() {
    try (Tab tab = stage.tab(Look.SMALL_PHONE_LIGHT)) {
      Pages.open(tab, pages.paths().get("session"));
      assertTrue(tab.id("proof-strip").isVisible(), "proofs are always in sight");
      tab.id("panel-toggle").click();
      tab.id("chat").waitFor();
      assertEquals(0, tab.number(OVERHANG));
      tab.id("tab-proofs").click();
      assertTrue(tab.id("proofs").isVisible(), "the list of proofs");
    }
  }
}
