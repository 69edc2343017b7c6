package io.clawlive.server.platform.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How an embedded PostgreSQL is started.
 *
 * @param data directory of the server; created when missing
 * @param runtime where PostgreSQL's programs are unpacked; several data directories may share it
 * @param port TCP port on 127.0.0.1; 0, the default, takes a free one between 20000 and 31999
 * @param startTimeout how long a start, with the recovery after a crash, may take; default 2
 *     minutes
 */
public record EmbeddedPostgresSettings(Path data, Path runtime, int port, Duration startTimeout) {

  /** Checks the bounds. */
  public EmbeddedPostgresSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
    }
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException("startTimeout must be positive, not " + startTimeout);
    }
  }

  /** The defaults for a data directory; the programs are unpacked inside it. */
  public static EmbeddedPostgresSettings of(Path data) {
    Path absolute = data.toAbsolutePath().normalize();
    return new EmbeddedPostgresSettings(
        absolute, absolute.resolve("postgres-runtime"), 0, Duration.ofMinutes(2));
  }

  /** The same with the programs unpacked elsewhere. */
  public EmbeddedPostgresSettings withRuntime(Path directory) {
    return new EmbeddedPostgresSettings(
        data, directory.toAbsolutePath().normalize(), port, startTimeout);
  }

  /** The same on a fixed port, or on a free one when it is 0. */
  public EmbeddedPostgresSettings withPort(int number) {
    return new EmbeddedPostgresSettings(data, runtime, number, startTimeout);
  }

  /** The same with another limit for the start. */
  public EmbeddedPostgresSettings withStartTimeout(Duration limit) {
    return new EmbeddedPostgresSettings(data, runtime, port, limit);
  }
}
