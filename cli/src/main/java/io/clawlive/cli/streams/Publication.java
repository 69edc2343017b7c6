package io.clawlive.cli.streams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.text.LineSplitter;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.PublisherOptions;
import io.clawlive.sdk.SessionPublisher;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.sdk.WatchOptions;
import io.clawlive.streams.v1.Event;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the one event of a command and answers when it is committed. It goes through a
 * publisher, whose rate is not limited, so that a script may call such commands as often as it
 * likes.
 */
final class Publication {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int RECENT = 200;

  private Publication() {}

  static void publish(
      ServerOptions server, @Nullable String session, Event event, OutputOptions output) {
    SessionChoice choice = SessionChoice.of(server, session);
    String id = choice.sessionId();
    try (ClawLive client = choice.connect()) {
      String producer;
      long number;
      try (SessionPublisher publisher =
          client
              .sessions()
              .publisher(id, PublisherOptions.defaults().withCloseTimeout(Duration.ZERO))) {
        number = publisher.event(event);
        publisher.flush(PATIENCE);
        producer = publisher.producerId();
      }
      OptionalLong sequence = sequence(client, id, producer, number);
      output.answer(
          Json.object(
              "session_id",
              id,
              "sequence",
              sequence.isPresent() ? sequence.getAsLong() : null,
              "type",
              event.getPayloadCase().name().toLowerCase(Locale.ROOT)),
          sequence.isPresent() ? "#" + sequence.getAsLong() : "committed");
    }
  }

  /** The acknowledgement names the producer's number only; the position stands on the stream. */
  private static OptionalLong sequence(
      ClawLive client, String session, String producer, long number) {
    WatchOptions recent = WatchOptions.tail(RECENT).withStopWhenCaughtUp();
    try (EventStream events = client.sessions().watch(session, recent)) {
      for (StreamEvent event : events) {
        if (event.producerSequence() == number && event.producerId().equals(producer)) {
          return OptionalLong.of(event.sequence());
        }
      }
    }
    return OptionalLong.empty();
  }

  /** A text that came as an argument, by the rules for input; one that is too long is refused. */
  static String checked(String what, String text) {
    StringBuilder whole = new StringBuilder();
    LineSplitter.split(
        text,
        (line, continued) -> {
          if (continued) {
            throw new Failure(
                ExitCode.USAGE,
                "The %s is longer than %d bytes of UTF-8. Shorten it, or send it with 'clawlive pipe', which splits."
                    .formatted(what, LineSplitter.MOST_BYTES));
          }
          whole.append(whole.isEmpty() ? "" : "\n").append(line);
        });
    return whole.toString();
  }
}
