package io.clawlive.server.testing;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxStats;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.FoundSandbox;
import io.clawlive.server.sandbox.runtime.FoundSandbox.Phase;
import io.clawlive.server.sandbox.runtime.OutputSink;
import io.clawlive.server.sandbox.runtime.ProcessSink;
import io.clawlive.server.sandbox.runtime.RuntimeListener;
import io.clawlive.server.sandbox.runtime.RuntimeProcess;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeReport;
import io.clawlive.server.sandbox.runtime.SandboxPlan;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.server.sandbox.runtime.SandboxSecrets;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A runtime whose sandboxes are only said to be there, so that a test can let happen to them what
 * no engine does when it is asked: it goes away in the middle of a step, a program dies, an image
 * is missing. What sandboxes really do is tested with the real runtimes.
 */
@Singleton
@Requires(property = "clawlive.sandbox.runtime", value = StageRuntime.NAME)
public final class StageRuntime implements SandboxRuntime {
  static final String NAME = "stage";

  /** Give these to {@link TestServer#start}, with a folder, to have this runtime and no other. */
  public static final String PROPERTY = "clawlive.sandbox.runtime=" + NAME;

  private static final class Actor {
    final SandboxPlan plan;
    volatile Phase phase = Phase.CREATED;
    volatile @Nullable Integer exitCode;
    volatile boolean outOfMemory;
    volatile @Nullable OutputSink sink;

    Actor(SandboxPlan plan) {
      this.plan = plan;
    }

    FoundSandbox found() {
      return new FoundSandbox(plan.sandbox(), phase, exitCode, outOfMemory, Instant.EPOCH);
    }
  }

  private final Map<UUID, Actor> actors = new ConcurrentHashMap<>();
  private final List<RuntimeListener> listeners = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile RuntimeRefusal.@Nullable Kind refusesToStart;

  /** What was asked of it, as words. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** Nothing answers until it is back. */
  public void goAway() {
    away = true;
  }

  /** It answers again, and says so. */
  public void comeBack() {
    away = false;
    listeners.forEach(RuntimeListener::back);
  }

  /** Every start is refused so; null for none. */
  public void refuseToStart(RuntimeRefusal.@Nullable Kind kind) {
    refusesToStart = kind;
  }

  /** A sandbox writes a line. */
  public void say(String sandbox, String line) {
    OutputSink sink = actor(UUID.fromString(sandbox)).sink;
    if (sink == null) {
      throw new IllegalStateException("nobody hears it");
    }
    sink.output(OutputSink.Channel.STDOUT, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** A sandbox's program ends. */
  public void end(String sandbox, int exitCode, boolean outOfMemory, boolean told) {
    Actor actor = actor(UUID.fromString(sandbox));
    actor.exitCode = exitCode;
    actor.outOfMemory = outOfMemory;
    finish(actor);
    if (told) {
      listeners.forEach(listener -> listener.ended(actor.found()));
    }
  }

  /** A sandbox is removed by somebody else. */
  public void lose(String sandbox) {
    actors.remove(UUID.fromString(sandbox));
  }

  /** A sandbox appears that nobody ordered. */
  public UUID stray() {
    UUID id = UUID.randomUUID();
    actors.put(id, new Actor(new SandboxPlan(id, SandboxSpec.getDefaultInstance(), 0)));
    return id;
  }

  /** Whether it has one. */
  public boolean has(String sandbox) {
    return actors.containsKey(UUID.fromString(sandbox));
  }

  /** What it was told to make. */
  public SandboxPlan plan(String sandbox) {
    return actor(UUID.fromString(sandbox)).plan;
  }

  private static void finish(Actor actor) {
    actor.phase = Phase.ENDED;
    OutputSink sink = actor.sink;
    actor.sink = null;
    if (sink != null) {
      sink.closed();
    }
  }

  private void ask(String what) {
    asked.add(what);
    if (away) {
      throw new RuntimeRefusal(RuntimeRefusal.Kind.UNAVAILABLE, "The stage is dark.");
    }
  }

  private Actor actor(UUID id) {
    Actor actor = actors.get(id);
    if (actor == null) {
      throw new RuntimeRefusal(RuntimeRefusal.Kind.NOT_FOUND, "It is not on the stage.");
    }
    return actor;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public RuntimeReport report() {
    return new RuntimeReport(!away, "1", away ? "The stage is dark." : "", List.of(), 2, 1L << 30);
  }

  @Override
  public Optional<String> obstacle(SandboxSpec spec) {
    return spec.getImage().equals("impossible")
        ? Optional.of("It cannot be staged.")
        : Optional.empty();
  }

  @Override
  public void create(SandboxPlan plan) {
    ask("create");
    actors.putIfAbsent(plan.sandbox(), new Actor(plan));
  }

  @Override
  public void start(UUID sandbox, SandboxSecrets secrets, OutputSink output) {
    ask("start");
    RuntimeRefusal.Kind refusal = refusesToStart;
    if (refusal != null) {
      throw new RuntimeRefusal(refusal, "It does not start.");
    }
    Actor actor = actor(sandbox);
    actor.sink = output;
    actor.exitCode = null;
    actor.outOfMemory = false;
    actor.phase = Phase.RUNNING;
  }

  @Override
  public void follow(UUID sandbox, OutputSink output) {
    ask("follow");
    actor(sandbox).sink = output;
  }

  @Override
  public void stop(UUID sandbox, Duration grace) {
    ask("stop");
    Actor actor = actor(sandbox);
    if (actor.phase == Phase.RUNNING) {
      actor.exitCode = 143;
      finish(actor);
    }
  }

  @Override
  public void remove(UUID sandbox) {
    ask("remove");
    actors.remove(sandbox);
  }

  @Override
  public List<FoundSandbox> list() {
    ask("list");
    return actors.values().stream().map(Actor::found).toList();
  }

  @Override
  public Optional<FoundSandbox> find(UUID sandbox) {
    ask("find");
    return Optional.ofNullable(actors.get(sandbox)).map(Actor::found);
  }

  @Override
  public void limit(UUID sandbox, SandboxSpec spec) {
    ask("limit " + spec.getMemoryMb() + " " + spec.getCpus() + " " + spec.getPids());
  }

  @Override
  public SandboxStats stats(UUID sandbox) {
    ask("stats");
    if (actor(sandbox).phase != Phase.RUNNING) {
      throw new RuntimeRefusal(RuntimeRefusal.Kind.WRONG_PHASE, "It does not run.");
    }
    return SandboxStats.newBuilder().setPids(3).build();
  }

  @Override
  public AutoCloseable listen(RuntimeListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public RuntimeProcess exec(UUID sandbox, ExecPlan plan, ProcessSink sink) {
    ask("exec " + String.join(" ", plan.command()));
    sink.ended(0);
    throw new RuntimeRefusal(RuntimeRefusal.Kind.NOT_USABLE, "Nothing runs on a stage.");
  }

  @Override
  public InputStream read(UUID sandbox, String path) {
    return InputStream.nullInputStream();
  }

  @Override
  public void write(UUID sandbox, String path, InputStream tar) {
    ask("write " + path);
  }

  @Override
  public void pause(UUID sandbox) {
    ask("pause");
  }

  @Override
  public void resume(UUID sandbox) {
    ask("resume");
  }

  @Override
  public Set<String> images() {
    return Set.of("clawlive/sandbox:latest", "impossible", "busybox:latest");
  }

  @Override
  public boolean hasImage(String image) {
    if (away) {
      throw new RuntimeRefusal(RuntimeRefusal.Kind.UNAVAILABLE, "The stage is dark.");
    }
    return images().contains(image) || images().contains(image + ":latest");
  }

  @Override
  public void close() {}
}
