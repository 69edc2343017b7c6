package io.clawlive.server.sandbox.snapshots;

import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.SnapshotState;
import io.clawlive.sandbox.v1.SnapshotVolume;
import io.clawlive.server.sandbox.Installation;
import io.clawlive.server.sandbox.SandboxCopies;
import io.clawlive.server.sandbox.runtime.FoundSandbox;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots: holds a sandbox still, copies its volumes one after the other, and lets it go
 * on. Says in the row that it is alive, so that what a server left that was killed is found.
 */
@Singleton
final class SnapshotMaker {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotMaker.class);
  private static final long SAYS_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long BETWEEN_TRIES_MILLIS = 10;

  private final SnapshotRepository repository;
  private final SnapshotShelf shelf;
  private final SandboxCopies sandboxes;
  private final Installation installation;
  private final SnapshotsConfiguration configuration;
  private final Semaphore hands;

  SnapshotMaker(
      SnapshotRepository repository,
      SnapshotShelf shelf,
      SandboxCopies sandboxes,
      Installation installation,
      SnapshotsConfiguration configuration) {
    this.repository = repository;
    this.shelf = shelf;
    this.sandboxes = sandboxes;
    this.installation = installation;
    this.configuration = configuration;
    this.hands = new Semaphore(configuration.atOnce());
  }

  /** Begins to make a snapshot whose row is there. */
  void make(Snapshot begun, SandboxRuntime runtime) {
    Thread.ofVirtual().name("snapshot").start(() -> new Work(begun, runtime).run());
  }

  /** One snapshot that is being made. */
  private final class Work {
    private final UUID sandbox;
    private final SandboxRuntime runtime;
    private final SnapshotFolder files;
    private Snapshot snapshot;
    private long said = System.nanoTime();

    Work(Snapshot begun, SandboxRuntime runtime) {
      this.sandbox = UUID.fromString(begun.getSandboxId());
      this.runtime = runtime;
      this.files = shelf.of(UUID.fromString(begun.getSnapshotId()));
      this.snapshot = begun;
    }

    void run() {
      try {
        while (!hands.tryAcquire(1, TimeUnit.SECONDS)) {
          say();
        }
        try {
          while (!sandboxes.undisturbed(sandbox, this::copy)) {
            Thread.sleep(BETWEEN_TRIES_MILLIS);
            sayWhereDue();
          }
        } finally {
          hands.release();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.warn("snapshot {} could not be made: {}", snapshot.getSnapshotId(), e.getMessage());
      }
    }

    private void copy() {
      try {
        boolean runs =
            runtime
                .find(sandbox)
                .filter(found -> found.phase() == FoundSandbox.Phase.RUNNING)
                .isPresent();
        if (runs) {
          runtime.pause(sandbox);
        }
        try {
          volumes();
        } finally {
          if (runs) {
            runtime.resume(sandbox);
          }
        }
        end(SnapshotState.SNAPSHOT_STATE_READY, "");
      } catch (RuntimeRefusal e) {
        fail(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        LOG.warn("files of snapshot {} could not be kept: {}", snapshot.getSnapshotId(), e + "");
        fail("The server could not keep the files: is its disk full?");
      }
    }

    private void volumes() throws IOException {
      long left = configuration.mostMb() << 20;
      for (SandboxVolume volume : SnapshotShelf.volumes(snapshot.getSpec())) {
        Snapshot before = snapshot;
        try (InputStream tar = runtime.read(sandbox, volume.getPath())) {
          SnapshotVolume kept =
              files.keep(
                  volume.getName(),
                  tar,
                  left,
                  soFar -> {
                    snapshot = before.toBuilder().addVolumes(soFar).build();
                    sayWhereDue();
                  });
          left -= kept.getBytes();
          snapshot = before.toBuilder().addVolumes(kept).build();
          say();
        }
      }
    }

    private void sayWhereDue() {
      if (System.nanoTime() - said >= SAYS_EVERY_NANOS) {
        say();
      }
    }

    /** Says that it is alive, and how far it is. */
    private void say() {
      write();
      said = System.nanoTime();
    }

    private void write() {
      int written =
          repository.update(
              UUID.fromString(snapshot.getSnapshotId()),
              (short) snapshot.getStateValue(),
              snapshot.toByteArray());
      if (written == 0) {
        throw new RuntimeRefusal(
            RuntimeRefusal.Kind.FAILED, "It took so long that it was given up.");
      }
    }

    private void end(SnapshotState state, String message) {
      snapshot = snapshot.toBuilder().setState(state).setMessage(message).build();
      write();
    }

    private void fail(String message) {
      drop(files, snapshot.getSnapshotId());
      snapshot = snapshot.toBuilder().clearVolumes().build();
      end(SnapshotState.SNAPSHOT_STATE_FAILED, message);
    }
  }

  private static void drop(SnapshotFolder files, String id) {
    try {
      files.remove();
    } catch (IOException e) {
      LOG.warn("files of snapshot {} could not be removed yet: {}", id, e.getMessage());
    }
  }

  /** Gives up what a server left that is gone, and removes files that nobody knows of. */
  @Scheduled(fixedDelay = "10s", initialDelay = "1s")
  void sweep() {
    try {
      for (var row : repository.abandoned(installation.id())) {
        Snapshot left = Snapshots.read(row);
        Snapshot failed =
            left.toBuilder()
                .setState(SnapshotState.SNAPSHOT_STATE_FAILED)
                .setMessage("The server went away while it was made.")
                .clearVolumes()
                .build();
        int unused =
            repository.update(row.id(), (short) failed.getStateValue(), failed.toByteArray());
        drop(shelf.of(row.id()), left.getSnapshotId());
        sandboxes.look(UUID.fromString(left.getSandboxId()));
      }
      // The files first: what has files has had its row since before them.
      Set<UUID> strays = new HashSet<>(shelf.present());
      if (!strays.isEmpty()) {
        repository.present(installation.id()).forEach(strays::remove);
        strays.forEach(id -> drop(shelf.of(id), id.toString()));
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("snapshots could not be looked after: {}", e.getMessage());
    }
  }
}
