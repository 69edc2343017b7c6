package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.EventReader;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Reaction;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Writes what is said and what others think of it. */
@Singleton
final class Chat {
  /** A payload kind of the log. */
  static final String KIND = "chat";

  private static final int ROWS = 1_000;
  private static final int HASH_BYTES = 20;

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
    String producer = producer(caller, requestId.isEmpty() ? UUID.randomUUID() : requestId);
    return log.appendSoon(stream, producer, event(chat, caller), caller.actor())
        .thenApply(
            appended -> appended.inserted() > 0 ? appended.sequence() : find(stream, producer));
  }

  /** What somebody says, under its own name. */
  static Event event(io.clawlive.streams.v1.Chat.Builder chat, Caller caller) {
    return Event.newBuilder().setChat(chat.setUser(name(caller))).build();
  }

  /** The name under which a caller's request says something, once. */
  static String producer(Caller caller, Object request) {
    return producer("chat", key(caller), request);
  }

  /**
   * Where the message stands that was said before; people repeat themselves soon, so newest first.
   */
  long find(UUID session, String producer) {
    long below = Long.MAX_VALUE;
    while (true) {
      List<Event> page = events.before(session, below, List.of(KIND), ROWS);
      for (Event event : page.reversed()) {
        if (event.getProducerId().equals(producer)) {
          return event.getSequence();
        }
      }
      if (page.isEmpty()) {
        throw new IllegalStateException("no event of a producer that has written");
      }
      below = page.getFirst().getSequence();
    }
  }

  /** Puts a reaction on a message or takes it back. Writes nothing where that changes nothing. */
  void react(UUID session, long sequence, String emoji, boolean remove, Caller caller) {
    if (events.at(session, sequence).filter(Event::hasChat).isEmpty()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND,
          "The session has no message at sequence %,d.".formatted(sequence),
          "sequence",
          Long.toString(sequence));
    }
    String producer = producer("react", key(caller), sequence, emoji);
    long changes = events.last(session, producer);
    boolean there = changes % 2 == 1;
    if (there == remove) {
      var reaction =
          Reaction.newBuilder().setSequence(sequence).setEmoji(emoji).setRemoved(remove).build();
      log.append(
          session,
          producer,
          Event.newBuilder().setProducerSequence(changes + 1).setReaction(reaction).build(),
          caller.actor());
    }
  }

  /** A name of the server's own for what a caller does once; parts of any length fit into it. */
  static String producer(String what, Object... parts) {
    var text = new StringBuilder();
    for (Object part : parts) {
      text.append(part).append('\n');
    }
    byte[] hash = Sha256.of(text.toString());
    return "clawlive." + what + "." + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
  }

  static String key(Caller caller) {
    return caller.actor().getId();
  }

  private static String name(Caller caller) {
    return switch (caller) {
      case Caller.AgentCaller agent -> agent.handle();
      case Caller.AccountCaller person -> person.name();
      case Caller.Spectator _, Caller.WatchCaller _ ->
          throw new IllegalStateException("access let somebody in who may not speak");
    };
  }
}
