package io.clawlive.server.sandbox;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.runtime.RuntimeReport;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.server.sandbox.runtime.docker.DockerRuntime;
import io.clawlive.server.sandbox.runtime.docker.DockerSettings;
import io.clawlive.server.sandbox.runtime.process.ProcessRuntime;
import io.clawlive.server.sandbox.runtime.process.ProcessSettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runtimes of this server, and the one that new sandboxes get. */
@Singleton
final class Runtimes {
  private static final long BELIEVED_NANOS = Duration.ofSeconds(2).toNanos();

  private final List<SandboxRuntime> offered;
  private final SandboxConfiguration configuration;
  private volatile @Nullable Answered answered;

  /** Those of this server, and others that somebody brings. */
  Runtimes(
      List<SandboxRuntime> others, SandboxConfiguration configuration, Installation installation) {
    this.configuration = configuration;
    this.offered =
        installation
            .folder()
            .map(folder -> offered(others, folder, installation.id().toString()))
            .orElse(List.of());
  }

  /** A container engine does more, and comes first. */
  private List<SandboxRuntime> offered(
      List<SandboxRuntime> others, Path folder, String installation) {
    List<SandboxRuntime> wished = new ArrayList<>();
    if (isWished("docker")) {
      wished.add(
          new DockerRuntime(
              new DockerSettings(
                  URI.create(configuration.engine()),
                  installation,
                  configuration.atOnce(),
                  configuration.deadline(),
                  configuration.roots().stream().map(Path::of).toList())));
    }
    if (isWished("process")) {
      wished.add(new ProcessRuntime(new ProcessSettings(folder.resolve("process"))));
    }
    others.stream().filter(runtime -> isWished(runtime.name())).forEach(wished::add);
    return List.copyOf(wished);
  }

  private boolean isWished(String name) {
    return configuration.runtime().equals("auto") || configuration.runtime().equals(name);
  }

  @PreDestroy
  void close() {
    offered.forEach(SandboxRuntime::close);
  }

  List<SandboxRuntime> offered() {
    return offered;
  }

  /** The first one that answers. */
  Optional<SandboxRuntime> active() {
    return offered.stream().filter(runtime -> runtime.report().usable()).findFirst();
  }

  /** The one for a new sandbox. Whoever answered a moment ago is not asked again. */
  SandboxRuntime forNew() {
    Answered known = answered;
    if (known != null && System.nanoTime() - known.nanos() < BELIEVED_NANOS) {
      return known.runtime();
    }
    SandboxRuntime found =
        active()
            .orElseThrow(() ->
                Refusal.of(
                    ErrorReason.ERROR_REASON_RUNTIME_UNAVAILABLE,
                    "Nothing here runs sandboxes" + why() + ".",
                    "runtime",
                    configuration.runtime()));
    answered = new Answered(found, System.nanoTime());
    return found;
  }

  private record Answered(SandboxRuntime runtime, long nanos) {}

  private String why() {
    String each =
        offered.stream()
            .map(runtime -> {
              RuntimeReport report = runtime.report();
              return runtime.name() + ": " + report.message();
            })
            .reduce((a, b) -> a + "; " + b)
            .orElse("the server was started without a folder or a runtime for them");
    return " (" + each + ")";
  }

  /** The one that has a sandbox. */
  Optional<SandboxRuntime> named(String name) {
    return offered.stream().filter(runtime -> runtime.name().equals(name)).findFirst();
  }
}
