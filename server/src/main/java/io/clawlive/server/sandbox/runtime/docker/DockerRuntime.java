package io.clawlive.server.sandbox.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Info;
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
import io.clawlive.server.sandbox.runtime.StartScript;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Sandboxes as containers of a Docker engine. */
public final class DockerRuntime implements SandboxRuntime {
  private static final Duration BEYOND_GRACE = Duration.ofSeconds(15);

  private final DockerSettings settings;
  private final Engine engine;
  private final ImageFolders folders;
  private final Followers followers = new Followers();
  private final Deaths deaths;

  /** Connects at the first call: an engine that is not there yet is no error. */
  public DockerRuntime(DockerSettings settings) {
    this.settings = settings;
    this.engine = new Engine(settings);
    this.folders = new ImageFolders(engine);
    this.deaths = new Deaths(engine, settings.installation(), this::find);
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public RuntimeReport report() {
    try {
      Info info = engine.call(client -> client.infoCmd().exec());
      List<String> missing = new ArrayList<>();
      missing.add("The size of volumes is not limited.");
      missing.add("Output that is written while the server is away is not kept.");
      if (!HostRules.usable()) {
        missing.add(
            "Networks internal and open are not offered: the server must be root beside the engine"
                + " and find iptables to close the machine towards them.");
      }
      Integer processors = info.getNCPU();
      Long memory = info.getMemTotal();
      return new RuntimeReport(
          true,
          "" + info.getServerVersion(),
          "",
          missing,
          processors == null ? 0 : processors,
          memory == null ? 0 : memory);
    } catch (RuntimeRefusal e) {
      return new RuntimeReport(false, "", "" + e.getMessage(), List.of(), 0, 0);
    }
  }

  @Override
  public Optional<String> obstacle(SandboxSpec spec) {
    if (spec.getPort() != 0 && (Names.closed(spec) || Names.internal(spec))) {
      return Optional.of("A port is only offered on the network open.");
    }
    for (SandboxVolume volume : SandboxLayout.volumes(spec)) {
      if (!volume.getHostPath().isEmpty()
          && HostFolders.allowed(volume.getHostPath(), settings.roots()).isEmpty()) {
        return Optional.of(
            "The folder " + volume.getHostPath() + " of the host is in none of the allowed roots.");
      }
    }
    if (!Names.closed(spec) && !HostRules.usable()) {
      return Optional.of(
          "The machine cannot be closed towards a network of a sandbox: the server is not root, or"
              + " finds no iptables.");
    }
    return Optional.empty();
  }

  @Override
  public void create(SandboxPlan plan) {
    obstacle(plan.spec())
        .ifPresent(why -> {
          throw new RuntimeRefusal(Kind.FAILED, why);
        });
    if (find(plan.sandbox()).isEmpty()) {
      new ContainerMaker(
              engine, folders, HostFolders.resolved(plan, settings.roots()), names(plan.sandbox()))
          .make();
    } else {
      ContainerMaker.tidy(engine, names(plan.sandbox()));
    }
  }

  @Override
  public void start(UUID sandbox, SandboxSecrets secrets, OutputSink output) {
    InspectContainerResponse container = inspect(sandbox);
    if (Boolean.TRUE.equals(container.getState().getRunning())) {
      follow(sandbox, output);
      return;
    }
    if (container.getHostConfig().getNetworkMode().equals(names(sandbox).network())) {
      // The rule does not survive a restart of the machine, as the network does.
      HostRules.close(names(sandbox).bridge());
    }
    deaths.forget(sandbox);
    byte[] script = StartScript.input(Map.of(), secrets);
    // Before the start: whatever is written from then on is heard.
    EngineSocket socket = attach(container.getId(), true);
    try {
      engine.call(client -> client.startContainerCmd(container.getId()).exec());
      socket.output().write(script);
      socket.endOutput();
    } catch (IOException e) {
      socket.close();
      throw new RuntimeRefusal(
          Kind.UNAVAILABLE, "The engine broke off while the sandbox started.", e);
    } catch (RuntimeRefusal e) {
      socket.close();
      throw e;
    } finally {
      Arrays.fill(script, (byte) 0);
    }
    followers.follow(sandbox, socket, output);
  }

  @Override
  public void follow(UUID sandbox, OutputSink output) {
    followers.follow(sandbox, attach(running(sandbox).getId(), false), output);
  }

  private EngineSocket attach(String container, boolean input) {
    return engine.socket(
        "/containers/" + container + "/attach?stream=1&stdout=1&stderr=1&stdin=" + (input ? 1 : 0),
        "");
  }

  @Override
  public void stop(UUID sandbox, Duration grace) {
    InspectContainerResponse container = inspect(sandbox);
    if (!Boolean.TRUE.equals(container.getState().getRunning())) {
      return;
    }
    if (Boolean.TRUE.equals(container.getState().getPaused())) {
      resume(sandbox);
    }
    int seconds = Math.toIntExact(grace.plusMillis(999).toSeconds());
    ignoring(
        Kind.WRONG_PHASE,
        () ->
            engine.call(
                grace.plus(BEYOND_GRACE),
                client -> client.stopContainerCmd(container.getId()).withTimeout(seconds).exec()));
  }

  @Override
  public void remove(UUID sandbox) {
    Removal.everything(engine, names(sandbox));
    deaths.forget(sandbox);
  }

  @Override
  public List<FoundSandbox> list() {
    return containers()
        .flatMap(
            container -> find(UUID.fromString(container.getLabels().get(Names.SANDBOX))).stream())
        .toList();
  }

  private Stream<Container> containers() {
    return engine
        .call(client ->
            client
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Names.SERVER, settings.installation()))
                .exec())
        .stream()
        .filter(container -> !container.getLabels().containsKey(Names.HELPER));
  }

  @Override
  public Optional<FoundSandbox> find(UUID sandbox) {
    try {
      return Optional.of(deaths.found(sandbox, inspect(sandbox).getState()));
    } catch (RuntimeRefusal e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void limit(UUID sandbox, SandboxSpec spec) {
    var limits = ContainerShape.of(new SandboxPlan(sandbox, spec, 0), names(sandbox), false);
    String container = inspect(sandbox).getId();
    engine.call(client ->
        client
            .updateContainerCmd(container)
            .withMemory(limits.getMemory())
            .withMemorySwap(limits.getMemorySwap())
            .withNanoCPUs(limits.getNanoCPUs())
            .withPidsLimit(limits.getPidsLimit())
            .exec());
  }

  @Override
  public SandboxStats stats(UUID sandbox) {
    return StatsReader.read(
        engine.get(
            "/containers/" + running(sandbox).getId() + "/stats?stream=false&one-shot=true"));
  }

  @Override
  public AutoCloseable listen(RuntimeListener listener) {
    return deaths.listen(listener);
  }

  @Override
  public RuntimeProcess exec(UUID sandbox, ExecPlan plan, ProcessSink sink) {
    InspectContainerResponse container = running(sandbox);
    String own = "" + container.getConfig().getUser();
    String user = plan.uid() == 0 ? own : plan.uid() + ":" + plan.uid();
    return DockerExec.start(engine, container.getId(), user, plan, sink);
  }

  @Override
  public InputStream read(UUID sandbox, String path) {
    return Archives.read(engine, inspect(sandbox), path);
  }

  @Override
  public void write(UUID sandbox, String path, InputStream tar) throws IOException {
    Archives.write(engine, inspect(sandbox), path, tar);
  }

  @Override
  public void pause(UUID sandbox) {
    String container = running(sandbox).getId();
    ignoring(
        Kind.WRONG_PHASE, () -> engine.call(client -> client.pauseContainerCmd(container).exec()));
  }

  @Override
  public void resume(UUID sandbox) {
    InspectContainerResponse container = inspect(sandbox);
    if (Boolean.TRUE.equals(container.getState().getPaused())) {
      engine.call(client -> client.unpauseContainerCmd(container.getId()).exec());
    }
  }

  @Override
  public Set<String> images() {
    Set<String> tags = new TreeSet<>();
    engine
        .call(client -> client.listImagesCmd().exec())
        .forEach(image -> {
          if (image.getRepoTags() != null) {
            tags.addAll(List.of(image.getRepoTags()));
          }
        });
    tags.remove("<none>:<none>");
    return tags;
  }

  @Override
  public boolean hasImage(String image) {
    try {
      return engine.call(client -> client.inspectImageCmd(image).exec()) != null;
    } catch (RuntimeRefusal e) {
      if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.IMAGE_MISSING) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    deaths.close();
    followers.close();
    engine.close();
  }

  private Names names(UUID sandbox) {
    return new Names(settings.installation(), sandbox);
  }

  private InspectContainerResponse inspect(UUID sandbox) {
    InspectContainerResponse container =
        engine.call(client -> client.inspectContainerCmd(names(sandbox).container()).exec());
    Map<String, String> labels = container.getConfig().getLabels();
    if (labels == null || !settings.installation().equals(labels.get(Names.SERVER))) {
      throw new RuntimeRefusal(Kind.NOT_FOUND, "There is no such sandbox of this server.");
    }
    return container;
  }

  private InspectContainerResponse running(UUID sandbox) {
    InspectContainerResponse container = inspect(sandbox);
    if (!Boolean.TRUE.equals(container.getState().getRunning())) {
      throw new RuntimeRefusal(Kind.WRONG_PHASE, "The sandbox does not run.");
    }
    return container;
  }

  private static void ignoring(Kind kind, Runnable call) {
    try {
      call.run();
    } catch (RuntimeRefusal e) {
      if (e.kind() != kind) {
        throw e;
      }
    }
  }
}
