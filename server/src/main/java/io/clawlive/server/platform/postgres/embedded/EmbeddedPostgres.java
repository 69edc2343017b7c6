package io.clawlive.server.platform.postgres.embedded;

public final class EmbeddedPostgres implements AutoCloseable {
  public static EmbeddedPostgres start(java.nio.file.Path p) {
    return new EmbeddedPostgres();
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:21500/clawlive";
  }

  public String user() {
    return "clawlive";
  }

  public String password() {
    return "x";
  }

  public void close() {}
}
