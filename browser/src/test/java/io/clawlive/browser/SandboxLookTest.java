package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page.ScreenshotOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sandboxes full of life at every size, by day and by night; the pictures stay in
 * target/screenshots.
 */
@Timeout(400)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
class SandboxLookTest {
  private static final String OVERHANG =
      "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth";

  /** More make a fuller picture: one comes every second. */
  private static final int SAMPLES = Integer.getInteger("clawlive.browser.samples", 8);

  /** Works in waves, and tells of it in colours. */
  private static final String WORK =
      """
      g='\\033[32m'; y='\\033[33m'; n='\\033[0m'; i=0
      while true; do i=$((i+1))
        printf "$g✓$n chunk $i of the bundle, \\033[1m$((i*37%900)) ms$n\\n"
        [ $((i%6)) = 0 ] && printf "${y}warning$n: hero.png has 2.1 MB\\n" >&2
        [ $((i%4)) = 0 ] && k=0 && while [ $k -lt 90000 ]; do k=$((k+1)); done
        [ $((i%23)) = 9 ] && awk 'BEGIN{for(i=0;i<220000;i++)a[i]=i;system("sleep 4")}' &
        sleep 0.4
      done\
      """;

  private final Stage stage;
  private final Axe axe = new Axe();
  private final Path folder =
      Path.of(System.getProperty("clawlive.browser.screenshots", "target/screenshots"));
  private final String busy;

  SandboxLookTest(Stage stage) {
    this.stage = stage;
    var scene = new SandboxScene(stage, SandboxLookTest.class);
    busy =
        scene.create(
            "landing-page",
            List.of("sh", "-c", WORK),
            "\"memory_mb\":128,\"cpus\":0.5,\"env\":{\"CI\":\"true\",\"NODE_ENV\":\"production\"},");
    scene.await(busy, "running");
    String broken = scene.create("nightly-build", List.of("sh", "-c", "echo no; exit 2"), "");
    scene.await(broken, "stopped");
    scene.create("a-name-as-long-as-names-may-be-and-there-is-no-room-for-any-more", List.of(), "");
  }

  @ParameterizedTest
  @EnumSource
  void everyPaneFitsAndNobodyIsShutOut(Look look) {
    String size = look.name().toLowerCase(Locale.ROOT).replace('_', '-');
    try (Tab tab = stage.tab(look)) {
      axe.into(tab);
      tab.signIn(Stage.PERSON, "/sandboxes");
      assertThat(tab.id("sandbox-card").first()).isVisible();
      look(tab, "sandboxes-" + size);
      tab.id("new-sandbox").click();
      tab.id("sandbox-memory").fill("3");
      tab.id("create-sandbox").click();
      assertThat(tab.id("sandbox-memory-problem")).containsText("16");
      look(tab, "sandbox-form-" + size);
      tab.open(SandboxScene.path(busy));
      tab.until("the sandbox is live", Tab.SANDBOX + "?.state === 'live'");
      assertThat(tab.page().locator("claw-log .k-log").first()).isVisible();
      look(tab, "sandbox-" + size);
      SandboxScene.openTerminal(tab);
      SandboxScene.type(
          tab, "ls --color=always / && printf '\\033[38;2;250;120;90mtrue colour\\033[0m\\n'");
      SandboxScene.untilTerminalSays(tab, "true colour");
      look(tab, "sandbox-terminal-" + size);
      for (String pane : List.of("usage", "about")) {
        if (tab.id("tab-" + pane).isVisible()) {
          tab.id("tab-" + pane).click();
          tab.page().waitForTimeout(150);
          look(tab, "sandbox-" + pane + "-" + size);
        }
      }
      tab.page().locator("[data-testid=stop]").first().click();
      assertThat(tab.id("sandbox-dialog")).isVisible();
      look(tab, "sandbox-stop-" + size);
    }
  }

  /** Takes the picture of the documentation: an hour's work would look the same. */
  @Test
  void theDeskShowsEverythingAtOnce() {
    try (Tab tab = SandboxScene.open(stage.tab(Look.DESKTOP_DARK), busy)) {
      SandboxScene.openTerminal(tab);
      SandboxScene.type(tab, "PS1='\\[\\033[36m\\]landing-page\\[\\033[0m\\]:\\w$ '; clear");
      SandboxScene.type(tab, "echo 'hello' > notes.txt; ls -l");
      SandboxScene.type(tab, "ps -o pid,stat,time,args | head -6");
      SandboxScene.type(tab, "echo $((6*7))");
      SandboxScene.untilTerminalSays(tab, "42");
      tab.until(
          Duration.ofSeconds(SAMPLES + 20L),
          "it was measured for a while, or nothing can be",
          "%s.samples > %d || %s.samples === 0".formatted(Tab.SANDBOX, SAMPLES, Tab.SANDBOX));
      look(tab, "sandbox-desk");
    }
  }

  /** Takes a picture; nothing reaches beyond the edge, and axe finds nothing serious. */
  private void look(Tab tab, String name) {
    tab.page().waitForTimeout(200);
    tab.page().screenshot(new ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    assertEquals(0, tab.number(OVERHANG), name + " scrolls sideways");
    if (tab.page().evaluate("typeof axe").equals("object")) {
      assertEquals(List.of(), axe.findings(tab), name);
    }
  }
}
