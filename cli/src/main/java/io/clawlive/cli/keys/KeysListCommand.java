package io.clawlive.cli.keys;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.identity.v1.ApiKey;
import io.clawlive.identity.v1.ListKeysRequest;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the keys of your account and its agents, newest first.")
final class KeysListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(names = "--all", description = "Also those that are revoked or expired.")
  private boolean all;

  KeysListCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      List<Map<String, Object>> keys = new ArrayList<>();
      Table table = new Table("KEY_ID", "PREFIX", "OF", "SCOPE", "STATE", "LABEL");
      for (ApiKey key : client.keys().list(ListKeysRequest.newBuilder().setAll(all).build())) {
        keys.add(KeyFields.of(key));
        table.row(
            key.getKeyId(),
            key.getPrefix(),
            key.getAgentHandle().isEmpty() ? "account" : key.getAgentHandle(),
            KeyFields.scope(key),
            KeyFields.state(key),
            key.getLabel());
      }
      output.answer(keys, table);
    }
  }
}
