package io.clawlive.cli.identity;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "passwd",
    description = {
      "Change your password. Every other login of your account ends.",
      "With --password-stdin the first line is the present password and the second the new one."
    })
final class PasswdCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;
  @Mixin private final PasswordInput password;

  private final Shell shell;

  PasswdCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
    password = new PasswordInput(shell);
  }

  @Override
  public void run() {
    List<String> both =
        password.isFromInput()
            ? new Prompt(shell).lines(2, "two lines: the present password and the new one")
            : List.of(
                password.present("Present password (empty when you have none)"),
                password.chosen("New password"));
    try (ClawLive client = server.connect()) {
      client.identity().changePassword(both.get(0), both.get(1));
      output.answer(
          Json.object("changed", true),
          "The password is changed; other logins of your account have ended.");
    }
  }
}
