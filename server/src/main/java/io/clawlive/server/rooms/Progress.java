package io.clawlive.server.rooms;

import io.clawlive.rooms.v1.ReportProgressRequest;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.EventReader;
import io.clawlive.streams.v1.Event;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** How far somebody is. It is only told, and no table keeps it. */
@Singleton
public final class Progress {
  private static final String KIND = "progress";

  private final RoomViews views;
  private final TaskRepository tasks;
  private final EventLog log;
  private final EventReader events;

  Progress(RoomViews views, TaskRepository tasks, EventLog log, EventReader events) {
    this.views = views;
    this.tasks = tasks;
    this.log = log;
    this.events = events;
  }

  /**
   * Tells how far the caller is. The future completes with the event's sequence after the commit.
   *
   * @throws Refusal for every reason of ReportProgress
   */
  public CompletableFuture<Long> report(UUID id, ReportProgressRequest request, Caller caller) {
    return report(id, request, "", caller);
  }

  /**
   * As {@link #report(UUID, ReportProgressRequest, Caller)}, once.
   *
   * @param requestId the same id by the same caller is the same report; empty is always a new one
   */
  CompletableFuture<Long> report(
      UUID id, ReportProgressRequest request, String requestId, Caller caller) {
    RoomView room = views.get(id);
    if (room.completed()) {
      throw RoomDraft.completed(id);
    }
    Standing who = Standing.of(room, caller);
    who.requireInside(room);
    long task = request.getProgress().getTaskId();
    if (task != 0 && tasks.find(id, task).isEmpty()) {
      throw Tasks.notFound(task);
    }
    Event event =
        Event.newBuilder()
            .setProgress(request.getProgress().toBuilder().setParty(who.party()))
            .build();
    String producer = Producers.of("progress", caller, Producers.request(requestId));
    return log.appendSoon(id, producer, event, caller.actor())
        .thenApply(
            done -> done.inserted() > 0 ? done.sequence() : events.sequenceOf(id, KIND, producer))
        .exceptionally(e -> RoomChat.refused(id, e));
  }
}
