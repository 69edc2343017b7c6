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

@Command(name = "enable", description = "Enable an account again.")
final class EnableCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "NAME", description = "Name or id of the account.")
  private String account = "";

  EnableCommand(Shell shell) {
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
                  UpdateAccountRequest.newBuilder().setAccount(account).setDisabled(false).build());
      output.answer(AccountFields.of(changed), "%s is enabled.".formatted(changed.getName()));
    }
  }
}
