package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.sdk.SessionPublisher;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is appended is on the screen at once, and all of it, whatever happens to the server. */
@Timeout(180)
@ExtendWith(OnStage.class)
class LiveTailTest {
  private static final String LINES =
      """
      document.querySelector('claw-session').session.view.entries
        .filter((entry) => entry.kind === 'log').map((entry) => entry.text)
      """;

  /**
   * Tells of every row how long after its "sent=" it was on the screen: in the frame after it was
   * there.
   */
  private static final String STOPWATCH =
      """
      window.lags = new Map();
      new MutationObserver((changes) => {
        const fresh = changes.flatMap((change) => [...change.addedNodes])
          .filter((node) => node.matches?.('.row') && /sent=\\d+/.test(node.textContent));
        if (fresh.length > 0) requestAnimationFrame(() => {
          for (const row of fresh) {
            const sent = Number(/sent=(\\d+)/.exec(row.textContent)[1]);
            if (!lags.has(row.dataset.seq)) lags.set(row.dataset.seq, Date.now() - sent);
          }
        });
      }).observe(document.querySelector('claw-log'), { childList: true, subtree: true });
      """;

  private final Stage stage;

  LiveTailTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void noEventIsMissingAndNoneIsTwiceWhenTheServerIsKilledUnderAPipe() throws Exception {
    String session = stage.session("A long build");
    try (Tab tab = stage.tab().openSession(session)) {
      Process pipe =
          stage
              .cli("pipe", "--session", session, "--module", "feed")
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      try (BufferedWriter feed = pipe.outputWriter(StandardCharsets.UTF_8)) {
        write(feed, 1, 300);
        tab.until("lines arrive", Tab.MODEL + ".lastSequence > 100");
        stage.server().kill();
        write(feed, 301, 450);
        assertThat(tab.id("banner")).containsText("Reconnecting");
        stage.server().startAgain();
        write(feed, 451, 600);
        assertThat(tab.id("banner")).containsText("Recovered, nothing missed");
        write(feed, 601, 700);
      }
      assertTrue(pipe.waitFor(60, TimeUnit.SECONDS), "the pipe ends");
      assertEquals(0, pipe.exitValue());

      long last = stage.last(session);
      tab.until("the page has event " + last, Tab.MODEL + ".lastSequence === " + last);
      assertEquals(
          IntStream.rangeClosed(1, 700).mapToObj(i -> "line " + i).toList(),
          tab.page().evaluate(LINES));
      assertEquals(
          LongStream.rangeClosed(1, last).boxed().toList(),
          ((List<?>) tab.page().evaluate(Tab.MODEL + ".sequences()"))
              .stream().map(each -> ((Number) each).longValue()).toList());
      assertTrue(tab.number(Tab.MODEL + ".reconnects") >= 1, "the page was cut off");
      assertThat(tab.row(last)).hasCount(1);
    }
  }

  private static void write(BufferedWriter feed, int from, int to) throws IOException {
    for (int i = from; i <= to; i++) {
      feed.write("line " + i + "\n");
      feed.flush();
      Until.pause(Duration.ofMillis(4));
    }
  }

  @Test
  void anEventIsPaintedSoonAfterItWasAppended() {
    String session = stage.session("Speed");
    int events = 300;
    try (Tab tab = stage.tab().openSession(session);
        SessionPublisher out = stage.agent().sessions().publisher(session)) {
      out.log("warm up");
      tab.until(
          "the first event is there", "document.querySelectorAll('claw-log .row').length === 2");
      tab.page().evaluate(STOPWATCH);
      for (int i = 0; i < events; i++) {
        out.log("step " + i + " sent=" + System.currentTimeMillis());
        Until.pause(Duration.ofMillis(20));
      }
      tab.until("all are painted", "lags.size >= " + events);
      List<Long> lags =
          ((List<?>) tab.page().evaluate("[...lags.values()]"))
              .stream().map(each -> ((Number) each).longValue()).sorted().toList();
      long p50 = lags.get(events / 2);
      long p95 = lags.get(events * 95 / 100);
      System.out.printf(
          "append to paint: %d events, p50 %d ms, p95 %d ms, max %d ms%n",
          lags.size(), p50, p95, lags.getLast());
      assertTrue(p95 <= 250, "p95 is " + p95 + " ms");
    }
  }

  @Test
  void closingTheTabEndsTheWatchAtTheServer() {
    String session = stage.session("Watched");
    double before = stage.metric("clawlive_watchers");
    Tab tab = stage.tab().openSession(session);
    Until.holds(
        Tab.PATIENCE,
        () -> "the server counts the watcher",
        () -> stage.metric("clawlive_watchers") == before + 1);
    tab.close();
    Until.holds(
        Duration.ofSeconds(2),
        () -> "the server counts no watcher any more",
        () -> stage.metric("clawlive_watchers") == before);
  }
}
