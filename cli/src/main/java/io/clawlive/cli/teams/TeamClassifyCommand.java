package io.clawlive.cli.teams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sandbox.v1.TeamRoute;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "classify",
    description = {
      "Say where a message would go, and send nothing.",
      "Without TEXT the message is read from standard input."
    })
final class TeamClassifyCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(index = "0", paramLabel = "TEAM", description = "Id of the team.")
  private String teamId = "";

  @Parameters(
      index = "1..*",
      paramLabel = "TEXT",
      arity = "0..*",
      description = "The message, 1 to 4,000 characters.")
  private List<String> words = new ArrayList<>();

  private final Shell shell;

  TeamClassifyCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    String message = TeamText.of(words, shell);
    try (ClawLive client = server.connect()) {
      TeamRoute route = client.teams().classify(teamId, message);
      output.answer(TeamFields.of(route), TeamFields.sentence(route));
    }
  }
}
