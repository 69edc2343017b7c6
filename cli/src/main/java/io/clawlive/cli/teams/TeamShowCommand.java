package io.clawlive.cli.teams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.sandbox.v1.Team;
import io.clawlive.sandbox.v1.TeamAgent;
import io.clawlive.sdk.ClawLive;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show the agents of a team and what leads to them.")
final class TeamShowCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "TEAM", description = "Id of the team, as 'team list' shows it.")
  private String teamId = "";

  TeamShowCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      Team team = client.teams().get(teamId);
      if (output.json()) {
        output.answer(TeamFields.of(team));
      } else {
        Table table = new Table("KEY", "AGENT", "STATE", "KEYWORDS", "DESCRIPTION");
        for (TeamAgent agent : team.getAgentsList()) {
          table.row(
              agent.getKey(),
              agent.getAgent().isEmpty() ? "-" : agent.getAgent(),
              TeamFields.word(agent.getState()),
              String.join(", ", agent.getKeywordsList()),
              agent.getDescription());
        }
        output.answer(List.of(), table);
      }
      team.getProblemsList().forEach(problem -> output.notice(TeamFields.sentence(problem)));
    }
  }
}
