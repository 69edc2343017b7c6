package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.clawlive.sdk.SessionPublisher;
import io.clawlive.streams.v1.Artifact;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.Thought;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Finding one's way in a session: search, filters, timeline, replay, rewind, pause, links, panels.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
class SessionPageTest {
  /** The status event that the server writes at the start stands before it. */
  private static final long NEEDLE = 2;

  private static final int LINES = 1500;

  private static final String ROWS =
      "[...document.querySelectorAll('claw-log .row')].map((row) => row.%s)";

  private final Stage stage;
  private final String story;
  private String session = "";

  SessionPageTest(Stage stage) {
    this.stage = stage;
    this.story = stage.session("A story");
    stage.publish(story, SessionPageTest::tell);
  }

  @BeforeEach
  void startSession() {
    session = stage.session("A session");
  }

  private static void tell(SessionPublisher out) {
    out.log(LogLevel.LOG_LEVEL_DEBUG, "setup", "a needle in the haystack");
    for (int i = 1; i <= LINES; i++) {
      LogLevel level =
          i % 300 == 0
              ? LogLevel.LOG_LEVEL_ERROR
              : i % 50 == 0 ? LogLevel.LOG_LEVEL_WARN : LogLevel.LOG_LEVEL_INFO;
      out.log(level, i % 2 == 0 ? "build" : "check", "line " + i);
      if (i % 100 == 0) {
        out.thought("Thinking about line " + i, "plan");
      }
    }
    out.commit("5f2c9e1", "Inject the clock");
    out.proof(
        ProofKind.PROOF_KIND_DEPLOY, "Deployed to staging", "https://staging.example/build/7");
    out.artifact(
        Artifact.newBuilder()
            .setKind(ArtifactKind.ARTIFACT_KIND_FILE)
            .setName("report.pdf")
            .setUrl("https://files.example/report.pdf")
            .setMediaType("application/pdf")
            .build());
  }

  @Test
  void searchFindsWhatIsNotLoadedAndShowsIt() {
    try (Tab tab = stage.tab().openSession(story)) {
      assertTrue(tab.number(Tab.MODEL + ".firstSequence") > NEEDLE, "the needle is not loaded");
      tab.id("search").fill("haystack NEEDLE");
      tab.id("search").press("Enter");
      assertThat(tab.id("search-status")).containsText("1 hit");
      Locator hit = tab.id("hits").getByRole(AriaRole.BUTTON);
      assertThat(hit).hasCount(1);
      hit.click();
      assertThat(tab.row(NEEDLE)).isVisible();
      assertThat(tab.row(NEEDLE).locator("mark")).hasText(new String[] {"needle", "haystack"});
    }
  }

  @Test
  void searchSaysWhenNothingIsFound() {
    try (Tab tab = stage.tab().openSession(story)) {
      tab.id("search").fill("\"haystack needle\"");
      tab.id("search").press("Enter");
      assertThat(tab.id("search-status")).containsText("0 hits");
      assertThat(tab.id("hits")).containsText("Nothing found");
    }
  }

  @Test
  void theLogIsFilteredByKindLevelAndModule() {
    try (Tab tab = stage.tab().openSession(story)) {
      tab.id("kind-thought").click();
      untilRowsAre(tab, "dataset.kind", "thought");
      tab.id("kind-thought").click();
      tab.id("level").selectOption("error");
      untilRowsAre(tab, "querySelector('.label').textContent.trim()", "error");
      tab.id("filter-clear").click();
      tab.until(
          "modules are offered",
          "document.querySelectorAll('[data-testid=module] option').length > 2");
      tab.id("module").selectOption("check");
      untilRowsAre(tab, "querySelector('.module')?.textContent", "check");
      tab.id("filter-clear").click();
      tab.until("all is back", Tab.MODEL + ".rows >= 400");
    }
  }

  private static void untilRowsAre(Tab tab, String what, String value) {
    tab.until(
        "every row's " + what + " is " + value,
        ROWS.formatted(what)
            + ".length > 0 && "
            + ROWS.formatted(what)
            + ".every((each) => each === '"
            + value
            + "')");
  }

  @Test
  void theTimelineGoesAnywhereAndBackToLive() {
    try (Tab tab = stage.tab().openSession(session)) {
      stage.publish(session, out -> minutes(out, 30));
      tab.until("all is here", Tab.MODEL + ".lastSequence === 31");
      Locator strip = tab.id("timeline");
      tab.page().waitForTimeout(400);
      strip.click(new Locator.ClickOptions().setPosition(2, 20));
      tab.until(
          "it is early in the session",
          Tab.MODEL + ".mode === 'paused' && " + Tab.MODEL + ".position <= 5");
      assertThat(tab.id("position")).containsText("of 31");
      assertThat(tab.page().locator("claw-log .row[data-seq='31']")).hasCount(0);
      tab.id("go-live").click();
      tab.until("it is live", Tab.MODEL + ".mode === 'live'");
      assertThat(tab.row(31)).isVisible();
    }
  }

  /** Thoughts a minute apart by the producer's clock, the last one now. */
  private static void minutes(SessionPublisher out, int count) {
    Instant end = Instant.now();
    for (int i = 1; i <= count; i++) {
      Instant at = end.minus(Duration.ofMinutes(count - i));
      out.event(
          Event.newBuilder()
              .setOccurredAt(Timestamp.newBuilder().setSeconds(at.getEpochSecond()))
              .setThought(Thought.newBuilder().setText("minute " + i))
              .build());
    }
  }

  @Test
  void aReplayRunsAtItsSpeedAndSkipsSilence() {
    stage.publish(session, out -> minutes(out, 4));
    stage.agent().sessions().end(session);
    try (Tab tab = stage.tab().openSession(session)) {
      tab.until("it is all here", Tab.MODEL + ".state === 'ended' && " + Tab.MODEL + ".rows >= 5");
      tab.id("speed").selectOption("10");
      tab.id("idle-limit").selectOption("1");
      tab.id("timeline").press("Home");
      tab.until("it is at the beginning", Tab.MODEL + ".position <= 1");
      long begun = System.nanoTime();
      tab.id("play-pause").click();
      assertThat(tab.id("silence")).containsText("of silence");
      tab.until("the second thought is shown", Tab.MODEL + ".position === 3");
      assertThat(tab.row(3)).isVisible();
      assertThat(tab.row(5)).hasCount(0);
      tab.until("the end is reached", Tab.MODEL + ".mode === 'live'");
      long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      assertTrue(
          took >= 2_500 && took < 12_000, "three silences of one second took " + took + " ms");
    }
  }

  @Test
  void rewindingWhileLiveKeepsCountOfWhatIsNew() {
    stage.publish(session, out -> minutes(out, 5));
    try (Tab tab = stage.tab().openSession(session)) {
      tab.id("idle-limit").selectOption("0");
      tab.page()
          .getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("10 seconds back"))
          .click();
      tab.until(
          "it plays from the minute before",
          Tab.MODEL + ".mode === 'playing' && " + Tab.MODEL + ".position === 5");
      stage.publish(session, out -> out.thought("news"));
      assertThat(tab.id("jump")).containsText("2 new");
      assertThat(tab.row(7)).hasCount(0);
      tab.id("jump").click();
      assertThat(tab.row(7)).isVisible();
      tab.until("it is live", Tab.MODEL + ".mode === 'live' && " + Tab.MODEL + ".following");
    }
  }

  @Test
  void aPausedPageStandsStillAndCatchesUp() {
    try (Tab tab = stage.tab().openSession(session)) {
      tab.id("play-pause").click();
      stage.publish(
          session,
          out -> {
            out.log("one");
            out.log("two");
          });
      assertThat(tab.id("jump")).containsText("2 new");
      assertThat(tab.row(2)).hasCount(0);
      tab.id("jump").click();
      assertThat(tab.row(3)).isVisible();
    }
  }

  @Test
  void scrollingUpLoadsHistoryAndHoldsItsPlace() {
    try (Tab tab = stage.tab().openSession(story)) {
      tab.page().locator("claw-log").hover();
      tab.page().mouse().wheel(0, -3000);
      tab.until("it stopped following", "!" + Tab.MODEL + ".following");
      long first = tab.number(Tab.MODEL + ".firstSequence");
      for (int i = 0; i < 40 && tab.number(Tab.MODEL + ".firstSequence") > 1; i++) {
        tab.page().mouse().wheel(0, -20_000);
        tab.page().waitForTimeout(150);
      }
      assertTrue(first > 1, "history was not there at first");
      tab.until("the beginning is loaded", Tab.MODEL + ".firstSequence === 1");
      tab.page().mouse().wheel(0, -1_000_000);
      assertThat(tab.row(1)).isVisible();
      stage.publish(story, out -> out.log(LogLevel.LOG_LEVEL_INFO, "build", "one more"));
      assertThat(tab.id("jump")).containsText("1 new");
      assertThat(tab.row(1)).isVisible();
    }
  }

  @Test
  void aLinkToAnEventOpensThere() {
    long place = 700;
    try (Tab tab = stage.tab().open("/s/" + story + "#e" + place)) {
      assertThat(tab.row(place)).isVisible();
      assertThat(tab.row(place)).hasClass(Pattern.compile("\\btarget\\b"));
      assertFalse(tab.is(Tab.MODEL + ".following"), "it stays there");
    }
  }

  @Test
  void proofsAndArtifactsStandBesideTheLog() {
    try (Tab tab = stage.tab().openSession(story)) {
      Locator proofs = tab.id("proofs");
      assertThat(proofs).isVisible();
      assertThat(proofs).containsText("Inject the clock");
      assertThat(proofs).containsText("5f2c9e1");
      Locator link = proofs.getByRole(AriaRole.LINK);
      assertThat(link).hasAttribute("href", "https://staging.example/build/7");
      assertThat(link).hasAttribute("rel", Pattern.compile("noopener"));
      tab.id("tab-artifacts").click();
      assertThat(tab.id("artifacts")).containsText("report.pdf");
      proofs.getByText("Inject the clock").click();
      assertThat(tab.page().locator("claw-log .row.selected")).containsText("Inject the clock");
    }
  }

  @Test
  void aMaskedSecretIsALabel() {
    String secret = "ghp_" + "aB3".repeat(12);
    stage.publish(session, out -> out.log("token=" + secret + " done"));
    try (Tab tab = stage.tab().openSession(session)) {
      Locator label = tab.row(2).locator(".masked");
      assertThat(label).hasText("github token masked");
      assertThat(tab.row(2)).containsText("done");
      assertFalse(tab.page().content().contains(secret), "the secret is nowhere");
      assertFalse(tab.page().locator("claw-log").innerText().contains("[masked:"), "no bare mark");
    }
  }

  @Test
  void theHeadSaysHowAliveTheSessionIsAndWhoWatches() {
    try (Tab tab = stage.tab().openSession(session);
        Tab other = stage.tab().openSession(session)) {
      stage.agent().sessions().heartbeat(session);
      assertThat(tab.id("liveness")).hasText("live");
      assertThat(tab.id("freshness")).containsText(Pattern.compile("just now|\\d+ s"));
      assertThat(tab.id("viewers")).containsText(Pattern.compile("2"));
      stage.agent().sessions().end(session);
      assertThat(tab.id("liveness")).hasText("ended");
      assertEquals(List.of(), other.faults());
    }
  }
}
