package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.view.ConnectionNotices;
import io.clawlive.sdk.WatchOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where to begin in what a sandbox wrote. */
final class BeginOptions {
  @ArgGroup private @Nullable Start start;

  /** One of two ways. */
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

  WatchOptions options(OutputOptions output, List<String> kinds, boolean follow) {
    WatchOptions options =
        (start == null ? WatchOptions.fromStart() : start.options())
            .withKinds(kinds)
            .onConnection(new ConnectionNotices(output, "Trying again."));
    return follow ? options : options.withStopWhenCaughtUp();
  }
}
