package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.DecideApprovalRequest;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.rooms.ApprovalRepository.ApprovalRow;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.ApprovalChange;
import io.clawlive.streams.v1.ApprovalDeciders;
import io.clawlive.streams.v1.ApprovalState;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskState;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions that somebody has to decide: asked, decided, and over when nobody did in time. */
@Singleton
public final class Approvals {
  private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
  private static final int MOST_WAITING = 200;
  static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);

  private final RoomChanges changes;
  private final ApprovalRepository repository;
  private final TaskRepository tasks;
  private final HeldTasks held;
  private final Assignment assignment;
  private final Clock clock;

  Approvals(
      RoomChanges changes,
      ApprovalRepository repository,
      TaskRepository tasks,
      HeldTasks held,
      Assignment assignment,
      Clock clock) {
    this.changes = changes;
    this.repository = repository;
    this.tasks = tasks;
    this.held = held;
    this.assignment = assignment;
    this.clock = clock;
  }

  /**
   * Asks for a decision. The same request again is the same question.
   *
   * @throws Refusal for every reason of RequestApproval
   */
  public Approval request(UUID room, RequestApprovalRequest request, Caller caller) {
    String producer = Producers.of("approval", caller, Producers.request(request.getRequestId()));
    Approval.Builder asked =
        Approval.newBuilder()
            .setTitle(TaskWriting.title(request.getTitle()))
            .setDescription(request.getDescription())
            .setTaskId(request.getTaskId())
            .setRequester(Parties.of(caller))
            .setDeciders(
                request.getDeciders() == ApprovalDeciders.APPROVAL_DECIDERS_UNSPECIFIED
                    ? ApprovalDeciders.APPROVAL_DECIDERS_PEOPLE
                    : request.getDeciders());
    Duration lifetime =
        request.hasLifetime()
            ? Duration.ofSeconds(
                request.getLifetime().getSeconds(), request.getLifetime().getNanos())
            : DEFAULT_LIFETIME;
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          Optional<ApprovalRow> earlier = repository.made(room, producer);
          if (earlier.isPresent()) {
            return read(earlier.get());
          }
          draft.requireOpen();
          Standing.of(draft.view(), caller).requireInside(draft.view());
          if (request.getTaskId() != 0 && tasks.find(room, request.getTaskId()).isEmpty()) {
            throw Tasks.notFound(request.getTaskId());
          }
          return ask(draft, producer, asked, lifetime);
        });
  }

  /** Writes a question in a room that is held; the builder says what is asked and by whom. */
  Approval ask(RoomDraft draft, String producer, Approval.Builder asked, Duration lifetime) {
    if (repository.waiting(draft.id()) >= MOST_WAITING) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_APPROVALS,
          "%,d questions wait for a decision in the room; more are not taken."
              .formatted(MOST_WAITING),
          "limit",
          Integer.toString(MOST_WAITING));
    }
    Instant now = clock.instant();
    asked
        .setApprovalId(repository.next(draft.id()))
        .setState(ApprovalState.APPROVAL_STATE_PENDING)
        .setCreatedAt(Timestamps.of(now))
        .setExpiresAt(Timestamps.of(now.plus(lifetime)));
    return draft.tell(producer, told(asked)).getApproval().getApproval();
  }

  private static Event.Builder told(Approval.Builder approval) {
    return Event.newBuilder().setApproval(ApprovalChange.newBuilder().setApproval(approval));
  }

  private static Approval read(ApprovalRow row) {
    return Stored.read(Approval.parser(), row.content());
  }

  /** Decides; the same decision by the same member again changes nothing. */
  Approval decide(UUID room, DecideApprovalRequest request, Caller caller) {
    ApprovalState decision =
        switch (request.getDecision()) {
          case DECISION_APPROVE -> ApprovalState.APPROVAL_STATE_APPROVED;
          case DECISION_REQUEST_CHANGES -> ApprovalState.APPROVAL_STATE_CHANGES_REQUESTED;
          case DECISION_NEEDS_DISCUSSION -> ApprovalState.APPROVAL_STATE_NEEDS_DISCUSSION;
          case DECISION_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException("the contract refuses " + request.getDecision());
        };
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          draft.requireOpen();
          Approval approval =
              repository
                  .find(room, request.getApprovalId())
                  .map(Approvals::read)
                  .orElseThrow(() -> notFound(request.getApprovalId()));
          Standing who = Standing.of(draft.view(), caller);
          if (approval.getState() == decision && who.is(approval.getDecider())) {
            return approval;
          }
          requireWaiting(approval);
          Optional<Task> task = task(draft, approval.getTaskId());
          requireMay(who, approval, task);
          Approval decided =
              draft
                  .tell(
                      told(
                          approval.toBuilder()
                              .setState(decision)
                              .setDecider(who.party())
                              .setComment(request.getComment())
                              .setDecidedAt(Timestamps.of(clock.instant()))))
                  .getApproval()
                  .getApproval();
          task.filter(work -> work.getState() == TaskState.TASK_STATE_REVIEW)
              .ifPresent(work -> follow(draft, decided, work));
          return decided;
        });
  }

  static Refusal notFound(long approval) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_APPROVAL_NOT_FOUND,
        "The room has no question %,d.".formatted(approval),
        "approval_id",
        Long.toString(approval));
  }

  private Optional<Task> task(RoomDraft draft, long id) {
    return tasks.find(draft.id(), id).map(row -> Stored.read(Task.parser(), row.content()));
  }

  private static boolean waits(Approval approval) {
    return switch (approval.getState()) {
      case APPROVAL_STATE_PENDING, APPROVAL_STATE_NEEDS_DISCUSSION -> true;
      case APPROVAL_STATE_UNSPECIFIED,
          APPROVAL_STATE_APPROVED,
          APPROVAL_STATE_CHANGES_REQUESTED,
          APPROVAL_STATE_EXPIRED,
          UNRECOGNIZED ->
          false;
    };
  }

  private boolean late(Approval approval) {
    return !Timestamps.instant(approval.getExpiresAt()).isAfter(clock.instant());
  }

  private void requireWaiting(Approval approval) {
    if (!waits(approval) || late(approval)) {
      ApprovalState state =
          waits(approval) ? ApprovalState.APPROVAL_STATE_EXPIRED : approval.getState();
      String word = state.name().substring("APPROVAL_STATE_".length()).toLowerCase(Locale.ROOT);
      throw Refusal.of(
          ErrorReason.ERROR_REASON_APPROVAL_CLOSED,
          "Question %,d is closed: %s.".formatted(approval.getApprovalId(), word.replace('_', ' ')),
          "approval_id",
          Long.toString(approval.getApprovalId()),
          "state",
          word);
    }
  }

  private static void requireMay(Standing who, Approval approval, Optional<Task> task) {
    boolean person = !Parties.isAgent(who.party());
    boolean among =
        switch (approval.getDeciders()) {
          case APPROVAL_DECIDERS_HOSTS -> who.rules();
          case APPROVAL_DECIDERS_PEOPLE, APPROVAL_DECIDERS_UNSPECIFIED, UNRECOGNIZED ->
              person && (who.inside() || who.rules());
          case APPROVAL_DECIDERS_MEMBERS -> who.inside() || who.rules();
        };
    boolean asked = who.is(approval.getRequester());
    boolean own = !person && task.filter(work -> who.is(work.getAssignee())).isPresent();
    if (!among || asked || own) {
      String deciders =
          switch (approval.getDeciders()) {
            case APPROVAL_DECIDERS_HOSTS -> "hosts";
            case APPROVAL_DECIDERS_PEOPLE, APPROVAL_DECIDERS_UNSPECIFIED, UNRECOGNIZED -> "people";
            case APPROVAL_DECIDERS_MEMBERS -> "members";
          };
      throw Refusal.of(
          ErrorReason.ERROR_REASON_DECISION_NOT_ALLOWED,
          asked
              ? "Nobody decides what they asked themselves."
              : own
                  ? "An agent does not decide about its own work."
                  : "Question %,d is for %s to decide."
                      .formatted(approval.getApprovalId(), deciders),
          "approval_id",
          Long.toString(approval.getApprovalId()),
          "deciders",
          deciders);
    }
  }

  /** What becomes of the work that was decided on. */
  private void follow(RoomDraft draft, Approval decided, Task work) {
    String reason = "As decided on question %,d.".formatted(decided.getApprovalId());
    if (decided.getState() == ApprovalState.APPROVAL_STATE_APPROVED
        && draft.view().facts().getSettings().getAutoMergeEnabled()) {
      tell(draft, TaskStep.MERGE, work, reason);
    } else if (decided.getState() == ApprovalState.APPROVAL_STATE_CHANGES_REQUESTED) {
      Party worker = tell(draft, TaskStep.REQUEST_CHANGES, work, reason).getAssignee();
      held.reopenUnlessThere(draft, worker);
      assignment.give(draft);
    }
  }

  private Task tell(RoomDraft draft, TaskStep step, Task work, String reason) {
    return draft
        .tell(TaskDraft.told(step, work.getState(), work.toBuilder(), reason, clock.instant()))
        .getTask()
        .getTask();
  }

  /** Closes what nobody decided in time; whichever server comes first does, once. */
  @Scheduled(fixedDelay = "1s", initialDelay = "1s")
  void expire() {
    try {
      for (ApprovalRow row : repository.late(clock.instant())) {
        changes.sweep(row.roomId(), draft -> expire(draft, row.approvalId()));
      }
    } catch (RuntimeException e) {
      LOG.warn("questions that are over could not be closed: {}", e.getMessage());
    }
  }

  private void expire(RoomDraft draft, long id) {
    repository
        .find(draft.id(), id)
        .map(Approvals::read)
        .filter(approval -> waits(approval) && late(approval) && !draft.view().completed())
        .ifPresent(approval ->
            draft.tellByServer(
                told(approval.toBuilder().setState(ApprovalState.APPROVAL_STATE_EXPIRED))));
  }
}
