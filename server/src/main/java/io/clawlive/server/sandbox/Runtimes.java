package io.clawlive.server.sandbox;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.runtime.RuntimeReport;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The runtimes of this server, and the one that new sandboxes get. */
@Singleton
final class Runtimes {
  private final List<SandboxRuntime> offered;
  private final SandboxConfiguration configuration;

  Runtimes(
      List<SandboxRuntime> known, SandboxConfiguration configuration, Installation installation) {
    this.configuration = configuration;
    String wish = configuration.runtime();
    this.offered =
        installation.folder().isEmpty()
            ? List.of()
            : known.stream()
                .filter(runtime -> wish.equals("auto") || wish.equals(runtime.name()))
                // A container engine does more, and comes first by its name.
                .sorted(Comparator.comparing(SandboxRuntime::name))
                .toList();
  }

  List<SandboxRuntime> offered() {
    return offered;
  }

  /** The first one that answers. */
  Optional<SandboxRuntime> active() {
    return offered.stream().filter(runtime -> runtime.report().usable()).findFirst();
  }

  /** The one for a new sandbox. */
  SandboxRuntime forNew() {
    return active()
        .orElseThrow(() ->
            Refusal.of(
                ErrorReason.ERROR_REASON_RUNTIME_UNAVAILABLE,
                "Nothing here runs sandboxes" + why() + ".",
                "runtime",
                configuration.runtime()));
  }

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
