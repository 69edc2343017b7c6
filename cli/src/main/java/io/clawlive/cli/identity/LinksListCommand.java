package io.clawlive.cli.identity;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.OAuthLink;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the accounts elsewhere that sign in as you.")
final class LinksListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  LinksListCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      List<Map<String, Object>> links = new ArrayList<>();
      Table table = new Table("PROVIDER", "LOGIN", "LINKED");
      for (OAuthLink link : client.oauth().links()) {
        Map<String, Object> fields =
            Json.object(
                "provider", link.getProvider(),
                "login", link.getLogin(),
                "linked_at", Fields.time(link.getLinkedAt()));
        links.add(fields);
        table.row(link.getProvider(), link.getLogin(), fields.getOrDefault("linked_at", ""));
      }
      output.answer(links, table);
    }
  }
}
