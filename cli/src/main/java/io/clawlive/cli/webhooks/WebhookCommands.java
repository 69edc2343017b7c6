package io.clawlive.cli.webhooks;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class WebhookCommands {
  private WebhookCommands() {}

  /** {@code clawlive webhook}. */
  public static CommandLine webhook(Shell shell) {
    return new CommandLine(new WebhookGroup())
        .addSubcommand(new WebhookCreateCommand(shell))
        .addSubcommand(new WebhookListCommand(shell))
        .addSubcommand(new WebhookRotateCommand(shell))
        .addSubcommand(new WebhookDeleteCommand(shell))
        .addSubcommand(new WebhookSendTestCommand(shell));
  }

  @Command(
      name = "webhook",
      description = "Sources of signed events for an agent, and a test of one.")
  static final class WebhookGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
