package io.clawlive.cli.view;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.EventJson;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.sdk.StreamItem;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Prints events as they come: text for people, JSON lines for programs, notices beside them. */
public final class EventPrinter {
  private static final Duration LONG = Duration.ofHours(1);

  private final OutputOptions output;
  private final EventText text;

  /** Prints to the output of a command, with colours where the terminal takes them. */
  public EventPrinter(OutputOptions output, Shell shell) {
    this.output = output;
    this.text = new EventText(shell.terminal().colour(), ZoneId.systemDefault());
  }

  /** Prints everything until the stream is done. */
  public void printAll(EventStream stream) {
    for (Optional<StreamItem> item = next(stream); item.isPresent(); item = next(stream)) {
      switch (item.get()) {
        case StreamEvent event -> print(event);
        case StreamItem.Gap gap ->
            notice("Events %d to %d were removed by retention.".formatted(gap.first(), gap.last()));
        case StreamItem.Ended ended -> notice("The session has ended.");
        case StreamItem.CaughtUp caughtUp -> output.flush();
      }
    }
    output.flush();
  }

  /** Prints one event; it may stay in the buffer until the next flush. */
  public void print(StreamEvent event) {
    output.out().println(output.json() ? EventJson.write(event) : text.render(event));
  }

  private void notice(String sentence) {
    output.flush();
    if (!output.json()) {
      output.notice(sentence);
    }
  }

  /** The next item; whatever was printed is shown before a wait begins. */
  private Optional<StreamItem> next(EventStream stream) {
    Optional<StreamItem> item = stream.poll(Duration.ZERO);
    while (item.isEmpty() && !stream.isDone()) {
      output.flush();
      item = stream.poll(LONG);
    }
    return item;
  }
}
