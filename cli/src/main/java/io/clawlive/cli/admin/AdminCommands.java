package io.clawlive.cli.admin;

import io.clawlive.cli.rooms.RoomCommands;
import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class AdminCommands {
  private AdminCommands() {}

  /** {@code clawlive admin}. */
  public static CommandLine admin(Shell shell) {
    return new CommandLine(new AdminGroup())
        .addSubcommand(new CreateUserCommand(shell))
        .addSubcommand(new ListUsersCommand(shell))
        .addSubcommand(new SetRoleCommand(shell))
        .addSubcommand(new DisableCommand(shell))
        .addSubcommand(new EnableCommand(shell))
        .addSubcommand(new ResetPasswordCommand(shell))
        .addSubcommand(new RotateSigningKeyCommand(shell))
        .addSubcommand(new RotateSecretKeysCommand(shell))
        .addSubcommand(RoomCommands.rebuild(shell));
  }

  /** {@code clawlive audit}. */
  public static CommandLine audit(Shell shell) {
    return new CommandLine(new AuditGroup())
        .addSubcommand(new AuditListCommand(shell))
        .addSubcommand(new AuditVerifyCommand(shell));
  }

  @Command(name = "admin", description = "Accounts, signing keys and tables, for administrators.")
  static final class AdminGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }

  @Command(name = "audit", description = "What was changed of identities and access, by whom.")
  static final class AuditGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
