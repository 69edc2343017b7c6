package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page.ScreenshotOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A room full of life at every size, by day and by night; the pictures stay in target/screenshots.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
class RoomLookTest {
  private static final String OVERHANG =
      "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth";
  private static final List<String> PANELS =
      List.of("tab-tasks", "tab-approvals", "tab-activity", "tab-people", "tab-chat");

  private final Stage stage;
  private final RoomScene room;
  private final Axe axe = new Axe();
  private final Path folder =
      Path.of(System.getProperty("clawlive.browser.screenshots", "target/screenshots"));

  RoomLookTest(Stage stage) {
    this.stage = stage;
    this.room = RoomStory.tell(stage);
  }

  @ParameterizedTest
  @EnumSource
  void everyPanelFitsAndNobodyIsShutOut(Look look) {
    String size = look.name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (Tab tab = stage.tab(look)) {
      axe.into(tab);
      tab.signIn(RoomScene.HOST, "/rooms");
      assertThat(tab.id("room-card").first()).isVisible();
      look(tab, "my-rooms-" + size);
      tab.openRoom(room);
      assertThat(tab.id("message").first()).isVisible();
      for (String panel : PANELS) {
        if (tab.id(panel).isVisible()) {
          tab.id(panel).click();
          tab.page().waitForTimeout(150);
          look(tab, "room-" + panel.substring(4) + "-" + size);
        }
      }
      if (tab.id("tab-tasks").isVisible()) {
        tab.id("tab-tasks").click();
      }
      tab.id("task-card").first().locator(".title").click();
      assertThat(tab.id("task-dialog")).isVisible();
      look(tab, "room-task-" + size);
    }
  }

  /** Takes a picture; nothing reaches beyond the edge, and axe finds nothing serious. */
  private void look(Tab tab, String name) {
    tab.page().screenshot(new ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    assertEquals(0, tab.number(OVERHANG), name + " scrolls sideways");
    assertEquals(List.of(), axe.findings(tab), name);
  }

  @Test
  void theBoardIsThereToBeSeenAtOnceOnADesk() {
    try (Tab tab = stage.tab().openRoom(room)) {
      assertTrue(tab.id("board").isVisible(), "tasks beside the talk");
      assertTrue(tab.id("members").isVisible(), "and the members");
      tab.page().keyboard().press("w");
      assertThat(tab.id("room-chat")).isHidden();
      tab.page().keyboard().press("c");
      assertThat(tab.id("room-chat")).isVisible();
    }
  }
}
