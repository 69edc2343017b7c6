package io.clawlive.cli.admin;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.identity.v1.Account;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list-users", description = "List accounts by name.")
final class ListUsersCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  ListUsersCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAsAdmin()) {
      List<Map<String, Object>> accounts = new ArrayList<>();
      Table table = new Table("NAME", "ROLE", "STATE", "LAST_LOGIN", "ACCOUNT_ID");
      for (Account account : client.accounts().list()) {
        Map<String, Object> fields = AccountFields.of(account);
        accounts.add(fields);
        table.row(
            account.getName(),
            AccountFields.role(account),
            account.hasDisabledAt() ? "disabled" : "enabled",
            fields.getOrDefault("last_login_at", "never"),
            account.getAccountId());
      }
      output.answer(accounts, table);
    }
  }
}
