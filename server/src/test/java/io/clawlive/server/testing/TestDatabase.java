package io.clawlive.server.testing;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgres;
import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own on the one PostgreSQL that all tests of this JVM share. */
public record TestDatabase(String jdbcUrl, String user, String password) {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Path KEYSETS = keysets();

  /** Makes an empty database. The first call starts PostgreSQL. */
  public static TestDatabase create() {
    return createOn(Shared.POSTGRES);
  }

  /** Makes an empty database on a PostgreSQL of the test's own. */
  public static TestDatabase createOn(EmbeddedPostgres postgres) {
    String name = "test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    var main = new TestDatabase(postgres.jdbcUrl(), postgres.user(), postgres.password());
    main.execute("CREATE DATABASE " + name);
    String url = main.jdbcUrl.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
    return new TestDatabase(url, main.user, main.password);
  }

  /** How tests start a PostgreSQL: its programs are unpacked once for all of them. */
  public static EmbeddedPostgresSettings settings(Path data) {
    return EmbeddedPostgresSettings.of(data).withRuntime(Path.of("target", "postgres-runtime"));
  }

  /** Does by hand what no RPC does; says how many rows it touched. */
  public int execute(String sql, Object... values) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.execute() ? 0 : statement.getUpdateCount();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Reads by hand what no RPC shows: the first column of every row, as text. */
  public List<String> read(String sql, Object... values) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      var found = new ArrayList<String>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(String.valueOf(rows.getString(1)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The keyset that every server on this database uses; the first one makes it. */
  public Path keyset() {
    String name = jdbcUrl.replaceFirst("\\?.*", "").replaceFirst(".*//", "");
    return KEYSETS.resolve(name.replaceAll("[^A-Za-z0-9_]", "-") + ".keys");
  }

  /** The address as an operator gives it to the server. */
  String urlWithUser() {
    return jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + "user=" + user;
  }

  private static Path keysets() {
    try {
      Path keysets = Files.createTempDirectory("clawlive-test-keysets");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(keysets)));
      return keysets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Started when the first test asks for it, stopped when the JVM goes. */
  private static final class Shared {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        Path data = Files.createTempDirectory("clawlive-test-postgres");
        EmbeddedPostgres postgres = EmbeddedPostgres.start(settings(data));
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(() -> {
                  postgres.close();
                  delete(data);
                }));
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Removes a directory with everything in it. */
  public static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
