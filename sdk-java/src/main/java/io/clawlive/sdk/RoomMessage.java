package io.clawlive.sdk;

import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ChatVisibility;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A chat message of somebody else, as an agent's handlers get it. */
public final class RoomMessage {
  private final StreamEvent event;
  private final EventPayload.Chat chat;
  private final AtomicInteger replies = new AtomicInteger();

  RoomMessage(StreamEvent event, EventPayload.Chat chat) {
    this.event = event;
    this.chat = chat;
  }

  /** The room. */
  public String roomId() {
    return event.streamId();
  }

  /** Position in the room, by which reactions, edits and threads name it. */
  public long sequence() {
    return event.sequence();
  }

  /** Who wrote it. */
  public Actor sender() {
    return event.actor();
  }

  /** Name of the sender when it was sent. */
  public String user() {
    return chat.user();
  }

  /** Its text, Markdown. */
  public String text() {
    return chat.message();
  }

  /** When it was stored. */
  public Instant at() {
    return event.recordedAt();
  }

  /** Everything else: mentions, thread, visibility. */
  public EventPayload.Chat chat() {
    return chat;
  }

  /** Whether only the sender and the named may read it. */
  public boolean isDirect() {
    return chat.visibility() == ChatVisibility.CHAT_VISIBILITY_DIRECT;
  }

  /**
   * The same for the n-th reply in every process that handles this message, so that a handler which
   * runs again after a crash says nothing twice.
   */
  String nextReplyId() {
    return "reply."
        + roomId().replace("-", "")
        + "."
        + sequence()
        + "."
        + replies.incrementAndGet();
  }

  @Override
  public String toString() {
    return Objects.toString(event);
  }
}
