package io.clawlive.server.sandbox.processes;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.Here;
import io.clawlive.server.sandbox.Installation;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.server.streams.LastingCalls;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes that this server started in sandboxes, and those that ended a while ago. */
@Singleton
final class Processes implements LastingCalls {
  private static final Logger LOG = LoggerFactory.getLogger(Processes.class);
  private static final int MOST_RUNNING = 64;
  private static final int MOST_ENDED = 256;
  private static final long KEPT_BYTES = 64L << 20;
  private static final long KEPT_NANOS = Duration.ofMinutes(10).toNanos();

  private final Here here;
  private final Optional<Path> folder;
  private final Clock clock;
  private final Set<ProcessTail<?>> tails = ConcurrentHashMap.newKeySet();
  private final Map<UUID, List<OpenProcess>> processes = new ConcurrentHashMap<>();

  Processes(Here here, Installation installation, Clock clock) {
    this.here = here;
    this.folder = installation.folder().map(path -> path.resolve("processes"));
    this.clock = clock;
    folder.ifPresent(Processes::clear);
  }

  /** What an earlier server left tells of processes that are gone. */
  private static void clear(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("journals of an earlier server could not be removed: {}", e.getMessage());
    }
  }

  /** Starts a program. */
  OpenProcess start(UUID sandbox, ExecPlan plan, String tag) {
    SandboxRuntime runtime = here.running(sandbox);
    List<OpenProcess> known = processes.computeIfAbsent(sandbox, id -> new ArrayList<>());
    OpenProcess process = admit(known, plan, tag);
    try {
      process.runs(runtime.exec(sandbox, plan, process));
      return process;
    } catch (RuntimeRefusal e) {
      drop(known, process);
      throw Here.refusal(e, Sandbox.newBuilder().setRuntime(runtime.name()).build());
    } catch (RuntimeException e) {
      drop(known, process);
      throw e;
    }
  }

  private OpenProcess admit(List<OpenProcess> known, ExecPlan plan, String tag) {
    synchronized (known) {
      List<OpenProcess> running =
          known.stream().filter(process -> process.exited() == null).toList();
      if (running.size() >= MOST_RUNNING) {
        throw Refusal.of(
            ErrorReason.ERROR_REASON_TOO_MANY_PROCESSES,
            "%,d processes were started from outside and run; more are not taken."
                .formatted(MOST_RUNNING),
            "limit",
            Integer.toString(MOST_RUNNING));
      }
      if (!tag.isEmpty() && running.stream().anyMatch(process -> process.tag().equals(tag))) {
        throw Refusal.of(
            ErrorReason.ERROR_REASON_PROCESS_TAG_TAKEN,
            "A process that runs has the tag '" + tag + "'.",
            "tag",
            tag);
      }
      var process = new OpenProcess(plan, tag, clock.instant(), journal());
      known.add(process);
      return process;
    }
  }

  private ProcessJournal journal() {
    try {
      return new ProcessJournal(
          folder
              .orElseThrow(() -> new IllegalStateException("a sandbox runs without a folder"))
              .resolve(UuidCreator.getTimeOrderedEpoch().toString()),
          KEPT_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drop(List<OpenProcess> known, OpenProcess process) {
    synchronized (known) {
      known.remove(process);
    }
    try {
      process.journal().close();
    } catch (IOException e) {
      LOG.warn("the journal of a process could not be removed: {}", e.getMessage());
    }
  }

  /** The calls that are told what processes write. */
  Set<ProcessTail<?>> tails() {
    return tails;
  }

  @Override
  public void letGo() {
    tails.forEach(ProcessTail::stop);
  }

  /** The process that a caller calls so; of several with a tag the newest. */
  OpenProcess get(UUID sandbox, String pidOrTag) {
    return list(sandbox).reversed().stream()
        .filter(process -> process.isCalled(pidOrTag))
        .findFirst()
        .orElseThrow(() ->
            Refusal.of(
                ErrorReason.ERROR_REASON_PROCESS_NOT_FOUND,
                "The sandbox has no process '" + pidOrTag + "' that was started from outside.",
                "process",
                pidOrTag));
  }

  /** Those that are known and have begun, the oldest first. */
  List<OpenProcess> list(UUID sandbox) {
    List<OpenProcess> known = processes.getOrDefault(sandbox, List.of());
    synchronized (known) {
      return known.stream().filter(OpenProcess::hasBegun).toList();
    }
  }

  /** Forgets those that ended long ago, and the oldest where there are many. */
  @Scheduled(fixedDelay = "30s", initialDelay = "30s")
  void forget() {
    for (List<OpenProcess> known : processes.values()) {
      List<OpenProcess> old = new ArrayList<>();
      synchronized (known) {
        List<OpenProcess> ended =
            known.stream().filter(process -> process.exited() != null).toList();
        int many = Math.max(0, ended.size() - MOST_ENDED);
        for (int i = 0; i < ended.size(); i++) {
          if (i < many || ended.get(i).endedBefore(KEPT_NANOS)) {
            old.add(ended.get(i));
          }
        }
      }
      old.forEach(process -> drop(known, process));
    }
  }
}
