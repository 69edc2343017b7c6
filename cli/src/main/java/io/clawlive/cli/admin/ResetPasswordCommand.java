package io.clawlive.cli.admin;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.identity.PasswordInput;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Account;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "reset-password",
    description = "Set the password of somebody who lost it. Every login of the account ends.")
final class ResetPasswordCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;
  @Mixin private final PasswordInput password;

  @Parameters(paramLabel = "NAME", description = "Name or id of the account.")
  private String account = "";

  ResetPasswordCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
    password = new PasswordInput(shell);
  }

  @Override
  public void run() {
    String chosen = password.chosen("New password for " + account);
    try (ClawLive client = server.connectAsAdmin()) {
      Account changed =
          client
              .accounts()
              .update(
                  UpdateAccountRequest.newBuilder()
                      .setAccount(account)
                      .setPassword(chosen)
                      .build());
      output.answer(
          AccountFields.of(changed),
          "The password of %s is changed; its logins have ended.".formatted(changed.getName()));
    }
  }
}
