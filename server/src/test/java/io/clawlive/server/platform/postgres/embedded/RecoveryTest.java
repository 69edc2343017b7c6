package io.clawlive.server.platform.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Killed servers, killed PostgreSQLs and what they leave. */
final class RecoveryTest {
  @TempDir Path data;

  @BeforeEach
  void prepare() throws Exception {
    Postgres.prepare(data);
  }

  @AfterEach
  void stopLeftover() throws Exception {
    Postgres.stopLeftover(data);
  }

  @Test
  void theNextServerGoesOnWithThePostgresOfAKilledOne() throws Exception {
    ServerProgram.startAndAwait(data).destroyForcibly().waitFor();
    long orphan = Postgres.postmaster(data);
    assertTrue(PostgresProcess.isAlive(orphan), "PostgreSQL outlives its server");
    try (EmbeddedPostgres postgres = Postgres.start(data)) {
      assertEquals(orphan, Postgres.postmaster(data));
      assertEquals("before the kill", Postgres.ask(postgres, "SELECT line FROM kept"));
    }
    assertFalse(PostgresProcess.isAlive(orphan), "and is stopped by the one that took it over");
  }

  @Test
  void anOrphanThatDiedTooIsNoHindrance() throws Exception {
    ServerProgram.startAndAwait(data).destroyForcibly().waitFor();
    Postgres.signal("KILL", Postgres.postmaster(data));
    try (EmbeddedPostgres postgres = Postgres.start(data)) {
      assertEquals("before the kill", Postgres.ask(postgres, "SELECT line FROM kept"));
    }
  }

  @Test
  void anOrphanOnAnotherPortThanTheWantedOneIsStopped() throws Exception {
    ServerProgram.startAndAwait(data).destroyForcibly().waitFor();
    long orphan = Postgres.postmaster(data);
    int port = Ports.free();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Postgres.on(data).withPort(port))) {
      assertEquals(port, postgres.port());
      assertNotEquals(orphan, Postgres.postmaster(data));
      assertEquals("before the kill", Postgres.ask(postgres, "SELECT line FROM kept"));
    }
  }

  @Test
  void aPostgresThatRunsWithoutFsyncIsStartedAgainWithIt() throws Exception {
    DataDirectory directory = DataDirectory.open(data);
    PostgresRuntime runtime = PostgresRuntime.in(Postgres.on(data).runtime());
    Command.run(
        RunAs.choose(directory, runtime)
            .command(
                List.of(
                    runtime.program("pg_ctl"),
                    "start",
                    "--wait",
                    "--pgdata=" + directory.cluster(),
                    "--log=" + directory.startLog(),
                    "--options=-F -p " + Ports.free())),
        directory.root(),
        Duration.ofSeconds(30));
    long unsafe = Postgres.postmaster(data);
    assertTrue(PostgresProcess.isAlive(unsafe));
    try (EmbeddedPostgres postgres = Postgres.start(data)) {
      assertNotEquals(unsafe, Postgres.postmaster(data));
      assertEquals("on", Postgres.ask(postgres, "SHOW fsync"));
    }
  }

  @Test
  void aProcessNumberThatWentToAnotherProgramIsNoHindrance() throws Exception {
    Files.writeString(
        Postgres.cluster(data).resolve("postmaster.pid"),
        """
        %d
        %s
        1700000000
        20000

        127.0.0.1
         1234567890
        ready
        """
            .formatted(ProcessHandle.current().pid(), Postgres.cluster(data)));
    try (EmbeddedPostgres postgres = Postgres.start(data)) {
      assertEquals("1", Postgres.ask(postgres, "SELECT 1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUIT", "KILL", "INT"})
  void aPostgresThatEndsComesBackOnTheSamePort(String signal) throws Exception {
    try (EmbeddedPostgres postgres = Postgres.start(data)) {
      Postgres.execute(postgres, "CREATE TABLE kept AS SELECT 42 AS number");
      long before = Postgres.postmaster(data);
      Postgres.signal(signal, before);
      assertTrue(PostgresProcess.awaitEnd(before, Duration.ofSeconds(5)));
      long milliseconds =
          Postgres.awaitAnswer(postgres, "SELECT number FROM kept", Duration.ofSeconds(5));
      assertNotEquals(before, Postgres.postmaster(data));
      assertTrue(milliseconds <= 5_000, "back after " + milliseconds + " ms");
    }
  }
}
