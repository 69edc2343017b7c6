package io.clawlive.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "clawlive",
    synopsisSubcommandLabel = "COMMAND",
    description = "Stream an agent's work and watch it.",
    footerHeading = "%nEnvironment%n",
    footer = {
      "  CLAWLIVE_SERVER    server, HOST:PORT     (--server goes before it)",
      "  CLAWLIVE_TOKEN     credential            (goes before stored ones)",
      "  CLAWLIVE_PROFILE   profile               (--profile goes before it)",
      "  CLAWLIVE_SESSION   session to write to   (--session goes before it)",
      "  CLAWLIVE_HOME      profiles, credentials, state; default ~/.clawlive",
      "  NO_COLOR           any value: no colours",
      "",
      "Exit codes",
      "  0 ok, 1 failed, 2 usage, 3 not found, 4 not allowed, 5 unavailable,",
      "  6 rate-limited, 130 interrupted; 'run' ends with its command's code",
      "",
      "First steps",
      "  clawlive demo                 see it work",
      "  clawlive COMMAND --help       all about one command"
    })
final class RootCommand implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "A command is missing.");
  }
}
