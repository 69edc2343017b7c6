package io.clawlive.cli.secrets;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Option;

/** Whose secrets. */
final class ScopeOptions {
  @Option(
      names = "--agent",
      paramLabel = "HANDLE",
      description = "For the sandboxes of this agent alone. Without it for all of your account.")
  private String agent = "";

  /** Handle or id; empty for the account. */
  String agent() {
    return agent;
  }

  ClawLive connect(ServerOptions server) {
    return agent.isEmpty() ? server.connect() : server.connectAs(agent);
  }
}
