package io.clawlive.server.platform.postgres.embedded;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Starts and stops the PostgreSQL process of one cluster, through pg_ctl. */
final class Postmaster {
  private static final Duration PREDECESSOR = Duration.ofSeconds(15);
  private static final Duration FAST_STOP = Duration.ofSeconds(15);
  private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(5);
  private static final Duration KILL = Duration.ofSeconds(2);
  private static final Duration PG_CTL = Duration.ofSeconds(5);

  private final DataDirectory directory;
  private final PostgresRuntime runtime;
  private final RunAs user;
  private final PostgresLog log;

  Postmaster(DataDirectory directory, PostgresRuntime runtime, RunAs user) {
    this.directory = directory;
    this.runtime = runtime;
    this.user = user;
    this.log = new PostgresLog(directory);
  }

  /** The process that works on the cluster, whoever started it. */
  Optional<PostmasterFile> running() {
    return PostmasterFile.read(directory.cluster())
        .filter(file -> PostgresProcess.serves(file.pid(), directory.cluster()));
  }

  /** Whether the process runs these programs, and not those of another release. */
  boolean isOfThisRelease(PostmasterFile running) {
    return PostgresProcess.program(running.pid())
        .map(program -> program.equals(runtime.program("postgres")))
        .orElse(true);
  }

  /** Starts it and waits until it takes connections. */
  PostmasterFile start(int port, Duration limit) throws IOException, InterruptedException {
    long patience = System.nanoTime() + PREDECESSOR.toNanos();
    while (true) {
      removeForeignFile();
      log.beginStart();
      PostgresLog.Mark mark = log.mark();
      Optional<PostmasterFile> started = tryStart(port, limit);
      if (started.isPresent()) {
        return started.get();
      }
      String said = log.since(mark);
      if (Trouble.isPredecessorLeaving(said) && System.nanoTime() < patience) {
        Thread.sleep(100);
        continue;
      }
      throw running().isPresent()
          ? tooSlow(limit)
          : Trouble.starting(
              directory.root(), "PostgreSQL did not start", said.isEmpty() ? "nothing" : said);
    }
  }

  private Optional<PostmasterFile> tryStart(int port, Duration limit)
      throws IOException, InterruptedException {
    Optional<PostmasterFile> before = PostmasterFile.read(directory.cluster());
    Command starting = Command.start(user.command(startArguments(port, limit)), directory.root());
    while (true) {
      // pg_ctl looks only ten times a second, so we look ourselves and need it for failures alone.
      boolean ended = !starting.isRunning();
      Optional<PostmasterFile> now =
          PostmasterFile.read(directory.cluster())
              .filter(PostmasterFile::isReady)
              .filter(file -> before.isEmpty() || !file.isSameProcess(before.get()));
      if (now.isPresent()) {
        return now;
      }
      if (ended) {
        return Optional.empty();
      }
      Thread.sleep(5);
    }
  }

  private List<String> startArguments(int port, Duration limit) {
    return List.of(
        runtime.program("pg_ctl"),
        "start",
        "--silent",
        "--wait",
        "--timeout=" + Math.max(1, limit.toSeconds()),
        "--pgdata=" + directory.cluster(),
        "--log=" + directory.startLog(),
        // The promises of the server, which no configuration file can take back.
        "--options=-p "
            + port
            + " -c listen_addresses=127.0.0.1"
            + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on");
  }

  /** Stops it: gently, then hard, then by force. Whatever it confirmed stays either way. */
  void stop(PostmasterFile running) throws IOException, InterruptedException {
    signal("fast");
    if (PostgresProcess.awaitEnd(running.pid(), FAST_STOP)) {
      return;
    }
    signal("immediate");
    if (PostgresProcess.awaitEnd(running.pid(), IMMEDIATE_STOP)) {
      return;
    }
    // It hangs, or somebody suspended it. Its children end by themselves when it is gone.
    ProcessHandle.of(running.pid()).ifPresent(ProcessHandle::destroyForcibly);
    if (!PostgresProcess.awaitEnd(running.pid(), KILL)) {
      throw new EmbeddedPostgresException(
          Reason.NOT_STARTED,
          "The PostgreSQL process "
              + running.pid()
              + " on "
              + directory.root()
              + " does not end even when killed; restart this machine.");
    }
  }

  private void signal(String mode) throws IOException, InterruptedException {
    // Its failure means that the process is gone, which the caller sees by itself.
    Command.run(
        user.command(
            List.of(
                runtime.program("pg_ctl"),
                "stop",
                "--silent",
                "--no-wait",
                "--mode=" + mode,
                "--pgdata=" + directory.cluster())),
        directory.root(),
        PG_CTL);
  }

  void pruneLog() throws IOException {
    log.prune();
  }

  /**
   * PostgreSQL refuses to start while the process number in the file is alive, though it may have
   * gone to another program since. A file of a dead process is left to PostgreSQL, because it also
   * leads to the shared memory that its children may still use.
   */
  private void removeForeignFile() throws IOException {
    Optional<PostmasterFile> file = PostmasterFile.read(directory.cluster());
    if (file.isPresent()
        && ProcessHandle.of(file.get().pid()).isPresent()
        && PostgresProcess.isForeign(file.get().pid(), directory.cluster())
        && !PostgresProcess.worksIn(directory.cluster())) {
      Files.deleteIfExists(directory.cluster().resolve("postmaster.pid"));
    }
  }

  private EmbeddedPostgresException tooSlow(Duration limit) {
    return new EmbeddedPostgresException(
        Reason.NOT_STARTED,
        "PostgreSQL on "
            + directory.root()
            + " was not ready after "
            + limit.toSeconds()
            + " s and goes on recovering; start the server again in a while. Its log is in "
            + directory.log()
            + ".");
  }
}
