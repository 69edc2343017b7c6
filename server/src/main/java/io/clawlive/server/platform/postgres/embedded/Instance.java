package io.clawlive.server.platform.postgres.embedded;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings up the one PostgreSQL of a cluster: takes over what still runs, or starts it. */
final class Instance {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final int ANY_PORT = 0;
  private static final int PORTS_TRIED = 5;
  private static final Duration QUICK_ANSWER = Duration.ofSeconds(5);
  private static final Duration STOPPING = Duration.ofSeconds(30);

  private final DataDirectory directory;
  private final Postmaster postmaster;
  private final Database database;
  private final Duration startTimeout;

  Instance(
      DataDirectory directory, Postmaster postmaster, Database database, Duration startTimeout) {
    this.directory = directory;
    this.postmaster = postmaster;
    this.database = database;
    this.startTimeout = startTimeout;
  }

  /** Returns once it takes connections and the database is there. */
  PostmasterFile bringUp(int port) throws IOException, InterruptedException {
    Optional<PostmasterFile> found = postmaster.running();
    PostmasterFile up =
        found.isPresent() && takeOver(found.get(), port) ? found.get() : start(port);
    try {
      database.create(up.port());
      return up;
    } catch (SQLException e) {
      stop();
      throw Trouble.entering(directory, e);
    }
  }

  /** Stops whatever runs on the cluster. */
  void stop() throws IOException, InterruptedException {
    Optional<PostmasterFile> running = postmaster.running();
    if (running.isPresent()) {
      postmaster.stop(running.get());
    }
  }

  private PostmasterFile start(int port) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return postmaster.start(port == ANY_PORT ? Ports.free() : port, startTimeout);
      } catch (EmbeddedPostgresException e) {
        boolean another = port == ANY_PORT && attempt < PORTS_TRIED;
        if (e.reason() != Reason.PORT_TAKEN || !another) {
          throw e;
        }
      }
    }
  }

  /**
   * Goes on with a PostgreSQL that a killed server left, when it is sound; otherwise sees to its
   * end.
   */
  private boolean takeOver(PostmasterFile found, int port)
      throws IOException, InterruptedException {
    if (found.isStopping()) {
      PostgresProcess.awaitEnd(found.pid(), STOPPING);
    } else if ((port == ANY_PORT || port == found.port())
        && postmaster.isOfThisRelease(found)
        && answers(found)) {
      LOG.info(
          "PostgreSQL still runs from an earlier server (process {}, port {}); going on with it",
          found.pid(),
          found.port());
      return true;
    }
    if (PostgresProcess.serves(found.pid(), directory.cluster())) {
      LOG.info("stopping the PostgreSQL of an earlier server (process {})", found.pid());
      postmaster.stop(found);
    }
    return false;
  }

  /** One that recovers may take as long as a start; one that is ready must answer soon. */
  private boolean answers(PostmasterFile found) throws InterruptedException {
    long recovered = System.nanoTime() + startTimeout.toNanos();
    long soon = System.nanoTime() + QUICK_ANSWER.toNanos();
    while (PostgresProcess.isAlive(found.pid())) {
      boolean ready =
          PostmasterFile.read(directory.cluster()).map(PostmasterFile::isReady).orElse(false);
      if (ready) {
        try {
          return database.isServedSafely(found.port(), directory.cluster());
        } catch (SQLException e) {
          LOG.debug("PostgreSQL does not answer yet: {}", e.getMessage());
        }
      } else {
        soon = System.nanoTime() + QUICK_ANSWER.toNanos();
      }
      if (System.nanoTime() > Math.min(soon, recovered)) {
        return false;
      }
      Thread.sleep(20);
    }
    return false;
  }
}
