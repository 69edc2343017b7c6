package io.clawlive.cli.teams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sandbox.v1.ReloadTeamsResponse;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "reload",
    description = {
      "Have the server read the files of all teams anew. For administrators.",
      "What is wrong with them is told on standard error, by file and line."
    })
final class TeamReloadCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  TeamReloadCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAsAdmin()) {
      ReloadTeamsResponse now = client.teams().reload();
      output.answer(
          Json.object(
              "teams",
              now.getTeams(),
              "problems",
              now.getProblemsList().stream().map(TeamFields::of).toList()),
          "Teams: %d. Problems: %d.".formatted(now.getTeams(), now.getProblemsCount()));
      now.getProblemsList().forEach(problem -> output.notice(TeamFields.sentence(problem)));
    }
  }
}
