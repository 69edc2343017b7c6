package io.clawlive.cli.streams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "thought",
    description = "Write a thought; it is committed when the command returns.")
final class ThoughtCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "TEXT", description = "Plain text or Markdown, at most 64 KiB.")
  private String text = "";

  @Option(names = "--tag", paramLabel = "T", description = "May be repeated, at most 16 times.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Session; without it the current one.")
  private @Nullable String session;

  ThoughtCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    Publication.publish(
        server, session, Events.thought(Publication.checked("thought", text), tags), output);
  }
}
