package io.clawlive.server.sandbox;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.server.sandbox.runtime.FoundSandbox;
import io.clawlive.server.sandbox.runtime.RuntimeListener;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes wishes true: looks at a sandbox's row, does the one step that its state asks for, writes
 * down what came of it, and looks again until nothing is left to do. One sandbox has one pair of
 * hands at a time; what a wish changed in the meantime is seen at the next look, because a step is
 * only written down where the row is still in the state that asked for it.
 *
 * <p>Nothing is remembered that is not in the table or the runtime, so a server that was killed
 * goes on where it was.
 */
@Singleton
final class Caretaker implements ApplicationEventListener<StartupEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);

  /** How a program ends that was killed together with what ran it. */
  private static final Set<Integer> KILLED = Set.of(137, 143, 255);

  private final SandboxTable table;
  private final SandboxRepository repository;
  private final SandboxChanges changes;
  private final SandboxSteps steps;
  private final Runtimes runtimes;
  private final Installation installation;
  private final SandboxConfiguration configuration;
  private final Clock clock;
  private final Semaphore hands;
  private final Set<UUID> wishes = ConcurrentHashMap.newKeySet();
  private final Set<UUID> busy = ConcurrentHashMap.newKeySet();
  private final Map<UUID, Long> notBefore = new ConcurrentHashMap<>();
  private final List<AutoCloseable> listening = new ArrayList<>();
  private volatile boolean stopped;

  Caretaker(
      SandboxTable table,
      SandboxRepository repository,
      SandboxChanges changes,
      SandboxSteps steps,
      Runtimes runtimes,
      Installation installation,
      SandboxConfiguration configuration,
      Clock clock) {
    this.table = table;
    this.repository = repository;
    this.changes = changes;
    this.steps = steps;
    this.runtimes = runtimes;
    this.installation = installation;
    this.configuration = configuration;
    this.clock = clock;
    this.hands = new Semaphore(configuration.atOnce());
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    for (SandboxRuntime runtime : runtimes.offered()) {
      listening.add(
          runtime.listen(
              new RuntimeListener() {
                @Override
                public void ended(FoundSandbox sandbox) {
                  look(sandbox.sandbox());
                }

                @Override
                public void back() {
                  Thread.ofVirtual().name("sandboxes").start(() -> reconcile(runtime));
                }
              }));
      Thread.ofVirtual().name("sandboxes").start(() -> reconcile(runtime));
    }
  }

  /** Looks at a sandbox soon. */
  void look(UUID id) {
    if (stopped) {
      return;
    }
    wishes.add(id);
    if (busy.add(id)) {
      Thread.ofVirtual().name("sandbox").start(() -> work(id));
    }
  }

  /** Does something else with a sandbox than a step of its life; false when a step is under way. */
  boolean instead(UUID id, Runnable work) {
    if (!busy.add(id)) {
      return false;
    }
    try {
      work.run();
    } finally {
      busy.remove(id);
      if (wishes.contains(id)) {
        look(id);
      }
    }
    return true;
  }

  private void work(UUID id) {
    do {
      try {
        while (wishes.remove(id)) {
          settle(id);
        }
      } catch (RuntimeException | LinkageError e) {
        LOG.warn("sandbox {} could not be looked after: {}", id, String.valueOf(e));
        wait(id);
      } finally {
        busy.remove(id);
      }
      // Whoever wished after the last look saw it busy and left it to us.
    } while (wishes.contains(id) && busy.add(id));
  }

  private void settle(UUID id) {
    Optional<Standing> now = table.find(id);
    while (now.isPresent() && !stopped) {
      Standing seen = now.get();
      Optional<SandboxRuntime> runtime = runtimes.named(seen.sandbox().getRuntime());
      if (!seen.installation().equals(installation.id()) || runtime.isEmpty()) {
        return;
      }
      Optional<UnaryOperator<Standing>> outcome = step(seen, runtime.get());
      if (outcome.isEmpty()) {
        notBefore.remove(id);
        return;
      }
      now =
          Optional.of(
              changes.change(
                  id,
                  SandboxChanges.SERVER,
                  present ->
                      present.state() == seen.state() ? outcome.get().apply(present) : present));
      if (now.get().is(SandboxState.SANDBOX_STATE_RUNNING)) {
        notBefore.remove(id);
        return;
      }
    }
  }

  /** Does what a state asks for, and says what becomes of it. Empty when it asks for nothing. */
  private Optional<UnaryOperator<Standing>> step(Standing now, SandboxRuntime runtime) {
    hands.acquireUninterruptibly();
    try {
      return switch (now.state()) {
        case SANDBOX_STATE_CREATING -> Optional.of(steps.create(now, runtime));
        case SANDBOX_STATE_STARTING -> Optional.of(steps.start(now, runtime));
        case SANDBOX_STATE_STOPPING -> Optional.of(steps.stop(now, runtime));
        case SANDBOX_STATE_DELETING -> Optional.of(steps.delete(now, runtime));
        case SANDBOX_STATE_RUNNING -> steps.check(now, runtime);
        case SANDBOX_STATE_UNSPECIFIED,
            SANDBOX_STATE_STOPPED,
            SANDBOX_STATE_DELETED,
            SANDBOX_STATE_FAILED,
            UNRECOGNIZED ->
            Optional.empty();
      };
    } catch (RuntimeRefusal refused) {
      return failed(now, refused);
    } finally {
      hands.release();
    }
  }

  /** What does not answer is asked again later; what refuses has failed. */
  private Optional<UnaryOperator<Standing>> failed(Standing now, RuntimeRefusal refused) {
    String message = shortened(String.valueOf(refused.getMessage()));
    boolean later =
        refused.kind() == RuntimeRefusal.Kind.UNAVAILABLE
            || now.is(SandboxState.SANDBOX_STATE_DELETING, SandboxState.SANDBOX_STATE_STOPPING);
    if (later) {
      LOG.warn("sandbox {} waits for its runtime: {}", now.id(), message);
      wait(now.id());
      SandboxReason reason = SandboxReason.SANDBOX_REASON_RUNTIME_UNAVAILABLE;
      if (now.sandbox().getReason() != reason
          && !now.is(SandboxState.SANDBOX_STATE_RUNNING, SandboxState.SANDBOX_STATE_STOPPING)) {
        Standing unused =
            changes.change(
                now.id(),
                SandboxChanges.SERVER,
                present ->
                    present.state() == now.state()
                        ? present.to(present.state(), reason, message)
                        : present);
      }
      return Optional.empty();
    }
    SandboxReason reason =
        switch (refused.kind()) {
          case IMAGE_MISSING -> SandboxReason.SANDBOX_REASON_IMAGE_MISSING;
          case NOT_USABLE ->
              now.sandbox().getSourceSnapshotId().isEmpty()
                  ? SandboxReason.SANDBOX_REASON_RUNTIME_FAILED
                  : SandboxReason.SANDBOX_REASON_SNAPSHOT_UNUSABLE;
          case UNAVAILABLE, NOT_FOUND, WRONG_PHASE, PORT_TAKEN, DISK_FULL, FAILED ->
              SandboxReason.SANDBOX_REASON_RUNTIME_FAILED;
        };
    return Optional.of(
        present -> present.wanting(false).to(SandboxState.SANDBOX_STATE_FAILED, reason, message));
  }

  private static String shortened(String message) {
    return message.length() <= 1_000 ? message : message.substring(0, 1_000) + " …";
  }

  private void wait(UUID id) {
    notBefore.put(id, System.nanoTime() + configuration.retry().toNanos());
  }

  /** What is under way is looked at again, leases end, and what nobody told us of is found. */
  @Scheduled(fixedDelay = "1s", initialDelay = "1s")
  void sweep() {
    if (runtimes.offered().isEmpty() || stopped) {
      return;
    }
    try {
      for (Standing now : table.busy(installation.id())) {
        if (now.is(SandboxState.SANDBOX_STATE_RUNNING)) {
          heedLease(now);
        } else if (System.nanoTime() - notBefore.getOrDefault(now.id(), System.nanoTime()) >= 0) {
          look(now.id());
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("sandboxes could not be looked after: {}", e.getMessage());
    }
  }

  private void heedLease(Standing now) {
    Sandbox sandbox = now.sandbox();
    long left = Timestamps.toMillis(sandbox.getLeaseEndsAt()) - clock.millis();
    long warning =
        Math.min(
            configuration.warning().toMillis(),
            Durations.toMillis(sandbox.getSpec().getLease()) / 4);
    if (left <= 0) {
      Standing unused =
          change(
              now,
              present ->
                  present
                      .wanting(false)
                      .to(
                          SandboxState.SANDBOX_STATE_STOPPING,
                          SandboxReason.SANDBOX_REASON_LEASE_ENDED,
                          "The lease ended."));
      look(now.id());
    } else if (left <= warning && !now.warned()) {
      Standing unused =
          change(
              now,
              present ->
                  present
                      .warned(true)
                      .to(
                          SandboxState.SANDBOX_STATE_RUNNING,
                          SandboxReason.SANDBOX_REASON_LEASE_ENDING,
                          "The lease ends in %,d s; update the sandbox to extend it."
                              .formatted((left + 999) / 1_000)));
    }
  }

  /** Changes a sandbox that runs until a moment that is still the one that was seen. */
  private Standing change(Standing seen, UnaryOperator<Standing> decision) {
    Timestamp lease = seen.sandbox().getLeaseEndsAt();
    return changes.change(
        seen.id(),
        SandboxChanges.SERVER,
        present ->
            present.is(SandboxState.SANDBOX_STATE_RUNNING)
                    && present.sandbox().getLeaseEndsAt().equals(lease)
                ? decision.apply(present)
                : present);
  }

  /** Compares a runtime with the table, where nobody may have told us. */
  @Scheduled(fixedDelay = "20s", initialDelay = "20s")
  void compare() {
    runtimes.offered().forEach(this::compare);
  }

  private void compare(SandboxRuntime runtime) {
    try {
      List<FoundSandbox> there = runtime.list();
      // After the list: what is in it has had its row since before it was made.
      Set<UUID> ours = new HashSet<>(repository.present(installation.id()));
      for (FoundSandbox found : there) {
        if (!ours.contains(found.sandbox())) {
          LOG.warn("removing a sandbox that nobody has: {}", found.sandbox());
          runtime.remove(found.sandbox());
        }
      }
      for (Standing now : table.busy(installation.id())) {
        if (now.sandbox().getRuntime().equals(runtime.name())) {
          look(now.id());
        }
      }
    } catch (RuntimeException e) {
      LOG.debug("the runtime {} could not be compared: {}", runtime.name(), e.getMessage());
    }
  }

  /** After an absence of the server or the runtime: takes over what runs, starts what should. */
  private void reconcile(SandboxRuntime runtime) {
    try {
      for (Standing now : table.busy(installation.id())) {
        if (now.sandbox().getRuntime().equals(runtime.name())
            && now.is(SandboxState.SANDBOX_STATE_RUNNING)
            && now.wanted()) {
          restartWhereLost(now, runtime);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "the sandboxes of {} could not be taken over yet: {}", runtime.name(), e.getMessage());
    }
    compare(runtime);
  }

  private void restartWhereLost(Standing now, SandboxRuntime runtime) {
    Optional<FoundSandbox> found = runtime.find(now.id());
    boolean lost =
        found.isEmpty()
            || (found.get().phase() == FoundSandbox.Phase.ENDED
                && !found.get().outOfMemory()
                && KILLED.contains(found.get().exitCode()));
    if (lost) {
      Standing unused =
          change(
              now,
              present ->
                  present.to(
                      SandboxState.SANDBOX_STATE_STARTING,
                      SandboxReason.SANDBOX_REASON_LOST,
                      "Found to run no more after the server or the runtime was away; starting it"
                          + " again."));
    }
  }

  @PreDestroy
  void stop() throws Exception {
    stopped = true;
    for (AutoCloseable each : listening) {
      each.close();
    }
  }
}
