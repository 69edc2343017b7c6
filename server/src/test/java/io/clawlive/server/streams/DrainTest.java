package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.logs;
import static io.clawlive.server.testing.Events.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A server that is told to stop sends everyone away and forgets nothing. */
final class DrainTest {
  @AutoClose private final TestServer server = TestServer.start();
  private final Worker worker = server.worker("leaving");

  @Test
  void openCallsEndWithALeaveToComeBackAndWhatWasAcknowledgedIsThere() {
    String stream = worker.stream();
    try (Watching watch = server.nobody().watch(stream);
        Publishing call = worker.publish(stream, "p")) {
      watch.until(MarkCase.CAUGHT_UP);
      for (int batch = 0; batch < 20; batch++) {
        call.send(logs(batch * 50L + 1, batch * 50L + 50));
      }
      call.committed();

      server.bean(StreamsDrain.class).drain();

      var acknowledged = new ArrayList<Long>();
      Refused sentAway = null;
      while (sentAway == null) {
        try {
          acknowledged.add(call.committed().getProducerSequence());
        } catch (StatusRuntimeException e) {
          sentAway = Refused.of(e);
        }
      }
      assertEquals(ErrorReason.ERROR_REASON_SERVER_STOPPING, sentAway.reason());
      long last = acknowledged.isEmpty() ? 50 : acknowledged.getLast();
      var stored =
          server.nobody().everything(stream).stream()
              .skip(1)
              .map(event -> event.getProducerSequence())
              .toList();
      assertEquals(run(1, last), stored, "what is stored is what was acknowledged");

      Refused.with(ErrorReason.ERROR_REASON_SERVER_STOPPING, () -> watch.until(MarkCase.ENDED));
    }
  }

  @Test
  void newCallsAreSentAwayToo() {
    String stream = worker.stream();
    server.bean(StreamsDrain.class).drain();
    Refused.with(
        ErrorReason.ERROR_REASON_SERVER_STOPPING, () -> worker.publish(stream, "p").close());
    Refused.with(
        ErrorReason.ERROR_REASON_SERVER_STOPPING, () -> server.nobody().watch(stream).next());
  }
}
