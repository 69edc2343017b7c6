package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.logs;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class AppendTest {
  @AutoClose private static final TestServer server = TestServer.start();
  private static final Worker worker = server.worker("appender");

  @Test
  void theAnswerSaysWhatWasStoredAndWhere() {
    String stream = worker.stream();

    var answer = worker.append(stream, thought(10, "a"), thought(20, "b"));

    assertEquals(2, answer.getInserted());
    assertEquals(20, answer.getProducerSequence());
    assertEquals(3, answer.getSequence());
  }

  @Test
  void aRepeatedCallStoresNothingAndAnswersTheSameStanding() {
    String stream = worker.stream();
    worker.append(stream, thought(1, "a"), thought(2, "b"));

    var again = worker.append(stream, thought(1, "a"), thought(2, "b"));

    assertEquals(0, again.getInserted());
    assertEquals(2, again.getProducerSequence());
    assertEquals(0, again.getSequence());
    assertEquals(3, server.nobody().everything(stream).size());
  }

  @Test
  void withoutAProducerTheServerNumbersAndEveryCallCounts() {
    String stream = worker.stream();
    Event unnumbered = thought(0, "by hand");

    var first = worker.append(stream, "", List.of(unnumbered, unnumbered));
    var again = worker.append(stream, "", List.of(unnumbered));

    assertEquals(2, first.getInserted());
    assertEquals(3, first.getSequence());
    assertEquals(1, again.getInserted());
    assertEquals(4, again.getSequence());
  }

  @Test
  void aProducerMustNumberItsEvents() {
    String stream = worker.stream();
    Refused.with(
        ErrorReason.ERROR_REASON_PRODUCER_SEQUENCE_DISORDER,
        () -> worker.append(stream, thought(0, "unnumbered")));
  }

  @Test
  void producersNumberApart() {
    String stream = worker.stream();
    assertEquals(1, worker.append(stream, "a", logs(1, 1)).getInserted());
    assertEquals(1, worker.append(stream, "b", logs(1, 1)).getInserted());
  }

  @Test
  void anEndedStreamTakesNoMore() {
    String stream = worker.stream();
    worker.append(stream, thought(1, "in time"));
    worker.end(stream);
    Refused.with(
        ErrorReason.ERROR_REASON_STREAM_ENDED, () -> worker.append(stream, thought(2, "late")));
  }

  @Test
  void theServersOwnProducerNamesAreRefused() {
    String stream = worker.stream();
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> worker.append(stream, "clawlive.x", logs(1, 1)));
  }

  @Test
  void theHundredAndFirstCallInAMinuteIsSentAwayWithATimeToComeBack() {
    String busy = worker.stream();
    // The allowance refills by one call every 0.6 seconds, so a slow machine may see a few more.
    int taken = 0;
    Refused refused = null;
    while (refused == null) {
      try {
        worker.append(busy, thought(taken + 1, "again"));
        taken++;
      } catch (io.grpc.StatusRuntimeException e) {
        refused = Refused.of(e);
      }
      assertTrue(taken <= 200, "no limit holds");
    }
    assertTrue(taken >= 100, "only " + taken + " calls were taken");
    assertEquals(ErrorReason.ERROR_REASON_RATE_LIMITED, refused.reason());
    assertEquals("100", refused.metadata("limit"));
    var delay = refused.detail(RetryInfo.class).orElseThrow().getRetryDelay();
    assertTrue(delay.getSeconds() * 1e9 + delay.getNanos() > 0);
    assertTrue(delay.getSeconds() < 60);

    String quiet = worker.stream();
    assertEquals(1, worker.append(quiet, thought(1, "counted apart")).getInserted());
  }
}
