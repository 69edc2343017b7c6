package io.clawlive.server.platform.postgres;

import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL this server stands on: one of its own, or one that is given. */
public final class PostgresSource implements AutoCloseable {
  private static final int OLDEST = 15;

  private final CompletableFuture<PostgresAddress> address;
  private final CompletableFuture<@Nullable EmbeddedPostgres> embedded;
  private final String description;

  private PostgresSource(
      CompletableFuture<PostgresAddress> address,
      CompletableFuture<@Nullable EmbeddedPostgres> embedded,
      String description) {
    this.address = address;
    this.embedded = embedded;
    this.description = description;
  }

  /** PostgreSQL on a data directory of this server. It starts while the caller goes on. */
  public static PostgresSource embedded(Path data) {
    var starting = new CompletableFuture<@Nullable EmbeddedPostgres>();
    Thread.ofPlatform()
        .name("postgres-start")
        .start(() -> {
          try {
            starting.complete(EmbeddedPostgres.start(data));
          } catch (RuntimeException e) {
            starting.completeExceptionally(e);
          }
        });
    return new PostgresSource(
        starting.thenApply(p -> new PostgresAddress(p.jdbcUrl(), p.user(), p.password())),
        starting,
        data.toString());
  }

  /**
   * A PostgreSQL that somebody else runs.
   *
   * @param url {@code postgresql://[user@]host[:port]/database}, with or without {@code jdbc:}; the
   *     user may also stand in the query as {@code user=}
   * @param password from the environment, null for none
   */
  public static PostgresSource outside(String url, @Nullable String password) {
    PostgresAddress parsed = parse(url, password == null ? "" : password);
    return new PostgresSource(
        CompletableFuture.completedFuture(parsed),
        CompletableFuture.completedFuture(null),
        parsed.jdbcUrl());
  }

  private static PostgresAddress parse(String url, String password) {
    String plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    URI uri;
    try {
      uri = new URI(plain);
    } catch (URISyntaxException e) {
      throw notAUrl();
    }
    boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw notAUrl();
    }
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    String info = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    if (info.contains(":") || query.contains("password=")) {
      throw new NotUsableException(
          "--postgres-url holds a password, which every user of this machine could read;"
              + " give it as CLAWLIVE_POSTGRES_PASSWORD instead.");
    }
    String user = info;
    var rest = new StringBuilder();
    for (String part : query.split("&")) {
      if (part.startsWith("user=")) {
        user = part.substring("user=".length());
      } else if (!part.isEmpty()) {
        rest.append(rest.isEmpty() ? '?' : '&').append(part);
      }
    }
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return new PostgresAddress(
        "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getPath() + rest,
        user.isEmpty() ? System.getProperty("user.name") : user,
        password);
  }

  private static NotUsableException notAUrl() {
    return new NotUsableException(
        "--postgres-url is not of the form postgresql://USER@HOST:PORT/DATABASE.");
  }

  /** Where it is; waits until it is known. */
  public PostgresAddress address() {
    try {
      return address.join();
    } catch (CompletionException e) {
      throw new NotUsableException(String.valueOf(e.getCause().getMessage()));
    }
  }

  /** For the readiness line: the data directory, or the address without a credential. */
  public String describe() {
    return description;
  }

  /** Refuses a PostgreSQL that is too old. */
  public void requireSupported() {
    try (Connection connection = address().connect("");
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("SHOW server_version_num")) {
      version.next();
      int major = version.getInt(1) / 10_000;
      if (major < OLDEST) {
        throw new NotUsableException(
            "PostgreSQL " + major + " is too old; " + OLDEST + " or newer is needed.");
      }
    } catch (SQLException e) {
      throw new NotUsableException("PostgreSQL does not let us in: " + e.getMessage());
    }
  }

  /** Stops the PostgreSQL that was started here. */
  @Override
  public void close() {
    EmbeddedPostgres own = embedded.exceptionally(failed -> null).join();
    if (own != null) {
      own.close();
    }
  }
}
