package io.clawlive.cli.identity;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Take a link away: it signs in as you no more.")
final class LinksRemoveCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "PROVIDER", description = "github or gitlab.")
  private String provider = "";

  LinksRemoveCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      client.oauth().unlink(provider);
      output.answer(
          Json.object("provider", provider, "removed", true),
          "%s signs in as you no more.".formatted(provider));
    }
  }
}
