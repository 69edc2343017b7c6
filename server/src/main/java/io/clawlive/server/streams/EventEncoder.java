package io.clawlive.server.streams;

import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.streams.masking.EventMasker;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Turns events as they arrive into what the table holds: completed, masked, encoded. */
@Singleton
final class EventEncoder {
  private final EventMasker masker;
  private final Clock clock;

  EventEncoder(EventMasker masker, Clock clock) {
    this.masker = masker;
    this.clock = clock;
  }

  /** Encodes a producer's batch; its numbers must rise. */
  List<NewEvent> encode(List<Event> events, String producer, Actor actor) {
    Timestamp now = Timestamps.of(clock.instant());
    var encoded = new ArrayList<NewEvent>(events.size());
    long last = 0;
    for (Event event : events) {
      if (event.getProducerSequence() <= last) {
        throw Refusal.of(
            ErrorReason.ERROR_REASON_PRODUCER_SEQUENCE_DISORDER,
            "producer_sequence %,d follows %,d; numbers must rise."
                .formatted(event.getProducerSequence(), last),
            "producer_sequence",
            Long.toString(event.getProducerSequence()),
            "previous",
            Long.toString(last));
      }
      last = event.getProducerSequence();
      requireProducersKind(event);
      encoded.add(encode(event, producer, actor, now));
    }
    return encoded;
  }

  private static void requireProducersKind(Event event) {
    switch (event.getPayloadCase()) {
      case THOUGHT, LOG, PROOF, ARTIFACT -> {}
      case CHAT -> {
        Chat chat = event.getChat();
        if (!chat.equals(
            chat.toBuilder()
                .clearVisibility()
                .clearRecipients()
                .clearMentions()
                .clearThread()
                .clearFromSpectator()
                .build())) {
          throw invalid(
              "visibility, recipients, mentions, thread and from_spectator are for rooms");
        }
      }
      case STATUS,
          ALERT,
          REACTION,
          ROOM,
          MEMBER,
          PRESENCE,
          TASK,
          PROGRESS,
          APPROVAL,
          STEERING,
          CHAT_CHANGE,
          INVITATION,
          SANDBOX ->
          throw invalid(
              "thought, log, proof, chat and artifact are for producers; all others are written by"
                  + " the server alone");
      case PAYLOAD_NOT_SET -> {
        if (event.getUnknownFields().asMap().isEmpty()) {
          throw invalid("one of thought, log, proof, chat or artifact must be set");
        }
      }
    }
  }

  /** The level column: how much a log line matters, or whom a message is for. */
  private static int level(Event event) {
    return switch (event.getPayloadCase()) {
      case LOG -> level(event.getLog().getLevel());
      case CHAT -> EventProjection.grade(event.getChat());
      case CHAT_CHANGE -> EventProjection.grade(event.getChatChange().getVisibility());
      default -> 0;
    };
  }

  private static int level(LogLevel level) {
    return switch (level) {
      case LOG_LEVEL_UNSPECIFIED, UNRECOGNIZED -> LogLevel.LOG_LEVEL_INFO_VALUE;
      case LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR -> level.getNumber();
    };
  }

  private static Refusal invalid(String description) {
    return Refusal.invalid(
        "events.payload: " + description + ".",
        BadRequest.newBuilder()
            .addFieldViolations(
                BadRequest.FieldViolation.newBuilder()
                    .setField("events.payload")
                    .setDescription(description))
            .build());
  }

  /** Encodes an event of the server's own. */
  NewEvent encode(Event event, String producer, Actor actor) {
    return encode(event, producer, actor, Timestamps.of(clock.instant()));
  }

  private NewEvent encode(Event event, String producer, Actor actor, Timestamp now) {
    Event.Builder complete =
        event.toBuilder()
            .clearStreamId()
            .clearSequence()
            .setProducerId(producer)
            .setRecordedAt(now)
            .setActor(actor);
    if (!event.hasOccurredAt()) {
      complete.setOccurredAt(now);
    }
    return new NewEvent(
        event.getProducerSequence(),
        EventKinds.of(event),
        level(event),
        masker.mask(complete.build().toByteArray()));
  }
}
