package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByTextOptions;
import io.clawlive.cli.testing.ServerProcess;
import io.clawlive.sdk.ClawLive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox from its form to its end: output, terminal, limits, lease, states and refusals. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
class SandboxTest {
  private static final String COUNTING =
      "i=0; while true; do i=$((i+1)); echo tick $i; echo trouble $i >&2; sleep 0.3; done";

  private final Stage stage;
  private final SandboxScene scene;

  SandboxTest(Stage stage) {
    this.stage = stage;
    this.scene = new SandboxScene(stage, SandboxTest.class);
  }

  @Test
  void whatIsMadeInTheFormRunsAndItsOutputComesLive() {
    try (Tab tab = stage.tab()) {
      tab.signIn(Stage.PERSON, "/");
      tab.id("nav-sandboxes").click();
      tab.id("new-sandbox").click();
      tab.id("sandbox-name").fill("from-the-form");
      tab.id("sandbox-command").fill("sh -c '" + COUNTING + "'");
      tab.id("sandbox-memory").fill("128");
      tab.id("sandbox-cpus").fill("0.5");
      tab.id("sandbox-env").fill("COLOUR=green\n# a note\nSHAPE=round");
      tab.id("create-sandbox").click();
      assertThat(tab.page().locator("h1")).hasText("from-the-form");
      assertThat(tab.id("sandbox-state")).hasAttribute("data-state", "running");
      long before = tab.number(Tab.SANDBOX + "?.lastSequence");
      assertThat(tab.page().locator("claw-log")).containsText("tick 5");
      tab.until("lines come", "%s?.lastSequence > %d".formatted(Tab.SANDBOX, before + 4));
      assertThat(tab.id("history")).containsText("It is running");
      assertThat(tab.page().locator(".side-about")).containsText("SHAPE=round");
      assertThat(tab.page().locator(".side-about")).containsText("128 MiB");
      tab.id("channel-stderr").click();
      assertThat(tab.page().locator("claw-log .k-log").first()).containsText("trouble");
      assertThat(tab.page().locator("claw-log .k-log:has-text('tick')")).hasCount(0);
    }
  }

  @Test
  void theTerminalAnswersFitsAndOutlivesThePage() {
    String id = scene.running("terminal", "sleep 3600");
    try (Tab tab = SandboxScene.open(stage.tab(), id)) {
      SandboxScene.openTerminal(tab);
      SandboxScene.type(tab, "echo $((6*7)) is the answer");
      SandboxScene.untilTerminalSays(tab, "42 is the answer");

      SandboxScene.type(tab, "MEMORY=kept; stty size");
      String size = "%s.rows + ' ' + %s.columns".formatted(Tab.TERMINAL, Tab.TERMINAL);
      String first = String.valueOf(tab.page().evaluate(size));
      SandboxScene.untilTerminalSays(tab, first);
      tab.page().setViewportSize(1000, 640);
      tab.until("it fits the smaller window", "%s !== '%s'".formatted(size, first));
      tab.page().waitForTimeout(400);
      SandboxScene.type(tab, "stty size");
      SandboxScene.untilTerminalSays(tab, String.valueOf(tab.page().evaluate(size)));

      String tag = String.valueOf(tab.page().evaluate(Tab.TERMINAL + ".tag"));
      tab.page().reload();
      tab.until("the terminal is back", Tab.TERMINAL + "?.state === 'live'");
      assertEquals(tag, tab.page().evaluate(Tab.TERMINAL + ".tag"));
      SandboxScene.untilTerminalSays(tab, "42 is the answer");
      SandboxScene.type(tab, "echo memory is $MEMORY");
      SandboxScene.untilTerminalSays(tab, "memory is kept");

      SandboxScene.type(tab, "exit 3");
      assertThat(tab.id("terminal-state")).hasText("ended: exit code 3");
      tab.id("terminal-again").click();
      tab.until("another one is there", Tab.TERMINAL + "?.state === 'live'");
    }
  }

  @Test
  void aLineThatDropsLosesNothingOfOutputTerminalAndKeys() throws IOException {
    String id = scene.running("dropped", COUNTING);
    try (Cable cable = new Cable(stage.server().web());
        Tab tab = SandboxScene.open(stage.tabAt(cable.web()), id)) {
      SandboxScene.openTerminal(tab);
      SandboxScene.type(
          tab, "for i in $(seq 1 40); do echo step-$i; sleep 0.1; done; echo all-$((6*7))");
      SandboxScene.untilTerminalSays(tab, "step-3");
      cable.cut();
      tab.until("the page knows", Tab.SANDBOX + ".state === 'reconnecting'");
      tab.until("the terminal knows", Tab.TERMINAL + ".state === 'reconnecting'");
      assertThat(tab.id("banner")).containsText("nothing is lost");
      assertThat(tab.id("terminal-state")).containsText("no connection");
      SandboxScene.type(tab, "echo typed-without-a-line-$((40+2))");
      tab.page().waitForTimeout(1500);
      cable.mend();
      tab.until("the page is back", Tab.SANDBOX + ".state === 'live'");
      SandboxScene.untilTerminalSays(tab, "all-42");
      SandboxScene.untilTerminalSays(tab, "typed-without-a-line-42");
      // What is typed meanwhile is echoed in between, as terminals do.
      String steps = Tab.TERMINAL + ".text.match(/step-\\d+/g).join()";
      assertEquals(
          IntStream.rangeClosed(1, 40).mapToObj(i -> "step-" + i).collect(Collectors.joining(",")),
          tab.page().evaluate(steps));
      assertEquals(0, tab.number(Tab.SANDBOX + ".holes"));
      assertThat(tab.id("banner")).containsText("Recovered");
    }
  }

  @Test
  void keysAreInOrderHoweverFastTheyComeAndAFloodOfOutputIsHeldBack() {
    String id = scene.running("fast", "sleep 3600");
    try (Tab tab = SandboxScene.open(stage.tab(), id)) {
      SandboxScene.openTerminal(tab);
      String alphabet = "abcdefghijklmnopqrstuvwxyz0123456789".repeat(4);
      SandboxScene.type(tab, "echo " + alphabet + " | md5sum; seq 1 400000; echo done-$((20+22))");
      tab.until("all was drawn", Tab.TERMINAL + ".text.includes('done-42')");
      assertTrue(tab.number(Tab.TERMINAL + ".text.length") < 400_000, "what scrolled away is gone");
      assertTrue(tab.number("document.querySelectorAll('*').length") < 4_000, "a bounded page");
      SandboxScene.type(tab, "clear; echo " + alphabet + " | tr -d '\\n' | wc -c");
      SandboxScene.untilTerminalSays(tab, "144");
    }
  }

  @Test
  void whoUsesTheKeyboardLeavesTheTerminal() {
    String id = scene.running("keyboard", "sleep 3600");
    try (Tab tab = SandboxScene.open(stage.tab(), id)) {
      SandboxScene.openTerminal(tab);
      String inside = "document.activeElement.classList.contains('xterm-helper-textarea')";
      tab.page().locator(".xterm-helper-textarea").focus();
      tab.page().keyboard().press("Tab");
      assertTrue(tab.is(inside), "the tab key is the shell's");
      tab.page().keyboard().press("Escape");
      tab.page().keyboard().press("Tab");
      assertTrue(!tab.is(inside), "and the page's after escape");
      assertThat(tab.page().locator("#terminal-hint")).hasText("Esc then Tab leaves the terminal");
    }
  }

  @Test
  void itIsStoppedAfterAQuestionAndSaysWhy() {
    String id = scene.running("to-stop", COUNTING);
    try (Tab tab = SandboxScene.open(stage.tab(), id)) {
      SandboxScene.openTerminal(tab);
      tab.id("stop").click();
      assertThat(tab.id("sandbox-dialog")).containsText("Its files stay");
      tab.id("confirm").click();
      assertThat(tab.id("sandbox-state")).hasAttribute("data-state", "stopped");
      assertThat(tab.id("history").locator("li").first()).containsText("It is stopped");
      tab.until("the terminal ended", Tab.TERMINAL + ".state === 'exited'");
      assertThat(tab.id("start")).isEnabled();
      tab.id("start").click();
      assertThat(tab.id("sandbox-state")).hasAttribute("data-state", "running");
    }
  }

  @Test
  void aProgramThatEndsByItselfIsSaidToHaveEnded() {
    String id = scene.create("to-end", List.of("sh", "-c", "echo about to fail; exit 7"), "");
    scene.await(id, "stopped");
    try (Tab tab = SandboxScene.open(stage.tab(), id)) {
      assertThat(tab.id("why")).hasText("its program ended (exit code 7)");
      assertThat(tab.page().locator("claw-log")).containsText("about to fail");
      assertThat(tab.id("no-usage")).hasText("Measured while it runs.");
      tab.open("/sandboxes");
      assertThat(card(tab, id)).containsText("its program ended (exit code 7)");
    }
  }

  @Test
  void leaseAndLimitsAreChanged() {
    String id = scene.running("to-change", "sleep 3600");
    try (Tab tab = SandboxScene.open(stage.tab(), id)) {
      assertThat(tab.id("lease")).containsText("23 h 59 m");
      tab.id("extend").click();
      tab.id("lease-time").selectOption("604800");
      tab.id("confirm").click();
      assertThat(tab.id("lease")).containsText("6 days");
      tab.id("change-limits").click();
      tab.id("limit-memory").fill("3");
      tab.id("confirm").click();
      assertThat(tab.id("limit-memory-problem")).containsText(Pattern.compile("16.*65,?536"));
      tab.id("limit-memory").fill("1536");
      tab.id("limit-cpus").fill("0.25");
      tab.id("confirm").click();
      assertThat(tab.page().locator(".side-about")).containsText("1.5 GiB");
      assertThat(tab.page().locator(".side-about")).containsText("0.25 processors");
      assertThat(tab.id("history")).containsText("The limits were changed");
    }
  }

  @Test
  void itsFilesArePutBackFromASnapshotAndAnotherOneIsMadeOfIt() {
    String id = scene.running("copied", "sleep 3600");
    try (Tab tab = SandboxScene.open(stage.tab(), id)) {
      SandboxScene.openTerminal(tab);
      SandboxScene.type(tab, "echo the first > note; cat note");
      SandboxScene.untilTerminalSays(tab, "\nthe first");
      tab.id("snapshot-name").fill("before <b>the change</b>");
      tab.id("take-snapshot").click();
      Locator snapshot = tab.id("snapshot");
      assertThat(snapshot).hasAttribute("data-state", "ready");
      assertThat(snapshot).containsText("before <b>the change</b>");
      SandboxScene.type(tab, "echo the second > note; cat note");
      SandboxScene.untilTerminalSays(tab, "\nthe second");

      ask(tab, snapshot, "Put the files back");
      tab.id("snapshot-confirm").click();
      assertThat(tab.id("history")).containsText("its files are those of a snapshot");
      assertThat(tab.id("sandbox-state")).hasAttribute("data-state", "running");
      tab.until("the terminal ended", Tab.TERMINAL + ".state === 'exited'");
      tab.id("terminal-again").click();
      tab.until("its shell asks", Tab.TERMINAL + ".text.trim().length > 0");
      SandboxScene.type(tab, "echo it says $(cat note)");
      SandboxScene.untilTerminalSays(tab, "it says the first");

      ask(tab, snapshot, "New sandbox from it");
      tab.id("fork-name").fill("no name");
      tab.id("snapshot-confirm").click();
      assertThat(tab.id("fork-name-problem")).not().isEmpty();
      tab.id("fork-name").fill("the-copy");
      tab.id("snapshot-confirm").click();
      assertThat(tab.page().locator("h1")).hasText("the-copy");
      tab.page().goBack();
      ask(tab, snapshot, "Delete");
      tab.id("snapshot-confirm").click();
      assertThat(snapshot).hasCount(0);
    }
  }

  private static void ask(Tab tab, Locator snapshot, String deed) {
    snapshot.getByTestId("snapshot-menu").locator("button").first().click();
    tab.page().getByText(deed, new GetByTextOptions().setExact(true)).first().click();
    assertThat(tab.id("snapshot-dialog")).isVisible();
  }

  @Test
  void itIsDeletedAfterAQuestion() {
    String id = scene.running("to-delete", "sleep 3600");
    try (Tab tab = SandboxScene.open(stage.tab(), id)) {
      tab.open("/sandboxes");
      card(tab, id).getByTestId("sandbox-menu").locator("button").first().click();
      tab.page().getByText("Delete", new GetByTextOptions().setExact(true)).click();
      assertThat(tab.id("sandbox-dialog")).containsText("Nobody can bring it back");
      tab.id("confirm").click();
      assertThat(card(tab, id)).hasCount(0);
    }
  }

  @Test
  void aRefusalIsSaidAtItsField() {
    scene.running("taken", "sleep 3600");
    try (Tab tab = stage.tab()) {
      tab.signIn(Stage.PERSON, "/sandboxes");
      tab.id("new-sandbox").click();
      tab.id("sandbox-name").fill("not a name");
      tab.id("sandbox-memory").fill("5");
      tab.id("create-sandbox").click();
      assertThat(tab.id("sandbox-name-problem")).containsText("letters, digits");
      assertThat(tab.id("sandbox-memory-problem")).containsText("16 to 65,536");
      assertThat(tab.id("sandbox-name")).isFocused();
      tab.id("sandbox-name").fill("taken");
      tab.id("sandbox-memory").fill("");
      tab.id("create-sandbox").click();
      assertThat(tab.id("sandbox-name-problem")).containsText("already");
      tab.id("sandbox-name").fill("free");
      tab.id("sandbox-network").selectOption("3");
      tab.id("create-sandbox").click();
      assertThat(tab.id("sandbox-network-problem")).containsText("only the network none");
      tab.id("sandbox-env").fill("no equals sign");
      tab.id("create-sandbox").click();
      assertThat(tab.id("sandbox-env-problem")).hasText("Line 1 is not NAME=value.");
    }
  }

  @Test
  void whoIsNotSignedInIsToldHowAndWhoHasNoneWhatToDo() {
    String id = scene.running("hidden", "echo a secret of mine; sleep 3600");
    try (Tab tab = stage.tab().open("/sandboxes")) {
      assertThat(tab.id("sandboxes-sign-in")).containsText("Sign in to see yours");
      tab.open(SandboxScene.path(id));
      assertThat(tab.id("refusal")).containsText("not signed in");
      assertTrue(!tab.page().content().contains("a secret of mine"), "nothing of it is told");
    }
    stage.rest("newcomer");
    try (Tab tab = stage.tab()) {
      tab.signIn("newcomer", "/sandboxes");
      assertThat(tab.id("no-sandbox")).containsText("clawlive sandbox create");
      assertThat(tab.id("everybody")).hasCount(0);
      tab.open(SandboxScene.path(id));
      assertThat(tab.id("refusal")).isVisible();
    }
  }

  @Test
  void whereNothingRunsSandboxesThePageSaysWhy(@TempDir Path home) throws IOException {
    try (ServerProcess other =
            ServerProcess.start(home, Map.of("CLAWLIVE_SANDBOX_RUNTIME", "none"));
        ClawLive nobody = ClawLive.connect(other.grpc())) {
      nobody.identity().register(Stage.PERSON, Stage.PASSWORD);
      try (Tab tab = stage.tabAt(other.web())) {
        tab.signIn(Stage.PERSON, "/sandboxes");
        assertThat(tab.id("no-runtime")).containsText("can run no sandbox");
        assertThat(tab.id("no-runtime")).containsText("clawlive doctor");
        assertThat(tab.id("new-sandbox")).isDisabled();
      }
    }
  }

  @Test
  void administratorsSeeEverybodys() {
    Rest other = stage.rest("othello");
    String made = other.post("/api/agents", "{\"name\":\"of-othello\",\"stopped\":true}");
    String id = Rest.field(made, "sandbox_id");
    try (Tab tab = stage.tab()) {
      tab.signIn(Stage.PERSON, "/sandboxes");
      assertThat(tab.id("sandboxes")).isVisible();
      assertThat(card(tab, id)).hasCount(0);
      tab.id("everybody").check();
      assertThat(card(tab, id)).containsText("of account");
    }
  }

  private static Locator card(Tab tab, String id) {
    return tab.page().locator("[data-testid=sandbox-card][data-sandbox='" + id + "']");
  }
}
