package io.clawlive.server.rooms;

import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.rooms.ApprovalRepository.ApprovalRow;
import io.clawlive.server.rooms.TaskRepository.TaskRow;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.EventProjection;
import io.clawlive.server.streams.Eyes;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.Task;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A room with all that a page or an agent needs to begin. */
@Singleton
final class RoomContexts {
  /** Tasks that somebody still has to do with: open, claimed, in progress, review. */
  private static final Short[] UNFINISHED = {1, 2, 3, 4};

  private static final Short[] FINISHED = {5, 6};
  private static final int MOST_UNFINISHED = 1_000;
  private static final int FINISHED_SHOWN = 50;
  private static final int MOST_WAITING = 200;
  private static final int CLOSED_SHOWN = 20;

  private final EventLog log;
  private final RoomTables tables;
  private final TaskRepository tasks;
  private final ApprovalRepository approvals;
  private final RoomChat chat;
  private final RoomMessages messages;

  RoomContexts(
      EventLog log,
      RoomTables tables,
      TaskRepository tasks,
      ApprovalRepository approvals,
      RoomChat chat,
      RoomMessages messages) {
    this.log = log;
    this.tables = tables;
    this.tasks = tasks;
    this.approvals = approvals;
    this.chat = chat;
    this.messages = messages;
  }

  /**
   * A room as this caller may see it. The position is read first, so what happens meanwhile may be
   * in here and comes again as an event, and nothing is left out.
   */
  GetRoomContextResponse of(UUID id, int newestMessages, Caller caller) {
    long position = log.state(id).lastSequence();
    RoomView room =
        tables
            .find(id)
            .filter(found -> !found.deleted())
            .orElseThrow(() -> RoomViews.notFound(id.toString()));
    Eyes eyes = RoomAudience.eyes(room, caller);
    var context =
        GetRoomContextResponse.newBuilder()
            .setRoom(messages.message(room, caller))
            .addAllMessages(chat.newest(id, newestMessages, position + 1, eyes, caller))
            .setLastSequence(position);
    room.members()
        .values()
        .forEach(in -> context.addMembers(EventProjection.show(in.member(), eyes)));
    Stream.concat(
            tasks.newest(id, UNFINISHED, MOST_UNFINISHED).stream(),
            tasks.newest(id, FINISHED, FINISHED_SHOWN).stream())
        .sorted(java.util.Comparator.comparingLong(TaskRow::taskId))
        .map(row -> EventProjection.show(Stored.read(Task.parser(), row.content()), eyes))
        .forEach(context::addTasks);
    List<ApprovalRow> waiting = approvals.page(id, 0, true, MOST_WAITING);
    Stream.concat(waiting.stream(), approvals.closed(id, CLOSED_SHOWN).stream())
        .sorted(java.util.Comparator.comparingLong(ApprovalRow::approvalId))
        .map(row -> EventProjection.show(Stored.read(Approval.parser(), row.content()), eyes))
        .forEach(context::addApprovals);
    return context.build();
  }
}
