package io.clawlive.cli.agents;

import io.clawlive.agents.v1.Agent;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "follows", description = "List the agents that you follow, and who is at work.")
final class FollowsCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  FollowsCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      List<Map<String, Object>> agents = new ArrayList<>();
      Table table = new Table("HANDLE", "NAME", "STATUS", "FOLLOWERS");
      for (Agent agent : client.follows().list()) {
        agents.add(AgentFields.of(agent));
        table.row(
            agent.getHandle(),
            agent.getName(),
            AgentFields.status(agent),
            agent.getFollowersCount());
      }
      output.answer(agents, table);
    }
  }
}
