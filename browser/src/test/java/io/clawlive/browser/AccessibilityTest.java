package io.clawlive.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
  private final Stage stage;
  private final Pages pages;
  private final Axe axe = new Axe();

  AccessibilityTest(Stage stage) {
    this.stage = stage;
    this.pages = new Pages(stage);
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP_LIGHT", "DESKTOP_DARK", "PHONE_LIGHT", "PHONE_DARK"})
  void noPageHasASeriousFinding(Look look) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, String> each : pages.paths().entrySet()) {
      try (Tab tab = stage.tab(look)) {
        axe.into(tab);
        Pages.open(tab, each.getValue());
        for (String finding : axe.findings(tab)) {
          found.add(each.getKey() + ": " + finding);
        }
      }
    }
    assertEquals(List.of(), found);
  }
}
