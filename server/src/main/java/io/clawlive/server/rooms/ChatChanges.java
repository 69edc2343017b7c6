package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.ChatChangeRepository.ChangeRow;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.server.streams.EventLedger;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.Eyes;
import io.clawlive.streams.v1.ChatChange;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** Edits and deletes messages, in rooms and beside sessions. The log keeps what they were. */
@Singleton
class ChatChanges {
  private final ChatHistory history;
  private final EventLedger ledger;
  private final EventLog log;
  private final RoomViews views;
  private final RoomProjection projection;
  private final ChatChangeRepository repository;

  ChatChanges(
      ChatHistory history,
      EventLedger ledger,
      EventLog log,
      RoomViews views,
      RoomProjection projection,
      ChatChangeRepository repository) {
    this.history = history;
    this.ledger = ledger;
    this.log = log;
    this.views = views;
    this.projection = projection;
    this.repository = repository;
  }

  static Refusal notFound(long sequence) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_MESSAGE_NOT_FOUND,
        "There is no message at sequence %,d.".formatted(sequence),
        "sequence",
        Long.toString(sequence));
  }

  /** Changes the text of the caller's own message. */
  void edit(UUID stream, long sequence, String text, Caller caller) {
    change(stream, message(stream, sequence, caller, false), text, caller);
  }

  /** Deletes the caller's own message, or any where the caller rules. */
  void delete(UUID stream, long sequence, Caller caller) {
    change(stream, message(stream, sequence, caller, true), "", caller);
  }

  /** The message, if the caller may change it. To who may not read it, it is not there. */
  private Event message(UUID stream, long sequence, Caller caller, boolean rulersToo) {
    Optional<RoomView> room = views.find(stream);
    if (room.filter(RoomView::completed).isPresent()) {
      throw RoomDraft.completed(stream);
    }
    Eyes eyes = room.map(r -> RoomAudience.eyes(r, caller)).orElse(Eyes.EVERYTHING);
    Event event = history.at(stream, sequence, eyes);
    boolean own = event.getActor().getId().equals(caller.actor().getId());
    if (!own && !(rulersToo && rules(stream, room, caller))) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_MESSAGE_NOT_YOURS,
          "The message at sequence %,d is %s's.".formatted(sequence, event.getChat().getUser()),
          "sequence",
          Long.toString(sequence));
    }
    return event;
  }

  private boolean rules(UUID stream, Optional<RoomView> room, Caller caller) {
    boolean admin = caller.viewer().everything();
    return room.isPresent()
        ? admin || room.get().insider(caller.actor().getId()).filter(Insider::host).isPresent()
        : caller.mayActFor(
            log.guard(stream.toString(), null, caller.viewer()).orElseThrow().owner());
  }

  private void change(UUID stream, Event message, String text, Caller caller) {
    ledger.committed(write(stream, message, text, caller));
  }

  @Transactional
  EventLedger.Page write(UUID stream, Event message, String text, Caller caller) {
    EventLedger.Page page = ledger.hold(stream).orElseThrow(() -> notFound(message.getSequence()));
    if (page.ended()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_STREAM_ENDED,
          "The stream " + stream + " has ended; its messages stay as they are.",
          "stream_id",
          stream.toString());
    }
    Optional<ChatChange> last =
        repository.of(stream, new Long[] {message.getSequence()}).stream()
            .findFirst()
            .map(ChangeRow::content)
            .map(content -> Stored.read(ChatChange.parser(), content));
    boolean deleted = last.filter(ChatChange::getDeleted).isPresent();
    if (deleted && !text.isEmpty()) {
      throw notFound(message.getSequence());
    }
    String known = last.map(ChatChange::getMessage).orElse(message.getChat().getMessage());
    if (!deleted && !known.equals(text)) {
      Event told =
          ledger.write(
              page,
              "clawlive.chat",
              Event.newBuilder().setProducerSequence(1).setChatChange(told(message, text)).build(),
              caller.actor(),
              false);
      projection.apply(stream, told);
    }
    return page;
  }

  private static ChatChange told(Event message, String text) {
    ChatVisibility visibility = message.getChat().getVisibility();
    ChatChange.Builder change =
        ChatChange.newBuilder()
            .setSequence(message.getSequence())
            .setMessage(text)
            .setDeleted(text.isEmpty())
            .setVisibility(visibility);
    if (visibility == ChatVisibility.CHAT_VISIBILITY_DIRECT) {
      change
          .addAllReaders(message.getChat().getRecipientsList())
          .addReaders(
              Party.newBuilder()
                  .setKind(message.getActor().getKind())
                  .setId(message.getActor().getId())
                  .setHandle(message.getChat().getUser()));
    }
    return change.build();
  }
}
