package io.clawlive.cli.teams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.sandbox.v1.ListTeamsResponse;
import io.clawlive.sandbox.v1.Team;
import io.clawlive.sandbox.v1.TeamAgent;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = {
      "List the teams.",
      "What is wrong with their files is told on standard error, by file and line."
    })
final class TeamListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  TeamListCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      ListTeamsResponse answer = client.teams().list();
      List<Map<String, Object>> teams = new ArrayList<>();
      Table table = new Table("TEAM", "NAME", "MODE", "AGENTS");
      for (Team team : answer.getTeamsList()) {
        teams.add(TeamFields.of(team));
        table.row(
            team.getTeamId(),
            team.getName(),
            TeamFields.word(team.getMode()),
            team.getAgentsList().stream().map(TeamAgent::getKey).collect(Collectors.joining(", ")));
      }
      output.answer(teams, table);
      answer.getProblemsList().forEach(problem -> output.notice(TeamFields.sentence(problem)));
    }
  }
}
