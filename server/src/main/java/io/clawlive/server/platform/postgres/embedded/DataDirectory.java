package io.clawlive.server.platform.postgres.embedded;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The places inside a server's data directory that belong to PostgreSQL. */
record DataDirectory(Path root) {

  /** Makes the directory when it is missing. */
  static DataDirectory open(Path path) {
    // initdb and pg_ctl put paths into shell commands between double quotes.
    if (path.toString().matches("(?s).*[\"$`\\\\\n\r].*")) {
      throw new EmbeddedPostgresException(
          Reason.NOT_WRITABLE,
          "The data directory "
              + path
              + " has a quote, a dollar sign, a backslash or a line break in its name, which"
              + " PostgreSQL cannot take; choose another name.");
    }
    try {
      Files.createDirectories(path);
      Path real = path.toRealPath();
      if (!Files.isWritable(real)) {
        throw new IOException("no permission to write");
      }
      return new DataDirectory(real);
    } catch (IOException e) {
      throw Trouble.writing(path, e);
    }
  }

  Path home() {
    return root.resolve("postgres");
  }

  /** Where a cluster is made, until it is complete and gets the name of {@link #home}. */
  Path draft() {
    return root.resolve("postgres.new");
  }

  Path cluster() {
    return home().resolve("cluster");
  }

  Path password() {
    return home().resolve("password");
  }

  Path log() {
    return home().resolve("log");
  }

  /** What PostgreSQL says before its own log is open. */
  Path startLog() {
    return home().resolve("start.log");
  }
}
