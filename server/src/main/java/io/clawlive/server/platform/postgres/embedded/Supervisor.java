package io.clawlive.server.platform.postgres.embedded;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches PostgreSQL and brings it up again on the same port when it ends without being asked. It
 * looks at the process a few times a second, because the process is no child of this one and so
 * nothing tells of its end.
 */
final class Supervisor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final int LOOKS_PER_PRUNING = 240;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Instance instance;
  private final Postmaster postmaster;
  private final Thread thread;
  private volatile PostmasterFile watched;
  private volatile boolean open = true;

  Supervisor(Instance instance, Postmaster postmaster, PostmasterFile watched) {
    this.instance = instance;
    this.postmaster = postmaster;
    this.watched = watched;
    // Not a virtual thread: it must get its turn also when every carrier is busy.
    this.thread = Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::run);
  }

  void begin() {
    thread.start();
  }

  /** Ends the watching, not PostgreSQL. */
  @Override
  public void close() {
    open = false;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (int look = 1; open; look++) {
        Thread.sleep(INTERVAL);
        if (!PostgresProcess.isAlive(watched.pid())) {
          revive();
        }
        if (look % LOOKS_PER_PRUNING == 0) {
          prune();
        }
      }
    } catch (InterruptedException e) {
      // Being closed; there is nothing to finish.
    }
  }

  private void revive() throws InterruptedException {
    int port = watched.port();
    LOG.warn("PostgreSQL (process {}) ended; starting it again on port {}", watched.pid(), port);
    Duration pause = Duration.ofMillis(200);
    while (open) {
      try {
        watched = instance.bringUp(port);
        LOG.info("PostgreSQL is back (process {}, port {})", watched.pid(), port);
        return;
      } catch (IOException | EmbeddedPostgresException e) {
        LOG.error("PostgreSQL did not come back, trying again: {}", e.getMessage());
      }
      Thread.sleep(pause);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private void prune() {
    try {
      postmaster.pruneLog();
    } catch (IOException e) {
      LOG.warn("old PostgreSQL logs cannot be deleted: {}", e.getMessage());
    }
  }
}
