package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator.ClickOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a sandbox is told or writes is shown as text, in the log, the terminal and beside. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
class SandboxHostileTextTest {
  private static final String IMAGE = HostileTextTest.IMAGE;
  private static final String SCRIPT = HostileTextTest.SCRIPT;
  private static final String BREAKOUT = HostileTextTest.BREAKOUT;

  private final Stage stage;
  private final String sandbox;

  SandboxHostileTextTest(Stage stage) {
    this.stage = stage;
    var scene = new SandboxScene(stage, SandboxHostileTextTest.class);
    String script =
        """
        printf '%s\\n' "$HOSTILE" "$SCRIPTED"
        printf '\\033]8;;javascript:window.__xss=5\\033\\\\a link\\033]8;;\\033\\\\\\n'
        printf '\\033]0;%s\\007' "$HOSTILE"
        sleep 3600\
        """;
    sandbox =
        scene.create(
            "hostile",
            List.of("sh", "-c", script),
            "\"env\":{\"HOSTILE\":%s,\"SCRIPTED\":%s},"
                .formatted(Rest.quoted(IMAGE + BREAKOUT), Rest.quoted(SCRIPT)));
    scene.await(sandbox, "running");
  }

  @Test
  void thePageShowsItAsText() {
    try (Tab tab = SandboxScene.open(stage.tab(), sandbox)) {
      assertThat(tab.page().locator("claw-log")).containsText(IMAGE + BREAKOUT);
      assertThat(tab.page().locator("claw-log")).containsText(SCRIPT);
      assertThat(tab.page().locator(".side-about")).containsText(IMAGE);
      HostileTextTest.assertHarmless(tab);
      SandboxScene.openTerminal(tab);
      SandboxScene.type(
          tab,
          "printf '%s\\n' \"$HOSTILE$SCRIPTED\"; printf"
              + " '\\033]8;;https://evil.example/\\033\\\\go\\033]8;;\\033\\\\ there\\n'");
      SandboxScene.untilTerminalSays(tab, "go there");
      SandboxScene.type(tab, "printf '\\033[38;2;200;100;50mtrue colour\\033[0m end\\n'");
      SandboxScene.untilTerminalSays(tab, "true colour end");
      // The screen lies over its letters and takes the click for them.
      tab.page().locator(".xterm-underline-5").first().click(new ClickOptions().setForce(true));
      HostileTextTest.assertHarmless(tab);
    }
  }

  @Test
  void theListAndTheFormShowItAsText() {
    try (Tab tab = stage.tab()) {
      tab.signIn(Stage.PERSON, "/sandboxes");
      tab.id("new-sandbox").click();
      tab.id("sandbox-name").fill(IMAGE);
      tab.id("sandbox-command").fill("echo " + SCRIPT.replace("'", ""));
      tab.id("sandbox-env").fill(BREAKOUT.replace("=", "") + "=1");
      tab.id("create-sandbox").click();
      assertThat(tab.id("sandbox-env-problem")).containsText("svg/onload");
      HostileTextTest.assertHarmless(tab);
      tab.id("sandbox-env").fill("");
      tab.id("create-sandbox").click();
      assertThat(tab.id("sandbox-name-problem")).isVisible();
      HostileTextTest.assertHarmless(tab);
    }
  }
}
