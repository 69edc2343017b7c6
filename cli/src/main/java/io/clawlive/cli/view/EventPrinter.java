package io.clawlive.cli.view;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.sdk.EventJson;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.sdk.StreamItem;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Prints events as they come: text for people, JSON lines for programs, notices beside them. */
public final class EventPrinter {
  private static final Duration LONG = Duration.ofHours(1);

  private final OutputOptions output;
  private final EventText text;
  private final Form form;

  /** Prints to the output of a command, with colours where the terminal takes them. */
  public EventPrinter(OutputOptions output, Shell shell) {
    this(output, shell, Form.SESSION);
  }

  private EventPrinter(OutputOptions output, Shell shell, Form form) {
    this.output = output;
    this.form = form;
    this.text = new EventText(shell.terminal().colour(), ZoneId.systemDefault());
  }

  /** Prints the events of a room: each with its position, by which chat names messages. */
  public static EventPrinter ofRoom(OutputOptions output, Shell shell) {
    return new EventPrinter(output, shell, Form.ROOM);
  }

  /** Prints the events of a sandbox. */
  public static EventPrinter ofSandbox(OutputOptions output, Shell shell) {
    return new EventPrinter(output, shell, Form.SANDBOX);
  }

  /** Prints the lines of logs of a sandbox as they were written, without anything beside them. */
  public static EventPrinter ofLines(OutputOptions output, Shell shell) {
    return new EventPrinter(output, shell, Form.LINES);
  }

  /** What is printed: whose events, or lines alone. */
  private enum Form {
    SESSION("The session has ended."),
    ROOM("The room is closed."),
    SANDBOX("The sandbox is removed."),
    LINES("The sandbox is removed.");

    final String end;

    Form(String end) {
      this.end = end;
    }
  }

  /** Prints everything until the stream is done. */
  public void printAll(EventStream stream) {
    for (Optional<StreamItem> item = next(stream); item.isPresent(); item = next(stream)) {
      switch (item.get()) {
        case StreamEvent event -> print(event);
        case StreamItem.Gap gap ->
            notice("Events %d to %d were removed by retention.".formatted(gap.first(), gap.last()));
        case StreamItem.Ended ended -> notice(form.end);
        case StreamItem.CaughtUp caughtUp -> output.flush();
      }
    }
    output.flush();
  }

  /** Prints one event; it may stay in the buffer until the next flush. */
  public void print(StreamEvent event) {
    if (output.json()) {
      output.out().println(json(event));
      return;
    }
    switch (form) {
      case SESSION, SANDBOX -> output.out().println(text.render(event));
      case ROOM -> output.out().println("%5d ".formatted(event.sequence()) + text.render(event));
      case LINES -> text.line(event).ifPresent(output.out()::print);
    }
  }

  private String json(StreamEvent event) {
    return switch (form) {
      case SESSION -> EventJson.write(event);
      case ROOM -> EventJson.writeInRoom(event);
      case SANDBOX, LINES -> EventJson.writeInSandbox(event);
    };
  }

  /** Prints a message that was said before; it may stay in the buffer until the next flush. */
  public void message(String roomId, ChatMessage message) {
    if (output.json()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("room_id", roomId);
      line.put("type", "message");
      line.putAll(MessageFields.of(message));
      output.out().println(Json.write(line));
    } else {
      output.out().println("%5d ".formatted(message.getSequence()) + text.render(message));
    }
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
