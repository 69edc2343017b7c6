package io.clawlive.cli.sandbox;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** On which server and as whom a command works with sandboxes, and which one a word means. */
final class SandboxAccess {
  private static final String ID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  @Mixin private final ServerOptions server;

  @Option(
      names = "--as",
      paramLabel = "AGENT",
      description = "Do it as this agent, with its stored key.")
  private @Nullable String agent;

  SandboxAccess(Shell shell) {
    server = new ServerOptions(shell);
  }

  ServerOptions server() {
    return server;
  }

  ClawLive connect() {
    return agent == null ? server.connect() : server.connectAs(agent);
  }

  /** The sandbox that is named by its id or its name. */
  static Sandbox find(ClawLive client, String named) {
    if (named.matches(ID)) {
      return client.sandboxes().get(named);
    }
    List<Sandbox> found = new ArrayList<>();
    for (Sandbox sandbox : client.sandboxes().list()) {
      if (sandbox.name().equals(named)) {
        found.add(sandbox);
      }
    }
    if (found.isEmpty()) {
      throw new Failure(
          ExitCode.NOT_FOUND,
          "There is no sandbox '%s' that you may see. 'clawlive sandbox list' shows them."
              .formatted(named));
    }
    if (found.size() > 1) {
      throw new Failure(
          ExitCode.USAGE,
          "%d sandboxes are called '%s'. Name one by its id: %s."
              .formatted(
                  found.size(),
                  named,
                  found.stream().map(Sandbox::id).collect(Collectors.joining(", "))));
    }
    return found.getFirst();
  }
}
