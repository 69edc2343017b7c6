package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import org.junit.jupiter.api.Test;

/** PostgreSQL reports that its disk is full; here it is made to say so for every stored event. */
final class DiskFullTest {
  @Test
  void anEventThatFindsNoSpaceIsRefusedAndCanBeSentAgain() {
    try (TestServer server = TestServer.start()) {
      Worker worker = server.worker("collector");
      String stream = worker.stream();
      server
          .database()
          .execute(
              """
              CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$
              """);
      server
          .database()
          .execute(
              "CREATE TRIGGER full_disk BEFORE INSERT ON stream_events"
                  + " FOR EACH ROW EXECUTE FUNCTION no_space()");
      Refused.with(
          ErrorReason.ERROR_REASON_STORAGE_FULL, () -> worker.append(stream, thought(1, "x")));

      server.database().execute("DROP TRIGGER full_disk ON stream_events");
      var appended = worker.append(stream, thought(1, "x"));
      assertEquals(1, appended.getInserted());
      assertEquals(2, server.nobody().everything(stream).size());
    }
  }
}
