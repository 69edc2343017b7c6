package io.clawlive.server.platform.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the tests here do with a PostgreSQL. */
final class Postgres {
  private Postgres() {}

  /** Settings whose programs are unpacked once for all tests. */
  static EmbeddedPostgresSettings on(Path data) {
    return EmbeddedPostgresSettings.of(data).withRuntime(Path.of("target", "postgres-runtime"));
  }

  /** A directory as a first server leaves it, copied because making one takes most of a second. */
  static void prepare(Path data) throws IOException, InterruptedException {
    Path target = new DataDirectory(data).home();
    Command.Result copied =
        Command.run(
            List.of("cp", "-a", Template.HOME.toString(), target.toString()),
            Path.of("/"),
            Duration.ofSeconds(30));
    if (!copied.succeeded()) {
      throw new IOException(copied.output());
    }
  }

  /** Made at its first use. */
  private static final class Template {
    static final Path HOME = make();

    private static Path make() {
      try {
        Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "template");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(data)));
        start(data).close();
        return new DataDirectory(data).home();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path data) {
      try {
        FileTree.delete(data);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static EmbeddedPostgres start(Path data) {
    return EmbeddedPostgres.start(on(data));
  }

  static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  static Path cluster(Path data) throws IOException {
    return new DataDirectory(data.toRealPath()).cluster();
  }

  static long postmaster(Path data) throws IOException {
    return PostmasterFile.read(cluster(data)).orElseThrow().pid();
  }

  static void signal(String name, long pid) throws IOException, InterruptedException {
    Command.run(
        List.of("kill", "-" + name, Long.toString(pid)), Path.of("/"), Duration.ofSeconds(5));
  }

  /** For tests that leave one running on purpose. */
  static void stopLeftover(Path data) throws IOException, InterruptedException {
    var left = PostmasterFile.read(cluster(data));
    if (left.isPresent() && PostgresProcess.serves(left.get().pid(), cluster(data))) {
      signal("QUIT", left.get().pid());
      PostgresProcess.awaitEnd(left.get().pid(), Duration.ofSeconds(10));
    }
  }

  /** Milliseconds until the query answers. */
  static long awaitAnswer(EmbeddedPostgres postgres, String sql, Duration limit)
      throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    while (true) {
      try {
        ask(postgres, sql);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      } catch (SQLException e) {
        if (System.nanoTime() - begun > limit.toNanos()) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }
}
