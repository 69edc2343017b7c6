package io.clawlive.server.platform.postgres.embedded;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Makes a cluster where there is none, and refuses one that these programs cannot run. */
final class Cluster {
  static final String USER = "clawlive";
  static final String SETTINGS_FILE = "clawlive.conf";

  /**
   * What the server may rely on is given on the command line (see {@link Postmaster}), where no
   * file can overrule it. These are the rest.
   */
  private static final String SETTINGS =
      """
      # Written by the server at each start. Own settings go below the include in postgresql.conf.
      unix_socket_directories = ''
      password_encryption = 'scram-sha-256'
      max_connections = 50
      shared_buffers = '128MB'
      work_mem = '8MB'
      maintenance_work_mem = '64MB'
      random_page_cost = 1.1
      jit = off
      autovacuum = on
      timezone = 'UTC'
      # Fewer checkpoints mean fewer full page images; recovery of 2 GB takes some seconds.
      wal_buffers = '16MB'
      max_wal_size = '2GB'
      min_wal_size = '160MB'
      checkpoint_timeout = '15min'
      # Queries of a server that was killed end soon.
      client_connection_check_interval = '10s'
      # The server deletes all but the newest files. No text of users, who may have typed a secret.
      logging_collector = on
      log_directory = '../log'
      log_filename = 'postgresql-%Y%m%d-%H%M%S.log'
      log_rotation_size = '8MB'
      log_rotation_age = '1d'
      log_timezone = 'UTC'
      log_min_error_statement = 'panic'
      log_error_verbosity = 'terse'
      log_checkpoints = off
      """;

  private final DataDirectory directory;
  private final PostgresRuntime runtime;

  Cluster(DataDirectory directory, PostgresRuntime runtime) {
    this.directory = directory;
    this.runtime = runtime;
  }

  /** Only whole clusters have the name, so one that is there is never made again. */
  boolean exists() {
    return Files.exists(directory.home());
  }

  /** Refuses a cluster of another version or with parts missing. */
  void requireUsable() throws IOException {
    Path versionFile = directory.cluster().resolve("PG_VERSION");
    if (!Files.exists(versionFile) || !Files.exists(directory.password())) {
      throw new EmbeddedPostgresException(
          Reason.DAMAGED,
          "The folder "
              + directory.home()
              + " has lost files that PostgreSQL needs; restore it from a backup, or move it away"
              + " to start with an empty one.");
    }
    String version = Files.readString(versionFile).strip();
    if (!version.equals(runtime.majorVersion())) {
      throw new EmbeddedPostgresException(
          Reason.WRONG_VERSION,
          "The data in "
              + directory.root()
              + " was written by PostgreSQL "
              + version
              + " and this server brings "
              + runtime.majorVersion()
              + "; run the release of the server that wrote it, or choose another --data"
              + " directory.");
    }
  }

  /** Makes the cluster under another name and then renames it, so that half of one never counts. */
  void create(RunAs user) throws IOException, InterruptedException {
    Path draft = directory.draft();
    FileTree.delete(draft);
    Files.createDirectory(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path password = draft.resolve(directory.password().getFileName());
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, newPassword() + "\n");
    user.own(draft);
    Path cluster = draft.resolve(directory.cluster().getFileName());
    Command.Result result =
        Command.run(
            user.command(
                List.of(
                    runtime.program("initdb"),
                    "--pgdata=" + cluster,
                    "--username=" + USER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--data-checksums",
                    "--sync-method=" + WholeDisk.method(),
                    "--no-instructions")),
            directory.root(),
            Duration.ofMinutes(2));
    if (!result.succeeded()) {
      FileTree.delete(draft);
      throw Trouble.starting(
          directory.root(), "PostgreSQL could not make its files", lastLines(result.output()));
    }
    Files.writeString(
        cluster.resolve("postgresql.conf"),
        "\ninclude_if_exists = '" + SETTINGS_FILE + "'\n",
        StandardOpenOption.APPEND);
    FileTree.entryToDisk(cluster.resolve("postgresql.conf"));
    FileTree.entryToDisk(password);
    FileTree.entryToDisk(draft);
    Files.move(draft, directory.home(), StandardCopyOption.ATOMIC_MOVE);
    FileTree.entryToDisk(directory.root());
  }

  /** The settings of this release, also for a cluster that an older one made. */
  void writeSettings(RunAs user) throws IOException {
    Path file = directory.cluster().resolve(SETTINGS_FILE);
    Files.writeString(
        file, SETTINGS + "recovery_init_sync_method = '" + WholeDisk.method() + "'\n");
    user.own(file);
  }

  String password() throws IOException {
    return Files.readString(directory.password()).strip();
  }

  /** 43 letters and digits, 256 random bits. */
  private static String newPassword() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String lastLines(String text) {
    List<String> lines = text.strip().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }
}
