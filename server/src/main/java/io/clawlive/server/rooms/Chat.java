package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.EventReader;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Reaction;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Writes what is said and what others think of it. */
@Singleton
final class Chat {
  /** A payload kind of the log. */
  static final String KIND = "chat";

  private final EventLog log;
  private final EventReader events;

  Chat(EventLog log, EventReader events) {
    this.log = log;
    this.events = events;
  }

  /**
   * Says something beside a session.
   *
   * @param requestId the same id by the same caller is the same message; empty is always a new one
   * @return the message's sequence
   */
  long send(UUID session, String message, String requestId, Caller caller) {
    var chat = io.clawlive.streams.v1.Chat.newBuilder().setMessage(message);
    return EventLog.await(send(session, chat, requestId, caller));
  }

  /** Says something, under the caller's own name. The future completes after the commit. */
  CompletableFuture<Long> send(
      UUID stream, io.clawlive.streams.v1.Chat.Builder chat, String requestId, Caller caller) {
    String producer = producer(caller, Producers.request(requestId));
    return log.appendSoon(stream, producer, event(chat, caller), caller.actor())
        .thenApply(
            appended -> appended.inserted() > 0 ? appended.sequence() : find(stream, producer));
  }

  /** What somebody says, under its own name. */
  static Event event(io.clawlive.streams.v1.Chat.Builder chat, Caller caller) {
    return Event.newBuilder().setChat(chat.setUser(Parties.of(caller).getHandle())).build();
  }

  /** The name under which a caller's request says something, once. */
  static String producer(Caller caller, String request) {
    return Producers.of(KIND, caller, request);
  }

  /** Where the message stands that was said before. */
  long find(UUID stream, String producer) {
    return events.sequenceOf(stream, KIND, producer);
  }

  /** Puts a reaction on a message beside a session, or takes it back. */
  void react(UUID session, long sequence, String emoji, boolean remove, Caller caller) {
    if (events.at(session, sequence).filter(Event::hasChat).isEmpty()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND,
          "The session has no message at sequence %,d.".formatted(sequence),
          "sequence",
          Long.toString(sequence));
    }
    putReaction(session, sequence, emoji, remove, caller);
  }

  /**
   * Puts a reaction on a message that is there, or takes it back. Writes nothing where that changes
   * nothing.
   */
  void putReaction(UUID stream, long sequence, String emoji, boolean remove, Caller caller) {
    String producer = Producers.of("react", caller, sequence, emoji);
    long changes = events.last(stream, producer);
    boolean there = changes % 2 == 1;
    if (there == remove) {
      var reaction =
          Reaction.newBuilder().setSequence(sequence).setEmoji(emoji).setRemoved(remove).build();
      log.append(
          stream,
          producer,
          Event.newBuilder().setProducerSequence(changes + 1).setReaction(reaction).build(),
          caller.actor());
    }
  }
}
