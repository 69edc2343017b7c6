package io.clawlive.server.platform.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds while it runs. One PostgreSQL serves all of these. */
final class EmbeddedPostgresTest {
  @TempDir static Path folder;
  static Path data;
  static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    data = folder.resolve("it's a data directory");
    postgres = Postgres.start(data);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void confirmedMeansOnTheDisk() throws SQLException {
    for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      assertEquals("on", Postgres.ask(postgres, "SHOW " + setting), setting);
    }
    assertEquals("on", Postgres.ask(postgres, "SHOW data_checksums"));
  }

  @Test
  void settingsInFilesCannotTurnDurabilityOff() throws SQLException {
    Postgres.execute(postgres, "ALTER SYSTEM SET fsync = off");
    Postgres.execute(postgres, "ALTER SYSTEM SET synchronous_commit = off");
    Postgres.execute(postgres, "SELECT pg_reload_conf()");
    assertEquals("on", Postgres.ask(postgres, "SHOW fsync"));
    assertEquals("on", Postgres.ask(postgres, "SHOW synchronous_commit"));
    Postgres.execute(postgres, "ALTER SYSTEM RESET ALL");
  }

  @Test
  void listensOnThisMachineOnly() throws SQLException {
    assertEquals("127.0.0.1", Postgres.ask(postgres, "SHOW listen_addresses"));
    assertEquals("", Postgres.ask(postgres, "SHOW unix_socket_directories"));
    assertTrue(postgres.port() >= 20_000 && postgres.port() < 32_000, "port " + postgres.port());
  }

  @Test
  void refusesAnythingButThePassword() {
    for (String wrong : new String[] {"", "clawlive", postgres.password() + "x"}) {
      var refused =
          assertThrows(
              SQLException.class,
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), wrong));
      assertEquals(wrong.isEmpty() ? "08004" : "28P01", refused.getSQLState());
    }
  }

  @Test
  void keepsThePasswordWhereOnlyItsOwnerReadsIt() throws Exception {
    Path file = new DataDirectory(data.toRealPath()).password();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(postgres.password().length() >= 32);
    assertFalse(postgres.jdbcUrl().contains(postgres.password()));
    assertFalse(postgres.toString().contains(postgres.password()));
    String[] arguments =
        ProcessHandle.of(Postgres.postmaster(data)).orElseThrow().info().arguments().orElseThrow();
    assertFalse(String.join(" ", arguments).contains(postgres.password()));
  }

  @Test
  void knowsLettersBeyondAscii() throws SQLException {
    assertEquals("UTF8", Postgres.ask(postgres, "SHOW server_encoding"));
    assertEquals("äß漢", Postgres.ask(postgres, "SELECT lower('Äß漢')"));
  }

  @Test
  void keepsTheDataOverARestartAndClosesTwice(@TempDir Path other) throws Exception {
    Postgres.prepare(other);
    EmbeddedPostgres one = Postgres.start(other);
    Postgres.execute(one, "CREATE TABLE kept AS SELECT 42 AS number");
    long first = Postgres.postmaster(other);
    one.close();
    one.close();
    assertFalse(PostgresProcess.isAlive(first), "closing stops PostgreSQL");
    try (EmbeddedPostgres two = Postgres.start(other)) {
      assertEquals("42", Postgres.ask(two, "SELECT number FROM kept"));
      assertNotEquals(first, Postgres.postmaster(other));
    }
  }
}
