package io.clawlive.server.sandbox.runtime.process;

import io.clawlive.sandbox.v1.SandboxPrivileges;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxStats;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.FoundSandbox;
import io.clawlive.server.sandbox.runtime.OutputSink;
import io.clawlive.server.sandbox.runtime.ProcessSink;
import io.clawlive.server.sandbox.runtime.RuntimeListener;
import io.clawlive.server.sandbox.runtime.RuntimeProcess;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import io.clawlive.server.sandbox.runtime.RuntimeReport;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import io.clawlive.server.sandbox.runtime.SandboxPlan;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.server.sandbox.runtime.SandboxSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Sandboxes as processes in namespaces of their own, made by bubblewrap. */
public final class ProcessRuntime implements SandboxRuntime {
  private final Path folder;
  private final Map<UUID, RunningSandbox> running = new ConcurrentHashMap<>();
  private final List<RuntimeListener> listeners = new CopyOnWriteArrayList<>();

  /** One platform thread as long as the server: what it starts is killed when it ends. */
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("sandbox-starter").factory());

  /** Touches nothing before the first call. */
  public ProcessRuntime(ProcessSettings settings) {
    this.folder = settings.folder().toAbsolutePath();
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public RuntimeReport report() {
    String obstacle = Host.obstacle();
    if (!obstacle.isEmpty()) {
      return new RuntimeReport(false, "", obstacle, List.of(), 0, 0);
    }
    List<String> missing = new ArrayList<>();
    missing.add("Networks internal and open are not offered.");
    missing.add("There are no images: programs are those of the machine.");
    missing.add("Sandboxes end with the server.");
    missing.add("The size of volumes is not limited.");
    missing.add("System calls are not filtered beyond what the namespaces forbid.");
    missing.add("Every file belongs to the sandbox's one user.");
    if (!Host.root()) {
      missing.add("All sandboxes are the server's own user to the machine.");
    }
    if (Cgroup.of("none").isEmpty()) {
      missing.add(
          "Memory and processes are limited for each process by itself, processors not at all, and"
              + " nothing is measured or paused: the server may make no cgroup.");
    }
    return new RuntimeReport(
        true,
        Host.version(),
        "",
        missing,
        Runtime.getRuntime().availableProcessors(),
        Host.memoryBytes());
  }

  @Override
  public Optional<String> obstacle(SandboxSpec spec) {
    switch (spec.getNetwork()) {
      case SANDBOX_NETWORK_INTERNAL, SANDBOX_NETWORK_OPEN -> {
        return Optional.of("Without a container engine only the network none is offered.");
      }
      case SANDBOX_NETWORK_UNSPECIFIED, SANDBOX_NETWORK_NONE, UNRECOGNIZED -> {}
    }
    if (spec.getPort() != 0) {
      return Optional.of("Without a container engine no port is offered.");
    }
    if (!spec.getImage().isEmpty()) {
      return Optional.of("Without a container engine there are no images.");
    }
    if (!spec.getPrivileges().equals(SandboxPrivileges.getDefaultInstance())) {
      return Optional.of("Without a container engine no privilege can be given.");
    }
    for (SandboxVolume volume : SandboxLayout.volumes(spec)) {
      if (!volume.getHostPath().isEmpty()) {
        return Optional.of("Without a container engine no folder of the host is offered.");
      }
      if (volume.getPath().matches("/(usr|bin|sbin|lib|lib32|lib64|libx32|etc)(/.*)?")) {
        return Optional.of(
            "Without a container engine no volume can stand at " + volume.getPath() + ".");
      }
    }
    return Optional.empty();
  }

  @Override
  public void create(SandboxPlan plan) {
    obstacle(plan.spec())
        .ifPresent(why -> {
          throw new RuntimeRefusal(Kind.FAILED, why);
        });
    SandboxFolder made = at(plan.sandbox());
    if (!made.there()) {
      io(() -> {
        Files.createDirectories(folder);
        made.make(plan.spec());
        return null;
      });
    }
  }

  @Override
  public void start(UUID sandbox, SandboxSecrets secrets, OutputSink output) {
    RunningSandbox runs = running.get(sandbox);
    if (runs != null) {
      runs.follow(output);
      return;
    }
    SandboxFolder there = existing(sandbox);
    // Whoever asks while it starts must wait for the end of the start, as the end itself must.
    running.compute(
        sandbox,
        (id, before) ->
            io(() ->
                RunningSandbox.start(there, secrets, output, this::startProcess, this::ended)));
  }

  private Process startProcess(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    try {
      return starter.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void ended(FoundSandbox found) {
    running.remove(found.sandbox());
    listeners.forEach(listener -> listener.ended(found));
  }

  @Override
  public void follow(UUID sandbox, OutputSink output) {
    runningOne(sandbox).follow(output);
  }

  @Override
  public void stop(UUID sandbox, Duration grace) {
    existing(sandbox);
    RunningSandbox runs = running.get(sandbox);
    if (runs != null) {
      io(() -> {
        runs.stop(grace);
        return null;
      });
    }
  }

  @Override
  public void remove(UUID sandbox) {
    if (at(sandbox).there()) {
      stop(sandbox, Duration.ZERO);
    }
    io(() -> {
      Optional<Cgroup> left = Cgroup.of(sandbox.toString());
      if (left.isPresent()) {
        left.get().remove();
      }
      at(sandbox).remove();
      return null;
    });
  }

  @Override
  public List<FoundSandbox> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return io(() -> {
      try (Stream<Path> all = Files.list(folder)) {
        return all.map(path -> UUID.fromString("" + path.getFileName()))
            .flatMap(sandbox -> find(sandbox).stream())
            .toList();
      }
    });
  }

  @Override
  public Optional<FoundSandbox> find(UUID sandbox) {
    SandboxFolder there = at(sandbox);
    if (!there.there()) {
      return Optional.empty();
    }
    RunningSandbox runs = running.get(sandbox);
    return Optional.of(runs == null ? there.found() : runs.found());
  }

  @Override
  public void limit(UUID sandbox, SandboxSpec spec) {
    SandboxFolder there = existing(sandbox);
    io(() -> {
      SandboxSpec limits =
          there.spec().toBuilder()
              .setMemoryMb(spec.getMemoryMb())
              .setCpus(spec.getCpus())
              .setPids(spec.getPids())
              .build();
      RunningSandbox runs = running.get(sandbox);
      if (runs != null) {
        runs.limit(limits);
      }
      there.writeSpec(limits);
      return null;
    });
  }

  @Override
  public SandboxStats stats(UUID sandbox) {
    return io(() -> runningOne(sandbox).limits().stats());
  }

  @Override
  public AutoCloseable listen(RuntimeListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public RuntimeProcess exec(UUID sandbox, ExecPlan plan, ProcessSink sink) {
    RunningSandbox runs = runningOne(sandbox);
    if (plan.uid() != 0 && plan.uid() != SandboxLayout.uid(runs.spec())) {
      throw new RuntimeRefusal(
          Kind.NOT_USABLE, "Without a container engine a sandbox has one user alone.");
    }
    return ProcessExec.start(runs, plan, sink);
  }

  @Override
  public InputStream read(UUID sandbox, String path) throws IOException {
    SandboxFolder there = existing(sandbox);
    return ProcessArchives.read(there.path(), there.spec(), path);
  }

  @Override
  public void write(UUID sandbox, String path, InputStream tar) throws IOException {
    SandboxFolder there = existing(sandbox);
    ProcessArchives.write(there.path(), there.spec(), path, tar);
  }

  @Override
  public void pause(UUID sandbox) {
    io(() -> {
      runningOne(sandbox).pause(true);
      return null;
    });
  }

  @Override
  public void resume(UUID sandbox) {
    RunningSandbox runs = running.get(sandbox);
    if (runs != null) {
      io(() -> {
        runs.pause(false);
        return null;
      });
    }
  }

  @Override
  public Set<String> images() {
    return Set.of();
  }

  @Override
  public boolean hasImage(String image) {
    return true;
  }

  @Override
  public void close() {
    running.values().forEach(RunningSandbox::kill);
    starter.shutdown();
  }

  private SandboxFolder at(UUID sandbox) {
    return new SandboxFolder(folder.resolve(sandbox.toString()), sandbox);
  }

  private SandboxFolder existing(UUID sandbox) {
    SandboxFolder there = at(sandbox);
    if (!there.there()) {
      throw new RuntimeRefusal(Kind.NOT_FOUND, "There is no such sandbox here.");
    }
    return there;
  }

  private RunningSandbox runningOne(UUID sandbox) {
    existing(sandbox);
    RunningSandbox runs = running.get(sandbox);
    if (runs == null) {
      throw new RuntimeRefusal(Kind.WRONG_PHASE, "The sandbox does not run.");
    }
    return runs;
  }

  /** Something with files, whose failure is told in the one form. */
  private interface FileWork<T> {
    T done() throws IOException;
  }

  private static <T> T io(FileWork<T> work) {
    try {
      return work.done();
    } catch (IOException e) {
      boolean full = ("" + e.getMessage()).contains("No space left on device");
      throw new RuntimeRefusal(
          full ? Kind.DISK_FULL : Kind.FAILED, "The sandbox's files: " + e.getMessage(), e);
    }
  }
}
