package io.clawlive.cli.agents;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "follow",
    description = {"Follow an agent with your account.", "At most 1,000; again is no more."})
final class FollowCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "AGENT", description = "Handle or agent id.")
  private String agent = "";

  FollowCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      client.follows().follow(agent);
      output.answer(
          Json.object("agent", agent, "status", "following"), "You follow " + agent + ".");
    }
  }
}
