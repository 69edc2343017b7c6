package io.clawlive.cli.webhooks;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import io.clawlive.webhooks.v1.CreateWebhookResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Make a webhook of an agent. Its secret is shown this once.",
      "At most 10 an agent; docs/webhooks.md shows how to sign."
    })
final class WebhookCreateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(index = "0", paramLabel = "AGENT", description = "Handle or agent id.")
  private String agent = "";

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "1 to 64 of a-z 0-9 -, unique within the agent.")
  private String name = "";

  WebhookCreateCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAs(agent)) {
      CreateWebhookResponse made = client.webhooks().create(agent, name);
      output.answer(
          WebhookFields.of(made.getWebhook(), made.getSecret()),
          """
          Made webhook %s of %s.
          Secret, shown this once: %s\
          """
              .formatted(name, agent, made.getSecret()));
    }
  }
}
