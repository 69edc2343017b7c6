package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rooms as this server knows them, so that a message costs no query. What this server changes it
 * knows at once; what another one changed it knows within a second.
 */
@Singleton
final class RoomViews {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MOST = 10_000;

  private record Kept(RoomView view, long readNanos) {
    boolean fresh() {
      return System.nanoTime() - readNanos < FRESH_NANOS;
    }
  }

  private final RoomTables tables;
  private final ConcurrentHashMap<UUID, Kept> views = new ConcurrentHashMap<>();

  RoomViews(RoomTables tables) {
    this.tables = tables;
  }

  /** A room that is there. */
  Optional<RoomView> find(UUID id) {
    Kept known = views.get(id);
    if (known == null || !known.fresh()) {
      if (views.size() > MOST) {
        views.clear();
      }
      // One asks, the others wait for the answer.
      known =
          views.compute(
              id,
              (room, kept) ->
                  kept != null && kept.fresh()
                      ? kept
                      : tables.find(room).map(v -> new Kept(v, System.nanoTime())).orElse(null));
    }
    return Optional.ofNullable(known).map(Kept::view).filter(view -> !view.deleted());
  }

  RoomView get(UUID id) {
    return find(id).orElseThrow(() -> notFound(id.toString()));
  }

  /** The room changed. */
  void forget(UUID id) {
    views.remove(id);
  }

  static Refusal notFound(String id) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_ROOM_NOT_FOUND, "There is no room " + id + ".", "room_id", id);
  }
}
