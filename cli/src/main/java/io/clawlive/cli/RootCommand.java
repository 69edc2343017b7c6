package io.clawlive.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

@Command(
    name = "clawlive",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "",
    versionProvider = RootCommand.Versions.class,
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
final class RootCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  /** Asked only for --version. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"clawlive " + Version.current()};
    }
  }
}
