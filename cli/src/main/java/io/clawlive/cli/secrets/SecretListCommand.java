package io.clawlive.cli.secrets;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.sandbox.v1.Secret;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List secrets by name, without their values.")
final class SecretListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;
  @Mixin private final ScopeOptions scope = new ScopeOptions();

  SecretListCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = scope.connect(server)) {
      List<Map<String, Object>> secrets = new ArrayList<>();
      Table table = new Table("NAME", "DELIVERY", "FILE", "UPDATED", "STATE");
      for (Secret secret : client.secrets().list(scope.agent())) {
        secrets.add(SecretFields.of(secret));
        table.row(
            secret.getName(),
            SecretFields.delivery(secret),
            secret.getFileName().isEmpty() ? "-" : secret.getFileName(),
            String.valueOf(Fields.time(secret.getUpdatedAt())),
            secret.getUnreadable() ? "unreadable: set it again" : "ok");
      }
      output.answer(secrets, table);
    }
  }
}
