package io.clawlive.cli.admin;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.identity.PasswordInput;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Account;
import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.identity.v1.Role;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create-user",
    description = "Make an account. Its password is asked for, or read from standard input.")
final class CreateUserCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;
  @Mixin private final PasswordInput password;

  @Parameters(
      paramLabel = "NAME",
      description = "2 to 32 of A-Z a-z 0-9 - _, beginning with a letter or digit.")
  private String name = "";

  @Option(names = "--admin", description = "Make it an administrator.")
  private boolean admin;

  CreateUserCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
    password = new PasswordInput(shell);
  }

  @Override
  public void run() {
    String chosen = password.chosen("New password for " + name);
    try (ClawLive client = server.connectAsAdmin()) {
      Account account =
          client
              .accounts()
              .create(
                  CreateAccountRequest.newBuilder()
                      .setName(name)
                      .setPassword(chosen)
                      .setRole(admin ? Role.ROLE_ADMIN : Role.ROLE_USER)
                      .build());
      output.answer(
          AccountFields.of(account),
          "Made account %s (%s), role %s."
              .formatted(account.getName(), account.getAccountId(), AccountFields.role(account)));
    }
  }
}
