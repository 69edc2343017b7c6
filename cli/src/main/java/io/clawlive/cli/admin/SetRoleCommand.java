package io.clawlive.cli.admin;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Account;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.sdk.ClawLive;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "set-role", description = "Make an account an administrator, or no longer one.")
final class SetRoleCommand implements Runnable {
  /** What an account can be. */
  enum Choice {
    USER,
    ADMIN;

    Role asked() {
      return switch (this) {
        case USER -> Role.ROLE_USER;
        case ADMIN -> Role.ROLE_ADMIN;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(index = "0", paramLabel = "NAME", description = "Name or id of the account.")
  private String account = "";

  @Parameters(index = "1", paramLabel = "user|admin", description = "What it shall be.")
  private Choice role = Choice.USER;

  SetRoleCommand(Shell shell) {
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
                  UpdateAccountRequest.newBuilder()
                      .setAccount(account)
                      .setRole(role.asked())
                      .build());
      output.answer(
          AccountFields.of(changed),
          "%s has the role %s.".formatted(changed.getName(), AccountFields.role(changed)));
    }
  }
}
