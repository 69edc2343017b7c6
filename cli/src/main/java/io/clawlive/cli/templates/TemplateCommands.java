package io.clawlive.cli.templates;

import io.clawlive.cli.shell.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the commands of this package. */
public final class TemplateCommands {
  private TemplateCommands() {}

  /** {@code clawlive template}. */
  public static CommandLine template(Shell shell) {
    return new CommandLine(new TemplateGroup())
        .addSubcommand(new TemplateListCommand(shell))
        .addSubcommand(new TemplateShowCommand(shell))
        .addSubcommand(new TemplateReloadCommand(shell));
  }

  @Command(name = "template", description = "What sandboxes are made from.")
  static final class TemplateGroup {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;
  }
}
