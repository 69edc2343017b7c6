package io.clawlive.server.platform.postgres.embedded;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong on a disk or in a PostgreSQL program into a sentence with advice. */
final class Trouble {
  private static final String WRONG_PASSWORD = "28P01";

  private Trouble() {}

  /** A file below this directory could not be written. */
  static EmbeddedPostgresException writing(Path directory, IOException failure) {
    String said = String.valueOf(failure.getMessage());
    if (isDiskFull(said)) {
      return diskFull(directory, failure);
    }
    String why =
        switch (failure) {
          case FileAlreadyExistsException _ -> "a file is in the way";
          case AccessDeniedException _ -> "no permission";
          default -> said;
        };
    return new EmbeddedPostgresException(
        Reason.NOT_WRITABLE,
        "The data directory "
            + directory
            + " cannot be written ("
            + why
            + "); give it to the user of this server or choose another one.",
        failure);
  }

  /** A program of PostgreSQL gave up. */
  static EmbeddedPostgresException starting(Path directory, String what, String said) {
    if (isDiskFull(said)) {
      return diskFull(directory, null);
    }
    if (said.contains("could not look up effective user ID")) {
      return new EmbeddedPostgresException(
          Reason.UNSUPPORTED_SYSTEM,
          "PostgreSQL needs a user name for the user id of this server, and the system has none;"
              + " add one to /etc/passwd or run the server as another user.");
    }
    if (isPortTaken(said)) {
      return new EmbeddedPostgresException(
          Reason.PORT_TAKEN,
          "PostgreSQL cannot listen on its port because another program has it; stop that program"
              + " or choose another port.");
    }
    return new EmbeddedPostgresException(
        Reason.NOT_STARTED, what + " on " + directory + ". PostgreSQL said: " + said.strip());
  }

  /** PostgreSQL runs and does not give us the database. */
  static EmbeddedPostgresException entering(DataDirectory directory, SQLException failure) {
    String said = String.valueOf(failure.getMessage());
    if (WRONG_PASSWORD.equals(failure.getSQLState())) {
      return new EmbeddedPostgresException(
          Reason.DAMAGED,
          "PostgreSQL on "
              + directory.root()
              + " refuses the password in "
              + directory.password()
              + "; that file was changed, restore it from a backup.",
          failure);
    }
    return starting(directory.root(), "PostgreSQL started but does not serve", said);
  }

  static boolean isPortTaken(String said) {
    return said.contains("Address already in use") || said.contains("could not bind IPv4 address");
  }

  /** An earlier PostgreSQL on the same cluster is not completely gone; it will be in a moment. */
  static boolean isPredecessorLeaving(String said) {
    return said.contains("pre-existing shared memory block")
        || said.contains("\"postmaster.pid\" already exists");
  }

  private static boolean isDiskFull(String said) {
    return said.contains("No space left on device") || said.contains("Disk quota exceeded");
  }

  private static EmbeddedPostgresException diskFull(Path directory, @Nullable Throwable cause) {
    return new EmbeddedPostgresException(
        Reason.NO_SPACE,
        "The disk of "
            + directory
            + " is full, so PostgreSQL cannot start; make room (a new data directory needs 200 MB)"
            + " or choose a directory on another disk.",
        cause);
  }
}
