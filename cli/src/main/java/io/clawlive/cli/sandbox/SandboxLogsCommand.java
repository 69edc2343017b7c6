package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.EventPrinter;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventPayload;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.Sandbox;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.sdk.StreamItem;
import io.clawlive.streams.v1.SandboxState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "logs",
    description = {
      "Show the lines that a sandbox wrote, of standard output and standard error in their order.",
      "Colours are shown; whatever else could steer the terminal is taken out."
    })
final class SandboxLogsCommand implements Runnable {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until it stops.")
  private boolean follow;

  @Option(names = "--stderr", description = "Only what it wrote to standard error.")
  private boolean onlyErrors;

  @Mixin private final BeginOptions begin = new BeginOptions();

  private boolean stopped;
  private boolean caughtUp;

  SandboxLogsCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    EventPrinter printer = EventPrinter.ofLines(output, shell);
    try (ClawLive client = access.connect()) {
      Sandbox found = SandboxAccess.find(client, sandbox);
      stopped = isOver(found.info().getState());
      try (EventStream stream =
          found.output(begin.options(output, List.of("log", "sandbox"), follow))) {
        for (Optional<StreamItem> item = next(stream); item.isPresent(); item = next(stream)) {
          switch (item.get()) {
            case StreamEvent event -> take(event, printer);
            case StreamItem.CaughtUp mark -> caughtUp = true;
            case StreamItem.Gap gap ->
                output.notice(
                    "Events %d to %d were removed by retention."
                        .formatted(gap.first(), gap.last()));
            case StreamItem.Ended end -> caughtUp = true;
          }
        }
      }
      output.flush();
    }
  }

  private void take(StreamEvent event, EventPrinter printer) {
    switch (event.payload()) {
      case EventPayload.LogLine line -> {
        if (!onlyErrors || line.module().equals("stderr")) {
          printer.print(event);
        }
      }
      case EventPayload.Sandboxed change -> stopped = isOver(change.change().getState());
      default -> {} // Not asked for.
    }
  }

  /** What comes next; empty once nothing will. Whatever was printed is shown before a wait. */
  private Optional<StreamItem> next(EventStream stream) {
    Optional<StreamItem> item = stream.poll(Duration.ZERO);
    while (item.isEmpty() && !stream.isDone()) {
      output.flush();
      boolean ending = caughtUp && stopped;
      item = stream.poll(ending ? LAST_WORDS : LONG);
      if (ending) {
        return item;
      }
    }
    return item;
  }

  private static boolean isOver(SandboxState state) {
    return switch (state) {
      case SANDBOX_STATE_STOPPED,
          SANDBOX_STATE_FAILED,
          SANDBOX_STATE_DELETING,
          SANDBOX_STATE_DELETED ->
          true;
      case SANDBOX_STATE_CREATING,
          SANDBOX_STATE_STARTING,
          SANDBOX_STATE_RUNNING,
          SANDBOX_STATE_STOPPING,
          SANDBOX_STATE_UNSPECIFIED,
          UNRECOGNIZED ->
          false;
    };
  }
}
