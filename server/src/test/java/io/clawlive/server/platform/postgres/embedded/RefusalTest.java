package io.clawlive.server.platform.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that must not work, and say why; and leftovers that must not hinder one. */
final class RefusalTest {
  @TempDir Path data;

  @Test
  void onlyOneServerWorksOnADirectory() throws Exception {
    Postgres.prepare(data);
    try (EmbeddedPostgres first = Postgres.start(data)) {
      String said = refused(Reason.IN_USE, Postgres.on(data));
      assertTrue(said.contains(data.toRealPath().toString()), said);
      assertTrue(said.contains("process " + ProcessHandle.current().pid()), said);
      assertEquals("1", Postgres.ask(first, "SELECT 1"), "the first goes on");
      // The refused attempt must not have given the lock away either.
      refused(Reason.IN_USE, Postgres.on(data));
    }
    Process other = ServerProgram.startAndAwait(data);
    try {
      String said = refused(Reason.IN_USE, Postgres.on(data));
      assertTrue(said.contains("process " + other.pid()), said);
    } finally {
      other.destroyForcibly().waitFor();
      Postgres.stopLeftover(data);
    }
  }

  @Test
  void aHalfMadeClusterIsMadeAgain() throws Exception {
    Path draft = new DataDirectory(data).draft();
    Files.createDirectories(draft.resolve("cluster/base"));
    Files.writeString(draft.resolve("cluster/PG_VERSION"), "18\n");
    Files.writeString(draft.resolve("password"), "half");
    try (EmbeddedPostgres postgres = Postgres.start(data)) {
      assertEquals("1", Postgres.ask(postgres, "SELECT 1"));
      assertFalse(Files.exists(draft));
    }
  }

  @Test
  void dataOfAnotherVersionIsLeftAlone() throws IOException {
    Path cluster = Files.createDirectories(new DataDirectory(data).cluster());
    Files.writeString(cluster.resolve("PG_VERSION"), "14\n");
    Files.writeString(new DataDirectory(data).password(), "secret");
    String said = refused(Reason.WRONG_VERSION, Postgres.on(data));
    assertTrue(said.contains("PostgreSQL 14") && said.contains("brings 18"), said);
    assertEquals("14\n", Files.readString(cluster.resolve("PG_VERSION")));
  }

  @Test
  void aClusterThatLostItsFilesIsNotMadeAgain() throws IOException {
    Path kept =
        Files.writeString(
            Files.createDirectories(new DataDirectory(data).cluster()).resolve("base"), "data");
    refused(Reason.DAMAGED, Postgres.on(data));
    assertEquals("data", Files.readString(kept));
  }

  @Test
  void aPasswordThatDoesNotFitIsTold() throws Exception {
    Postgres.prepare(data);
    Files.writeString(new DataDirectory(data).password(), "another-password");
    String said = refused(Reason.DAMAGED, Postgres.on(data));
    assertTrue(said.contains("password"), said);
    assertFalse(said.contains("another-password"), said);
    assertFalse(PostgresProcess.worksIn(Postgres.cluster(data)), "nothing is left running");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsTold() throws IOException {
    Path file = Files.writeString(data.resolve("file"), "");
    String said = refused(Reason.NOT_WRITABLE, Postgres.on(file));
    assertTrue(said.contains(file + " cannot be written (a file is in the way)"), said);
    refused(Reason.NOT_WRITABLE, Postgres.on(file.resolve("data")));
    refused(Reason.NOT_WRITABLE, Postgres.on(data.resolve("$(touch x)")));
  }

  @Test
  void aTakenPortIsTold() throws Exception {
    Postgres.prepare(data);
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String said = refused(Reason.PORT_TAKEN, Postgres.on(data).withPort(taken.getLocalPort()));
      assertTrue(said.contains("another program has it"), said);
    }
    Postgres.start(data).close(); // The refused start left nothing that hinders.
  }

  @Test
  void aFullDiskIsTold() {
    var byProgram =
        Trouble.starting(data, "x", "initdb: error: could not write: No space left on device");
    assertEquals(Reason.NO_SPACE, byProgram.reason());
    assertEquals(
        Reason.NO_SPACE,
        Trouble.writing(data, new IOException("No space left on device")).reason());
  }

  @Test
  void boundsOfTheSettingsAreChecked() {
    EmbeddedPostgresSettings settings = Postgres.on(data);
    assertThrows(IllegalArgumentException.class, () -> settings.withPort(70_000));
    assertThrows(IllegalArgumentException.class, () -> settings.withStartTimeout(Duration.ZERO));
  }

  private static String refused(Reason reason, EmbeddedPostgresSettings settings) {
    var refusal =
        assertThrows(EmbeddedPostgresException.class, () -> EmbeddedPostgres.start(settings));
    String said = String.valueOf(refusal.getMessage());
    assertEquals(reason, refusal.reason(), said);
    return said;
  }
}
