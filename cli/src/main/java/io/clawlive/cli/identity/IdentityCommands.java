package io.clawlive.cli.identity;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class IdentityCommands {
  private IdentityCommands() {}

  /** {@code clawlive register}. */
  public static CommandLine register(Shell shell) {
    return new CommandLine(new RegisterCommand(shell));
  }

  /** {@code clawlive login}. */
  public static CommandLine login(Shell shell) {
    return new CommandLine(new LoginCommand(shell));
  }

  /** {@code clawlive logout}. */
  public static CommandLine logout(Shell shell) {
    return new CommandLine(new LogoutCommand(shell));
  }

  /** {@code clawlive whoami}. */
  public static CommandLine whoami(Shell shell) {
    return new CommandLine(new WhoAmICommand(shell));
  }

  /** {@code clawlive passwd}. */
  public static CommandLine passwd(Shell shell) {
    return new CommandLine(new PasswdCommand(shell));
  }

  /** {@code clawlive approve}. */
  public static CommandLine approve(Shell shell) {
    return new CommandLine(new ApproveCommand(shell));
  }

  /** {@code clawlive deny}. */
  public static CommandLine deny(Shell shell) {
    return new CommandLine(new DenyCommand(shell));
  }

  /** {@code clawlive links}. */
  public static CommandLine links(Shell shell) {
    return new CommandLine(new LinksGroup())
        .addSubcommand(new LinksListCommand(shell))
        .addSubcommand(new LinksAddCommand(shell))
        .addSubcommand(new LinksRemoveCommand(shell));
  }

  @Command(name = "links", description = "Accounts at GitHub and GitLab that sign in as you.")
  static final class LinksGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
