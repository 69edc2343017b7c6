package io.clawlive.cli.streams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "log", description = "Write a log line; it is committed when the command returns.")
final class LogCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "LINE", description = "At most 64 KiB; may hold ANSI colours.")
  private String line = "";

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "info")
  private Level level = Level.INFO;

  @Option(
      names = "--module",
      paramLabel = "NAME",
      description = "Part of the program that speaks, at most 128 characters.")
  private String module = "";

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Session; without it the current one.")
  private @Nullable String session;

  LogCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    Publication.publish(
        server,
        session,
        Events.log(level, module, Publication.checked("line", line), false),
        output);
  }
}
