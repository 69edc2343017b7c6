package io.clawlive.server.rooms;

import io.clawlive.server.streams.EventLedger;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ActorKind;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way a room changes: hold it, decide, tell, commit, and then wake whoever watches. Changes
 * of one room wait for each other, on all servers, so of many that race exactly one comes first.
 */
@Singleton
class RoomChanges {
  /** The server itself. */
  static final Actor SERVER = Actor.newBuilder().setKind(ActorKind.ACTOR_KIND_SERVER).build();

  private static final Logger LOG = LoggerFactory.getLogger(RoomChanges.class);
  private static final int STRIPES = 256;

  private final EventLedger ledger;
  private final RoomTables tables;
  private final RoomProjection projection;
  private final RoomViews views;

  /** Those who wait for a room here wait before they take a connection. */
  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  RoomChanges(EventLedger ledger, RoomTables tables, RoomProjection projection, RoomViews views) {
    this.ledger = ledger;
    this.tables = tables;
    this.projection = projection;
    this.views = views;
  }

  /** Decides about a room. */
  interface Decision<T> extends Function<RoomDraft, T> {}

  private record Done<T>(T result, EventLedger.Page page) {}

  /** Changes a room on behalf of somebody. */
  <T> T change(UUID room, Actor actor, Decision<T> decision) {
    ReentrantLock lock = locks[Math.floorMod(room.hashCode(), STRIPES)];
    lock.lock();
    Done<T> done;
    try {
      done = decide(room, actor, decision);
      views.forget(room);
    } finally {
      lock.unlock();
    }
    ledger.committed(done.page());
    return done.result();
  }

  /** Changes a room by itself; when that fails, the next room has its turn all the same. */
  void sweep(UUID room, Consumer<RoomDraft> decision) {
    try {
      change(
          room,
          SERVER,
          draft -> {
            decision.accept(draft);
            return null;
          });
    } catch (RuntimeException e) {
      LOG.warn("room {} could not be looked after: {}", room, e.getMessage());
    }
  }

  @Transactional
  <T> Done<T> decide(UUID room, Actor actor, Decision<T> decision) {
    var draft = new RoomDraft(room, ledger, tables, projection, actor);
    T result = decision.apply(draft);
    return new Done<>(result, draft.page());
  }
}
