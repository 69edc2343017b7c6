package io.clawlive.server.sandbox.runtime.process;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.FoundSandbox;
import io.clawlive.server.sandbox.runtime.FoundSandbox.Phase;
import io.clawlive.server.sandbox.runtime.OutputSink;
import io.clawlive.server.sandbox.runtime.OutputSink.Channel;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import io.clawlive.server.sandbox.runtime.SandboxSecrets;
import io.clawlive.server.sandbox.runtime.StartScript;
import io.clawlive.server.sandbox.runtime.process.BwrapCommand.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sandbox that this server started, from its start to its end. */
final class RunningSandbox {
  private static final Pattern CHILD = Pattern.compile("\"child-pid\": *([0-9]+)");
  private static final long BEGINS_WITHIN_MILLIS = 10_000;
  private static final long LINGERS_MILLIS = 2000;
  private static final int LOOK_MILLIS = 5;

  private final SandboxFolder folder;
  private final Optional<Cgroup> cgroup;
  private final Instant startedAt = Instant.now();
  private final CompletableFuture<FoundSandbox> end = new CompletableFuture<>();
  private volatile SandboxSpec spec;
  private volatile boolean paused;
  private OutputSink output;
  private boolean outputClosed;
  private Process process;
  private long init;

  private RunningSandbox(
      SandboxFolder folder,
      SandboxSpec spec,
      Optional<Cgroup> cgroup,
      OutputSink output,
      Process process) {
    this.folder = folder;
    this.spec = spec;
    this.cgroup = cgroup;
    this.output = output;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param starter starts processes on a thread that lives as long as the server: they die with the
   *     thread that started them
   * @param ended hears once how it ended
   */
  static RunningSandbox start(
      SandboxFolder folder,
      SandboxSecrets secrets,
      OutputSink output,
      Starter starter,
      Consumer<FoundSandbox> ended)
      throws IOException {
    SandboxSpec spec = folder.spec();
    byte[] script = StartScript.input(SandboxLayout.env(spec), secrets);
    Optional<Cgroup> cgroup = Cgroup.of(folder.sandbox().toString());
    if (cgroup.isPresent()) {
      cgroup.get().make(spec);
    }
    NamedPipe out = new NamedPipe(folder.path().resolve("io"));
    NamedPipe err = new NamedPipe(folder.path().resolve("io"));
    Path info = folder.path().resolve("info.json");
    Files.deleteIfExists(info);
    List<String> command =
        BwrapCommand.start(
            folder.path(),
            spec,
            new Surroundings(
                cgroup.map(Cgroup::folders).orElse(List.of()),
                "",
                out.path(),
                err.path(),
                info.toString()),
            StartScript.command(SandboxLayout.program(spec)));
    folder.started(Instant.now());
    Process process = starter.start(command);
    RunningSandbox running = new RunningSandbox(folder, spec, cgroup, output, process);
    String name = "sandbox-" + folder.sandbox();
    out.read(name + "-out", bytes -> running.tell(Channel.STDOUT, bytes));
    err.read(name + "-err", bytes -> running.tell(Channel.STDERR, bytes));
    Thread.ofVirtual().name(name).start(() -> running.awaitEnd(out, err, ended));
    try (OutputStream in = process.getOutputStream()) {
      in.write(script);
    } catch (IOException e) {
      // It has ended already, and says so by its exit code and its output.
    } finally {
      Arrays.fill(script, (byte) 0);
    }
    running.init = awaitInit(info, process);
    return running;
  }

  /** Starts a process of the machine. */
  interface Starter {
    Process start(List<String> command) throws IOException;
  }

  /** The process, as the machine numbers it, that is the first one inside; 0 when it has ended. */
  private static long awaitInit(Path info, Process process) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEGINS_WITHIN_MILLIS);
    while (process.isAlive() && System.nanoTime() < end) {
      if (Files.exists(info)) {
        Matcher child = CHILD.matcher(Files.readString(info));
        // The number is told before the files are in place; a child of it is there only after.
        if (child.find()
            && ProcessHandle.of(Long.parseLong(child.group(1)))
                .flatMap(init -> init.children().findFirst())
                .isPresent()) {
          return Long.parseLong(child.group(1));
        }
      }
      sleep(LOOK_MILLIS);
    }
    return 0;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void tell(Channel channel, byte[] bytes) {
    if (!outputClosed) {
      output.output(channel, bytes);
    }
  }

  /** Somebody else hears the output from now on. */
  synchronized void follow(OutputSink next) {
    output.closed();
    output = next;
    if (outputClosed) {
      next.closed();
    }
  }

  private void awaitEnd(NamedPipe out, NamedPipe err, Consumer<FoundSandbox> ended) {
    try {
      int code = process.waitFor();
      out.drain(LINGERS_MILLIS);
      err.drain(LINGERS_MILLIS);
      boolean memory = code != 0 && killedForMemory();
      folder.ended(code, memory);
      removeCgroup();
      FoundSandbox found = new FoundSandbox(folder.sandbox(), Phase.ENDED, code, memory, startedAt);
      ended.accept(found);
      synchronized (this) {
        outputClosed = true;
        output.closed();
      }
      end.complete(found);
    } catch (InterruptedException | IOException e) {
      end.completeExceptionally(e);
    }
  }

  private boolean killedForMemory() throws IOException {
    return cgroup.isPresent() && cgroup.get().killedForMemory() > 0;
  }

  private void removeCgroup() {
    try {
      if (cgroup.isPresent()) {
        cgroup.get().remove();
      }
    } catch (IOException e) {
      // It is empty, and is used again at the next start.
    }
  }

  FoundSandbox found() {
    return new FoundSandbox(
        folder.sandbox(), paused ? Phase.PAUSED : Phase.RUNNING, null, false, startedAt);
  }

  SandboxSpec spec() {
    return spec;
  }

  long init() {
    return init;
  }

  Path io() {
    return folder.path().resolve("io");
  }

  List<Path> cgroups() {
    return cgroup.map(Cgroup::folders).orElse(List.of());
  }

  Cgroup limits() {
    return cgroup.orElseThrow(() ->
        new RuntimeRefusal(
            Kind.FAILED, "The server may make no cgroup here, which this would need."));
  }

  void limit(SandboxSpec limits) throws IOException {
    limits().limit(limits);
    spec = limits;
  }

  void pause(boolean pause) throws IOException {
    limits().freeze(pause);
    paused = pause;
  }

  /** Asks its program to end, and kills everything of it after the grace. */
  void stop(Duration grace) throws IOException {
    if (paused) {
      pause(false);
    }
    if (!grace.isZero()) {
      program().ifPresent(ProcessHandle::destroy);
      if (ended(grace)) {
        return;
      }
    }
    kill();
    if (!ended(Duration.ofSeconds(10))) {
      throw new RuntimeRefusal(Kind.UNAVAILABLE, "The sandbox was killed and does not end.");
    }
  }

  void kill() {
    // With the first process inside all others end; without one, there is nothing else yet.
    ProcessHandle.of(init).ifPresent(ProcessHandle::destroyForcibly);
    if (init == 0) {
      process.destroyForcibly();
    }
  }

  private boolean ended(Duration within) {
    try {
      end.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first process inside only looks after others; the program is the one it started. */
  private Optional<ProcessHandle> program() {
    return ProcessHandle.of(init).stream().flatMap(ProcessHandle::children).findFirst();
  }

  /** Runs a command inside to its end, and hears nothing of it. */
  void runInside(List<String> command) {
    ExecPlan plan = new ExecPlan(command, Map.of(), "/", 0, null);
    List<String> inside = new ArrayList<>(command);
    Path nowhere = Path.of("/dev/null");
    Host.run(
        BwrapCommand.enter(
            init,
            spec.toBuilder().clearEnv().build(),
            new Surroundings(cgroups(), "", nowhere, nowhere, ""),
            plan,
            inside));
  }
}
