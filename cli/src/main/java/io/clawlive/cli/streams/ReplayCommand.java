package io.clawlive.cli.streams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.ConnectionNotices;
import io.clawlive.cli.view.EventPrinter;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.sdk.WatchOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "replay", description = "Show what a session holds in the time it took, or faster.")
final class ReplayCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "ID", description = "Session.")
  private String sessionId = "";

  @Option(
      names = "--speed",
      paramLabel = "X",
      description =
          "How many times faster, for example 0.5 or 4, or max. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private String speed = "1";

  @Option(
      names = "--idle-limit",
      paramLabel = "S",
      description = "Wait at most so many seconds between two events.")
  private @Nullable Double idleLimit;

  @Option(
      names = "--from",
      paramLabel = "N",
      description = "Begin with this sequence, from 1.",
      defaultValue = "1")
  private long from;

  @Option(
      names = "--type",
      paramLabel = "T",
      description =
          "Only of this type: thought, log, proof, chat, status, alert, reaction, artifact."
              + " Repeatable.")
  private List<String> types = new ArrayList<>();

  @Spec private CommandSpec command;

  private final Shell shell;

  ReplayCommand(Shell shell) {
    this.shell = shell;
    command = CommandSpec.create();
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    Pace pace = new Pace(factor(), idleLimit == null ? Double.MAX_VALUE : Math.max(0, idleLimit));
    WatchOptions options =
        WatchOptions.after(Math.max(0, from - 1))
            .withKinds(types)
            .onConnection(new ConnectionNotices(output, "Trying again."));
    String id = SessionChoice.checked(sessionId);
    EventPrinter printer = new EventPrinter(output, shell);
    try (ClawLive client = SessionChoice.connectToSee(server, id);
        EventStream stream = client.sessions().replay(id, options)) {
      for (StreamEvent event : stream) {
        pace.await(event.occurredAt(), output::flush);
        printer.print(event);
      }
      output.flush();
    }
  }

  private double factor() {
    if (speed.equals("max")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      double factor = Double.parseDouble(speed);
      if (factor > 0) {
        return factor;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers that make no sense.
    }
    throw new ParameterException(
        command.commandLine(),
        "The speed is '%s'. Expected a number above 0, such as 4, or max.".formatted(speed));
  }
}
