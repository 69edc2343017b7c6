package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Keyboard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole session page without a mouse. */
@Timeout(120)
@ExtendWith(OnStage.class)
class KeyboardTest {
  private static final String FOCUSED =
      "document.activeElement.dataset.testid ?? document.activeElement.id ?? ''";

  private final Stage stage;
  private final String session;

  KeyboardTest(Stage stage) {
    this.stage = stage;
    this.session = stage.session("By keyboard");
    stage.publish(
        session,
        out -> {
          out.log("a rare word");
          for (int i = 0; i < 900; i++) {
            out.log("line " + i);
          }
          out.commit("5f2c9e1", "Inject the clock");
        });
  }

  @Test
  void everythingIsReachedByKeys() {
    try (Tab tab = stage.tab().openSession(session)) {
      Keyboard keys = tab.page().keyboard();

      keys.press("/");
      assertEquals("search", tab.page().evaluate(FOCUSED));
      keys.type("rare");
      keys.press("Enter");
      assertThat(tab.id("search-status")).containsText("1 hit");
      keys.press("Escape");
      keys.press("/");
      keys.type("rare");
      keys.press("Enter");
      assertThat(tab.id("search-status")).containsText("1 hit");
      tab.page().evaluate("document.activeElement.blur()");
      keys.press("n");
      assertThat(tab.row(2)).isVisible();

      keys.press("j");
      assertThat(tab.row(3)).hasClass(java.util.regex.Pattern.compile("\\bselected\\b"));
      keys.press("k");
      assertThat(tab.row(2)).hasClass(java.util.regex.Pattern.compile("\\bselected\\b"));

      keys.press("End");
      tab.until("it is live", Tab.MODEL + ".mode === 'live' && " + Tab.MODEL + ".following");
      keys.press(" ");
      tab.until("it is paused", Tab.MODEL + ".mode === 'paused'");
      stage.publish(session, out -> out.log("while paused"));
      assertThat(tab.id("jump")).containsText("1 new");
      keys.press("l");
      tab.until("it is live again", Tab.MODEL + ".mode === 'live'");
      assertThat(tab.row(904)).isVisible();

      keys.press("f");
      tab.until(
          "the first filter has the focus",
          "document.activeElement.dataset.testid === 'kind-thought'");
      keys.press("Tab");
      keys.press("Tab");
      keys.press("Enter");
      tab.until("only proofs are shown", Tab.MODEL + ".rows === 1");
      keys.press("Enter");
      tab.until("all is shown", Tab.MODEL + ".rows > 400");

      keys.press("t");
      assertEquals("timeline", tab.page().evaluate(FOCUSED));
      keys.press("Home");
      tab.until("it is at the beginning", Tab.MODEL + ".position <= 1");
      keys.press("p");
      tab.until("proofs have the focus", "document.activeElement.id === 'proofs'");
      keys.press("c");
      tab.until(
          "the way to chat has the focus",
          "document.activeElement.closest('[data-testid=chat]') !== null");
      tab.page().evaluate("document.activeElement.blur()");
      keys.press("?");
      assertThat(tab.id("help")).isVisible();
      keys.press("Escape");
      assertThat(tab.id("help")).isHidden();
    }
  }

  @Test
  void theFirstTabStopSkipsToTheContent() {
    try (Tab tab = stage.tab().openSession(session)) {
      Keyboard keys = tab.page().keyboard();
      keys.press("Tab");
      assertThat(tab.page().locator(".skip")).isFocused();
      keys.press("Enter");
      assertEquals("main", tab.page().evaluate("document.activeElement.id"));
    }
  }
}
