package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.streams.EventLedger;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.Event;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room that is held while somebody decides what becomes of it. What is told here is in the log
 * and in the tables at once, or, when the decision fails, nowhere.
 */
final class RoomDraft {
  private final UUID room;
  private final EventLedger ledger;
  private final EventLedger.Page page;
  private final RoomTables tables;
  private final RoomProjection projection;
  private final Actor actor;
  private @Nullable RoomView view;

  RoomDraft(
      UUID room, EventLedger ledger, RoomTables tables, RoomProjection projection, Actor actor) {
    this.room = room;
    this.ledger = ledger;
    this.page = ledger.hold(room).orElseThrow(() -> RoomViews.notFound(room.toString()));
    this.tables = tables;
    this.projection = projection;
    this.actor = actor;
  }

  UUID id() {
    return room;
  }

  EventLedger.Page page() {
    return page;
  }

  /** Whoever changes the room. */
  Actor actor() {
    return actor;
  }

  /** The room as it stands by now. */
  RoomView view() {
    RoomView known = view;
    if (known == null) {
      known =
          tables
              .find(room)
              .filter(found -> !found.deleted())
              .orElseThrow(() -> RoomViews.notFound(room.toString()));
      view = known;
    }
    return known;
  }

  /** Refuses in a room that is for reading only. */
  void requireOpen() {
    if (view().completed()) {
      throw completed(room);
    }
  }

  static Refusal completed(UUID room) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_ROOM_COMPLETED,
        "The room " + room + " is completed; it is for reading only.",
        "room_id",
        room.toString());
  }

  /** Tells what happened. */
  Event tell(Event.Builder event) {
    return tell("clawlive.room", event, actor, false);
  }

  /**
   * Tells what happened as the deed of a producer of its own, by which a repeated call is known.
   *
   * @param producer at most 64 characters
   */
  Event tell(String producer, Event.Builder event) {
    return tell(producer, event, actor, false);
  }

  /**
   * Tells what a producer does once and never again; empty when it has done it before.
   *
   * @param producer at most 64 characters
   */
  Optional<Event> tellOnce(String producer, Event.Builder event) {
    return ledger.begin(page, producer)
        ? Optional.of(tell(producer, event, actor, false))
        : Optional.empty();
  }

  /** Tells what the server did by itself. */
  Event tellByServer(Event.Builder event) {
    return tell("clawlive.room", event, RoomChanges.SERVER, false);
  }

  /** Tells the last thing that happens. */
  Event tellLast(Event.Builder event) {
    return tell("clawlive.room", event, actor, true);
  }

  private Event tell(String producer, Event.Builder event, Actor by, boolean ends) {
    Event stored =
        ledger.write(
            page,
            producer,
            event.setProducerSequence(Math.max(1, event.getProducerSequence())).build(),
            by,
            ends);
    projection.apply(room, stored);
    view = null;
    return Objects.requireNonNull(stored);
  }
}
