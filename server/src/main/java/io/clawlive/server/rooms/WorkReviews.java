package io.clawlive.server.rooms;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.server.streams.masking.EventMasker;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.ApprovalDeciders;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.WorkKind;
import io.clawlive.streams.v1.WorkSubmission;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Questions to the members about work that was handed in. */
@Singleton
final class WorkReviews {
  private static final int MOST_TITLE = 200;
  private static final int LOOKED_AT = 200;

  private final Approvals approvals;
  private final ApprovalRepository repository;
  private final EventMasker masker;

  WorkReviews(Approvals approvals, ApprovalRepository repository, EventMasker masker) {
    this.approvals = approvals;
    this.repository = repository;
    this.masker = masker;
  }

  /** Work as it will stand in the log, so that the same work is known when it comes again. */
  WorkSubmission asStored(WorkSubmission work) {
    WorkSubmission whole =
        work.getKind() == WorkKind.WORK_KIND_UNSPECIFIED
            ? work.toBuilder().setKind(WorkKind.WORK_KIND_CODE).build()
            : work;
    Event event =
        Event.newBuilder()
            .setTask(TaskChange.newBuilder().setTask(Task.newBuilder().setWork(whole)))
            .build();
    try {
      return Event.parseFrom(masker.mask(event.toByteArray())).getTask().getTask().getWork();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a masked event is no event", e);
    }
  }

  /** Asks the people of the room about work. */
  long ask(RoomDraft draft, Task task, Party requester) {
    return approvals
        .ask(
            draft,
            "clawlive.work." + UUID.randomUUID(),
            Approval.newBuilder()
                .setTitle(cut("Task " + task.getTaskId() + ": " + task.getTitle(), MOST_TITLE))
                .setDescription(task.getWork().getDescription())
                .setTaskId(task.getTaskId())
                .setDeciders(ApprovalDeciders.APPROVAL_DECIDERS_PEOPLE)
                .setRequester(requester),
            Approvals.DEFAULT_LIFETIME)
        .getApprovalId();
  }

  /** The question that was asked when a task's work was handed in; 0 when none was. */
  long asked(RoomDraft draft, Task task) {
    if (!task.getWork().getRequestsReview()) {
      return 0;
    }
    return repository.newest(draft.id(), LOOKED_AT).stream()
        .map(row -> Stored.read(Approval.parser(), row.content()))
        .filter(approval ->
            approval.getTaskId() == task.getTaskId()
                && approval.getRequester().getId().equals(task.getAssignee().getId()))
        .mapToLong(Approval::getApprovalId)
        .findFirst()
        .orElse(0);
  }

  /** The beginning of a text, at most so many characters. */
  static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
