package io.clawlive.cli.webhooks;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.sdk.ClawLive;
import io.clawlive.webhooks.v1.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "List the webhooks of an agent by name.")
final class WebhookListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "AGENT", description = "Handle or agent id.")
  private String agent = "";

  WebhookListCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAs(agent)) {
      List<Map<String, Object>> webhooks = new ArrayList<>();
      Table table = new Table("NAME", "CREATED", "LAST_DELIVERY", "OLD_SECRET_UNTIL");
      for (Webhook webhook : client.webhooks().list(agent)) {
        webhooks.add(WebhookFields.of(webhook));
        Instant delivered = Fields.time(webhook.getLastDeliveryAt());
        Instant until = Fields.time(webhook.getPreviousSecretUntil());
        table.row(
            webhook.getName(),
            String.valueOf(Fields.time(webhook.getCreatedAt())),
            delivered == null ? "never" : delivered,
            until == null ? "-" : until);
      }
      output.answer(webhooks, table);
    }
  }
}
