package io.clawlive.cli.streams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.ConnectionNotices;
import io.clawlive.cli.view.EventPrinter;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.WatchOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    description = {
      "Show a session's events from its beginning, and go on until it ends.",
      "A lost connection is made again and nothing is shown twice or left out.",
      "Colours of log lines are shown; whatever else could steer the terminal is taken out."
    })
final class WatchCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "ID", description = "Session.")
  private String sessionId = "";

  @ArgGroup private @Nullable Start start;

  /** Where to begin. */
  static final class Start {
    @Option(names = "--from", paramLabel = "N", description = "Begin with this sequence, from 1.")
    private @Nullable Long from;

    @Option(
        names = "--tail",
        paramLabel = "N",
        description = "Begin with the N newest events, at most 100,000.")
    private @Nullable Integer tail;

    WatchOptions options() {
      return tail != null
          ? WatchOptions.tail(tail)
          : WatchOptions.after(from == null ? 0 : Math.max(0, from - 1));
    }
  }

  @Option(
      names = "--type",
      paramLabel = "T",
      description =
          "Only of this type: thought, log, proof, chat, status, alert, reaction, artifact."
              + " Repeatable.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--no-follow",
      description = "End after what is stored instead of waiting for more.")
  private boolean noFollow;

  private final Shell shell;

  WatchCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    WatchOptions options =
        (start == null ? WatchOptions.fromStart() : start.options())
            .withKinds(types)
            .onConnection(new ConnectionNotices(output, "Trying again."));
    String id = SessionChoice.checked(sessionId);
    try (ClawLive client = SessionChoice.connectToSee(server, id);
        EventStream stream =
            client.sessions().watch(id, noFollow ? options.withStopWhenCaughtUp() : options)) {
      new EventPrinter(output, shell).printAll(stream);
    }
  }
}
