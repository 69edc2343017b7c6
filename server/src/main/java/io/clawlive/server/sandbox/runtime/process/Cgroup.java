package io.clawlive.server.sandbox.runtime.process;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The limits of one sandbox as a whole. Linux has two versions of it, which differ in names. */
final class Cgroup {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String OURS = "clawlive";
  private static final long PERIOD_MICROS = 100_000;
  private static final int TRIES = 50;
  private static final long BETWEEN_TRIES_MILLIS = 20;

  private final boolean unified;
  private final String name;

  private Cgroup(boolean unified, String name) {
    this.unified = unified;
    this.name = name;
  }

  /** One that may be made; empty where the server may make none. */
  static Optional<Cgroup> of(String name) {
    boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
    Cgroup cgroup = new Cgroup(unified, name);
    return usable(unified) ? Optional.of(cgroup) : Optional.empty();
  }

  private static boolean usable(boolean unified) {
    try {
      if (unified) {
        Path ours = Files.createDirectories(ROOT.resolve(OURS));
        for (Path above : List.of(ROOT, ours)) {
          Files.writeString(above.resolve("cgroup.subtree_control"), "+memory +pids +cpu");
        }
      } else {
        for (String controller : List.of("memory", "pids", "cpu", "cpuacct", "freezer")) {
          if (!Files.isDirectory(ROOT.resolve(controller))) {
            return false;
          }
          Files.createDirectories(ROOT.resolve(controller).resolve(OURS));
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Folders whose {@code cgroup.procs} take a process in. */
  List<Path> folders() {
    return unified
        ? List.of(ROOT.resolve(OURS).resolve(name))
        : List.of("memory", "pids", "cpu", "cpuacct", "freezer").stream().map(this::at).toList();
  }

  private Path at(String controller) {
    Path root = unified ? ROOT : ROOT.resolve(controller);
    return root.resolve(OURS).resolve(name);
  }

  void make(SandboxSpec spec) throws IOException {
    for (Path folder : folders()) {
      Files.createDirectories(folder);
    }
    clear();
    limit(spec);
  }

  /** Ends whoever is in it: a server that was killed may have left somebody, even held still. */
  private void clear() throws IOException {
    Path inside = folders().getLast().resolve("cgroup.procs");
    for (int i = 0; i < TRIES && Files.exists(inside); i++) {
      List<String> processes = Files.readAllLines(inside);
      if (processes.isEmpty()) {
        break;
      }
      processes.forEach(
          pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
      freeze(false);
      pauseALittle();
    }
    if (Files.exists(inside)) {
      freeze(false);
    }
  }

  void limit(SandboxSpec spec) throws IOException {
    long memory = (long) spec.getMemoryMb() << 20;
    long quota = Math.max(1000, (long) (spec.getCpus() * PERIOD_MICROS));
    Files.writeString(at("pids").resolve("pids.max"), "" + spec.getPids());
    if (unified) {
      Files.writeString(at("").resolve("memory.max"), "" + memory);
      writeWhereThere(at("").resolve("memory.swap.max"), "0");
      Files.writeString(at("").resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      return;
    }
    Path both = at("memory").resolve("memory.memsw.limit_in_bytes");
    // Memory alone may never be more than memory with swap, so the order depends on the direction.
    boolean grows = Files.exists(both) && Long.parseLong(Files.readString(both).strip()) < memory;
    if (grows) {
      Files.writeString(both, "" + memory);
    }
    Files.writeString(at("memory").resolve("memory.limit_in_bytes"), "" + memory);
    writeWhereThere(both, "" + memory);
    Files.writeString(at("cpu").resolve("cpu.cfs_period_us"), "" + PERIOD_MICROS);
    Files.writeString(at("cpu").resolve("cpu.cfs_quota_us"), "" + quota);
  }

  private static void writeWhereThere(Path file, String value) throws IOException {
    if (Files.exists(file)) {
      Files.writeString(file, value);
    }
  }

  void freeze(boolean frozen) throws IOException {
    if (unified) {
      Files.writeString(at("").resolve("cgroup.freeze"), frozen ? "1" : "0");
      return;
    }
    Path state = at("freezer").resolve("freezer.state");
    Files.writeString(state, frozen ? "FROZEN" : "THAWED");
    for (int i = 0; frozen && i < TRIES && Files.readString(state).startsWith("FREEZING"); i++) {
      pauseALittle();
    }
  }

  /** How many of its processes were killed for want of memory. */
  long killedForMemory() throws IOException {
    Path file =
        unified ? at("").resolve("memory.events") : at("memory").resolve("memory.oom_control");
    return field(file, "oom_kill");
  }

  SandboxStats stats() throws IOException {
    Instant now = Instant.now();
    SandboxStats.Builder stats =
        SandboxStats.newBuilder()
            .setMeasuredAt(
                com.google.protobuf.Timestamp.newBuilder()
                    .setSeconds(now.getEpochSecond())
                    .setNanos(now.getNano()))
            .setPids((int) number(at("pids").resolve("pids.current")));
    if (unified) {
      return stats
          .setCpuNanos(field(at("").resolve("cpu.stat"), "usage_usec") * 1000)
          .setMemoryBytes(
              number(at("").resolve("memory.current"))
                  - field(at("").resolve("memory.stat"), "inactive_file"))
          .setMemoryLimitBytes(number(at("").resolve("memory.max")))
          .build();
    }
    Path memory = at("memory");
    return stats
        .setCpuNanos(number(at("cpuacct").resolve("cpuacct.usage")))
        .setMemoryBytes(
            Math.max(
                0,
                number(memory.resolve("memory.usage_in_bytes"))
                    - field(memory.resolve("memory.stat"), "total_inactive_file")))
        .setMemoryLimitBytes(number(memory.resolve("memory.limit_in_bytes")))
        .build();
  }

  /** Goes, with whoever is in it. Nothing there is no error. */
  void remove() throws IOException {
    clear();
    for (Path folder : folders()) {
      for (int i = 0; Files.isDirectory(folder); i++) {
        try {
          Files.delete(folder);
        } catch (IOException e) {
          if (i >= TRIES) {
            throw e;
          }
          pauseALittle();
        }
      }
    }
  }

  private static void pauseALittle() {
    try {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }

  private static long field(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name + " ")) {
        return Long.parseLong(line.substring(name.length() + 1).strip());
      }
    }
    return 0;
  }
}
