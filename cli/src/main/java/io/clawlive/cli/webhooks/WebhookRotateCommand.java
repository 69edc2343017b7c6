package io.clawlive.cli.webhooks;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.Fields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.webhooks.v1.RotateWebhookRequest;
import io.clawlive.webhooks.v1.RotateWebhookResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rotate",
    description = {
      "Give a webhook a new secret, shown this once.",
      "The one before works on for a while, so that the sender can change at its own time."
    })
final class WebhookRotateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(index = "0", paramLabel = "AGENT", description = "Handle or agent id.")
  private String agent = "";

  @Parameters(index = "1", paramLabel = "WEBHOOK", description = "Name or id.")
  private String webhook = "";

  @Option(
      names = "--overlap-seconds",
      paramLabel = "N",
      description = "How long the secret before works on, 0 to 604800. Without it a day.")
  private @Nullable Integer overlapSeconds;

  WebhookRotateCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAs(agent)) {
      RotateWebhookRequest.Builder request =
          RotateWebhookRequest.newBuilder().setAgent(agent).setWebhook(webhook);
      if (overlapSeconds != null) {
        request.setOverlapSeconds(overlapSeconds);
      }
      RotateWebhookResponse made = client.webhooks().rotate(request.build());
      Instant until = Fields.time(made.getWebhook().getPreviousSecretUntil());
      output.answer(
          WebhookFields.of(made.getWebhook(), made.getSecret()),
          """
          The secret before works %s.
          New secret, shown this once: %s\
          """
              .formatted(until == null ? "no more" : "until " + until, made.getSecret()));
    }
  }
}
