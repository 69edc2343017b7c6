package io.clawlive.cli.webhooks;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Remove a webhook: what it signs is refused from now on.")
final class WebhookDeleteCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(index = "0", paramLabel = "AGENT", description = "Handle or agent id.")
  private String agent = "";

  @Parameters(index = "1", paramLabel = "WEBHOOK", description = "Name or id.")
  private String webhook = "";

  WebhookDeleteCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAs(agent)) {
      client.webhooks().delete(agent, webhook);
      output.answer(Json.object("deleted", webhook), "Removed webhook " + webhook + ".");
    }
  }
}
