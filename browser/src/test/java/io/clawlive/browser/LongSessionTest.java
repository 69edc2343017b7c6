package io.clawlive.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A hundred thousand events scroll as lightly as a hundred. */
@Timeout(240)
@ExtendWith(OnStage.class)
class LongSessionTest {
  private static final int EVENTS = 100_000;

  /** Frames a second over five seconds, by the middle interval, while each frame does something. */
  private static final String FRAMES =
      """
      (() => new Promise((done) => {
        const times = [];
        const begun = performance.now();
        const frame = (now) => {
          times.push(now);
          %s
          if (now - begun < 5000) requestAnimationFrame(frame);
          else {
            const gaps = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b);
            done(1000 / gaps[Math.floor(gaps.length / 2)]);
          }
        };
        requestAnimationFrame(frame);
      }))()
      """;

  private final Stage stage;

  LongSessionTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void aLongSessionIsScrolledThroughWithFewNodesAndManyFrames() {
    String session = stage.session("A long night");
    stage.publish(
        session,
        out -> {
          for (int i = 1; i <= EVENTS; i++) {
            out.log(i % 7 == 0 ? "a longer line ".repeat(20) + i : "line " + i);
          }
        });
    try (Tab tab = stage.tab().openSession(session)) {
      tab.page()
          .evaluate(
              """
              window.most = 0;
              window.climb = setInterval(() => {
                const log = document.querySelector('claw-log');
                log.scrollTop = Math.max(0, log.scrollTop - 20_000);
                most = Math.max(most, document.querySelectorAll('*').length);
              }, 10);
              """);
      tab.until(
          Duration.ofMinutes(2), "the first event is reached", Tab.MODEL + ".firstSequence === 1");
      tab.page().evaluate("clearInterval(climb)");
      assertTrue(tab.number(Tab.MODEL + ".loaded") > EVENTS, "all of it is there");

      double blank = blank();
      double scrolling =
          frames(
              tab,
              "document.querySelector('claw-log').scrollTop += 60; if (times.length % 10 === 0)"
                  + " most = Math.max(most, document.querySelectorAll('*').length);");
      long most = tab.number("most");
      System.out.printf(
          "%,d events: at most %,d nodes, %.0f frames/s scrolling, %.0f frames/s on a blank page%n",
          EVENTS, most, scrolling, blank);
      assertTrue(most <= 2_000, most + " nodes");
      // Where not even a blank page comes to 50, the page must come close to the blank one.
      double wanted = Math.min(50, 0.9 * blank);
      assertTrue(scrolling >= wanted, scrolling + " frames/s of " + wanted);
    }
  }

  private double blank() {
    try (Tab tab = stage.tab()) {
      return frames(tab, "");
    }
  }

  private static double frames(Tab tab, String each) {
    return ((Number) tab.page().evaluate(FRAMES.formatted(each))).doubleValue();
  }
}
