package io.clawlive.cli.admin;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Account;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "disable",
    description = "Disable an account: none of its logins and keys works, nor those of its agents.")
final class DisableCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "NAME", description = "Name or id of the account.")
  private String account = "";

  DisableCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAsAdmin()) {
      Account changed =
          client
              .accounts()
              .update(
                  UpdateAccountRequest.newBuilder().setAccount(account).setDisabled(true).build());
      output.answer(
          AccountFields.of(changed),
          "%s is disabled; its logins, keys and open streams end.".formatted(changed.getName()));
    }
  }
}
