package io.clawlive.server.platform.postgres;

import static io.clawlive.server.testing.Events.logs;
import static io.clawlive.server.testing.Events.run;
import static io.clawlive.server.testing.Events.sequences;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.live.v1.HeartbeatRequest;
import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgres;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestDatabase;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.ListRequest;
import io.clawlive.streams.v1.WatchRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** PostgreSQL goes away under a server that works, and comes back. */
final class OutageTest {
  private Path data;
  private EmbeddedPostgres postgres;
  private TestDatabase database;

  @BeforeEach
  void start() throws IOException {
    data = Files.createTempDirectory("clawlive-outage");
    postgres = EmbeddedPostgres.start(TestDatabase.settings(data));
    database = TestDatabase.createOn(postgres);
  }

  @AfterEach
  void stop() {
    postgres.close();
    TestDatabase.delete(data);
  }

  @Test
  void aPublisherGoesOnWhenPostgresIsStoppedAtOnceAndStartedAgain() throws Exception {
    try (TestServer server = TestServer.startOn(database)) {
      Worker worker = server.worker("persistent");
      String stream = worker.stream();
      var seen = CompletableFuture.supplyAsync(() -> watchThrough(server, stream, 41));
      try (Publishing call = worker.publish(stream, "p")) {
        for (int outage = 0; outage < 2; outage++) {
          long first = outage * 20L + 1;
          call.publish(logs(first, first + 9));

          long killed = stopAtOnce();
          call.send(logs(first + 10, first + 19));
          Together.soon(
              "PostgreSQL is back", Duration.ofSeconds(20), () -> postmaster() != killed && up());
          long back = System.nanoTime();
          assertEquals(first + 19, call.committed().getProducerSequence());
          assertWithinFiveSeconds(back);
        }
      }
      assertEquals(run(1, 41), seen.join());
      List<Event> stored = patiently(() -> server.nobody().everything(stream));
      assertEquals(run(1, 41), sequences(stored));
      assertEquals(run(1, 40), stored.stream().skip(1).map(Event::getProducerSequence).toList());
    }
  }

  @Test
  void whileItIsAwayEveryCallIsToldToTryAgainAndThenWorksAgain() {
    try (TestServer server =
        TestServer.startOn(
            database,
            "clawlive.streams.write-timeout=1s",
            "datasources.default.connection-timeout=500")) {
      Worker worker = server.worker("patient");
      String stream = worker.stream();
      try (Publishing call = worker.publish(stream, "p")) {
        call.publish(logs(1, 5));
        int port = postgres.port();
        postgres.close();

        refused(() -> call.publish(logs(6, 6)));
        refused(() -> worker.append(stream, thought(1, "")));
        refused(() -> server.nobody().streams().list(list(stream)));
        refused(() -> server.nobody().watch(stream).next());
        refused(() -> server.nobody().agents().getAgent(agent("patient")));
        refused(() -> worker.client().identity().whoAmI(WhoAmIRequest.getDefaultInstance()));
        refused(() -> worker.client().sessions().heartbeat(heartbeat(stream)));

        postgres = EmbeddedPostgres.start(TestDatabase.settings(data).withPort(port));
      }
      long back = System.nanoTime();
      try (Publishing again = patiently(() -> worker.publish(stream, "p"))) {
        assertEquals(5, again.opened());
        assertEquals(6, again.publish(logs(6, 6)).getProducerSequence());
      }
      assertWithinFiveSeconds(back);
      assertEquals(
          "patient", server.nobody().agents().getAgent(agent("patient")).getAgent().getHandle());
    }
  }

  /** Watches like a client that comes back with its last sequence when it is sent away. */
  private static List<Long> watchThrough(TestServer server, String stream, int events) {
    var seen = new ArrayList<Long>();
    while (seen.size() < events) {
      var request = WatchRequest.newBuilder().setStreamId(stream).setAfterSequence(seen.size());
      try (Watching watch = server.nobody().watch(request)) {
        while (seen.size() < events) {
          seen.addAll(sequences(watch.next().getEventsList()));
        }
      } catch (StatusRuntimeException e) {
        assertEquals(ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE, Refused.of(e).reason());
        Together.pause(Duration.ofMillis(50));
      }
    }
    return seen;
  }

  /** Tries again, as the answer says one may, for as long as the database may need. */
  private static <T> T patiently(Supplier<T> call) {
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      try {
        return call.get();
      } catch (StatusRuntimeException e) {
        assertEquals(ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE, Refused.of(e).reason());
        assertTrue(System.nanoTime() < until, "it stays away");
      }
    }
  }

  private static void refused(Executable call) {
    Refused.with(ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE, call);
  }

  private static void assertWithinFiveSeconds(long since) {
    long millis = (System.nanoTime() - since) / 1_000_000;
    assertTrue(millis <= 5_000, () -> "the first acknowledgement took " + millis + " ms");
  }

  /** Stops PostgreSQL as a crash does, and tells which process it was. */
  private long stopAtOnce() throws IOException, InterruptedException {
    long process = postmaster();
    assertEquals(0, new ProcessBuilder("kill", "-QUIT", Long.toString(process)).start().waitFor());
    return process;
  }

  private long postmaster() {
    try {
      var lines = Files.readAllLines(data.resolve("postgres/cluster/postmaster.pid"));
      return Long.parseLong(lines.getFirst().strip());
    } catch (IOException | RuntimeException notThere) {
      return -1;
    }
  }

  private boolean up() {
    try (var connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      return connection.isValid(1);
    } catch (SQLException away) {
      return false;
    }
  }

  private static ListRequest list(String stream) {
    return ListRequest.newBuilder().setStreamId(stream).build();
  }

  private static GetAgentRequest agent(String handle) {
    return GetAgentRequest.newBuilder().setAgent(handle).build();
  }

  private static HeartbeatRequest heartbeat(String session) {
    return HeartbeatRequest.newBuilder().setSessionId(session).build();
  }
}
