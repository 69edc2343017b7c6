package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A session inside somebody else's page. */
@Timeout(60)
@ExtendWith(OnStage.class)
class EmbedTest {
  private final Stage stage;
  private final String session;

  EmbedTest(Stage stage) {
    this.stage = stage;
    this.session = stage.session("Embedded");
  }

  @Test
  void anotherPageShowsASessionAsItHappens() {
    try (Tab tab = stage.tab()) {
      FrameLocator frame = frame(tab, "/embed/" + session);
      assertThat(frame.locator("h1")).hasText("Embedded");
      stage.publish(session, out -> out.thought("seen from afar"));
      assertThat(frame.locator("claw-log")).containsText("seen from afar");
      assertThat(frame.locator("header.app-head")).hasCount(0);
      assertThat(frame.getByTestId("chat-draft")).hasCount(0);
    }
  }

  @Test
  void nothingThatTakesAPasswordOrADecisionIsShownInsideAnotherPage() {
    try (Tab tab = stage.tab()) {
      for (String path : new String[] {"/login", "/device", "/s/" + session}) {
        FrameLocator frame = frame(tab, path);
        tab.page().waitForTimeout(500);
        assertThat(frame.locator("#main")).hasCount(0);
      }
    }
  }

  /**
   * A page of nobody, with a page of ours in it; it is the refusals of that one that we are after.
   */
  private FrameLocator frame(Tab tab, String path) {
    Page outside = tab.context().newPage();
    outside.setContent(
        "<iframe width=600 height=400 src='" + stage.server().web() + path + "'></iframe>");
    return outside.frameLocator("iframe");
  }
}
