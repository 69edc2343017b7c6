package io.clawlive.sdk;

import io.clawlive.rooms.v1.AssignTaskRequest;
import io.clawlive.rooms.v1.AssignTaskResponse;
import io.clawlive.rooms.v1.ClaimTaskRequest;
import io.clawlive.rooms.v1.ClaimTaskResponse;
import io.clawlive.rooms.v1.CreateTaskRequest;
import io.clawlive.rooms.v1.CreateTaskResponse;
import io.clawlive.rooms.v1.GetTaskRequest;
import io.clawlive.rooms.v1.GetTaskResponse;
import io.clawlive.rooms.v1.ListTasksRequest;
import io.clawlive.rooms.v1.ListTasksResponse;
import io.clawlive.rooms.v1.MoveTaskRequest;
import io.clawlive.rooms.v1.MoveTaskResponse;
import io.clawlive.rooms.v1.ReportProgressRequest;
import io.clawlive.rooms.v1.ReportProgressResponse;
import io.clawlive.rooms.v1.SubmitWorkRequest;
import io.clawlive.rooms.v1.SubmitWorkResponse;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.rooms.v1.TaskServiceGrpc;
import io.clawlive.rooms.v1.UpdateTaskRequest;
import io.clawlive.rooms.v1.UpdateTaskResponse;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskProgress;
import io.clawlive.streams.v1.TaskState;
import io.clawlive.streams.v1.WorkSubmission;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What is to be done in a room. Questions that somebody has to decide are at {@link #approvals()}.
 */
public final class Tasks {
  private final Unary unary;
  private final Approvals approvals;

  Tasks(Unary unary) {
    this.unary = unary;
    approvals = new Approvals(unary);
  }

  /** Questions that somebody has to decide. */
  public Approvals approvals() {
    return approvals;
  }

  /**
   * Writes a task. The room's strategy may give it to somebody at once.
   *
   * @param title 1 to 200 characters
   * @throws FailedPreconditionException when the room is completed or has too many tasks
   */
  public Task create(String roomId, String title) {
    return create(CreateTaskRequest.newBuilder().setRoomId(roomId).setTitle(title).build());
  }

  /**
   * As {@link #create(String, String)}, with text, priority and deadline. Without a request id it
   * gets one, so repeats are safe.
   */
  public Task create(CreateTaskRequest request) {
    return Unary.await(createAsync(request));
  }

  /** As {@link #create(CreateTaskRequest)}. */
  public CompletableFuture<Task> createAsync(CreateTaskRequest request) {
    CreateTaskRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return unary
        .call(TaskServiceGrpc.getCreateTaskMethod(), named)
        .thenApply(CreateTaskResponse::getTask);
  }

  /** The tasks of a room by number, read page by page while iterating; no state means any. */
  public Iterable<Task> list(String roomId, TaskState... states) {
    ListTasksRequest first =
        ListTasksRequest.newBuilder().setRoomId(roomId).addAllStates(List.of(states)).build();
    return new Pages<>(
        after ->
            page(
                after.isEmpty()
                    ? first
                    : first.toBuilder().setAfterTaskId(Long.parseLong(after)).build()),
        ListTasksResponse::getTasksList,
        page ->
            page.getHasMore()
                ? Long.toString(page.getTasks(page.getTasksCount() - 1).getTaskId())
                : "");
  }

  /** One page of tasks. */
  public ListTasksResponse page(ListTasksRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListTasksResponse> pageAsync(ListTasksRequest request) {
    return unary.call(TaskServiceGrpc.getListTasksMethod(), request);
  }

  /**
   * Reads one task.
   *
   * @throws NotFoundException when the room has none of this number
   */
  public Task get(String roomId, long taskId) {
    return Unary.await(getAsync(roomId, taskId));
  }

  /** As {@link #get}. */
  public CompletableFuture<Task> getAsync(String roomId, long taskId) {
    return unary
        .call(
            TaskServiceGrpc.getGetTaskMethod(),
            GetTaskRequest.newBuilder().setRoomId(roomId).setTaskId(taskId).build())
        .thenApply(GetTaskResponse::getTask);
  }

  /** Changes what is set in the request. For whoever wrote the task, and hosts. */
  public Task update(UpdateTaskRequest request) {
    return Unary.await(updateAsync(request));
  }

  /** As {@link #update}. */
  public CompletableFuture<Task> updateAsync(UpdateTaskRequest request) {
    return unary
        .call(TaskServiceGrpc.getUpdateTaskMethod(), request)
        .thenApply(UpdateTaskResponse::getTask);
  }

  /**
   * Takes an open task: of many that race one wins. Whoever has it already has it still.
   *
   * @throws FailedPreconditionException with reason TASK_TAKEN when somebody else has it; the
   *     metadata names whom
   * @throws NotAllowedException with reason TASK_RESERVED when it is for somebody else
   */
  public Task claim(String roomId, long taskId) {
    return Unary.await(claimAsync(roomId, taskId));
  }

  /** As {@link #claim}. */
  public CompletableFuture<Task> claimAsync(String roomId, long taskId) {
    return unary
        .call(
            TaskServiceGrpc.getClaimTaskMethod(),
            ClaimTaskRequest.newBuilder().setRoomId(roomId).setTaskId(taskId).build())
        .thenApply(ClaimTaskResponse::getTask);
  }

  /**
   * Gives a task to a member. For hosts.
   *
   * @param member id, handle or name
   */
  public Task assign(String roomId, long taskId, String member) {
    return Unary.await(assignAsync(roomId, taskId, member));
  }

  /** As {@link #assign}. */
  public CompletableFuture<Task> assignAsync(String roomId, long taskId, String member) {
    return unary
        .call(
            TaskServiceGrpc.getAssignTaskMethod(),
            AssignTaskRequest.newBuilder()
                .setRoomId(roomId)
                .setTaskId(taskId)
                .setMemberId(member)
                .build())
        .thenApply(AssignTaskResponse::getTask);
  }

  /** Begins work on a task that the caller has. */
  public Task start(String roomId, long taskId) {
    return move(roomId, taskId, TaskMove.TASK_MOVE_START, "");
  }

  /** Gives a task back; it is open again. */
  public Task release(String roomId, long taskId, String reason) {
    return move(roomId, taskId, TaskMove.TASK_MOVE_RELEASE, reason);
  }

  /**
   * Begins, gives back, merges, rejects or cancels a task.
   *
   * @param reason at most 1,024 characters, may be empty
   * @throws FailedPreconditionException when the task cannot go that way; the metadata names how it
   *     can
   * @throws NotAllowedException when the move is for somebody else
   */
  public Task move(String roomId, long taskId, TaskMove move, String reason) {
    return Unary.await(moveAsync(roomId, taskId, move, reason));
  }

  /** As {@link #move}. */
  public CompletableFuture<Task> moveAsync(
      String roomId, long taskId, TaskMove move, String reason) {
    return unary
        .call(
            TaskServiceGrpc.getMoveTaskMethod(),
            MoveTaskRequest.newBuilder()
                .setRoomId(roomId)
                .setTaskId(taskId)
                .setMove(move)
                .setReason(reason)
                .build())
        .thenApply(MoveTaskResponse::getTask);
  }

  /**
   * Hands in work; the task is in review then. With requests_review the members are asked to
   * decide.
   */
  public SubmitWorkResponse submit(String roomId, long taskId, WorkSubmission work) {
    return Unary.await(submitAsync(roomId, taskId, work));
  }

  /** As {@link #submit}. */
  public CompletableFuture<SubmitWorkResponse> submitAsync(
      String roomId, long taskId, WorkSubmission work) {
    return unary.call(
        TaskServiceGrpc.getSubmitWorkMethod(),
        SubmitWorkRequest.newBuilder().setRoomId(roomId).setTaskId(taskId).setWork(work).build());
  }

  /** Says how far the caller is, for the room to see; its sequence. */
  public long progress(String roomId, TaskProgress progress) {
    return Unary.await(progressAsync(roomId, progress));
  }

  /** As {@link #progress}. */
  public CompletableFuture<Long> progressAsync(String roomId, TaskProgress progress) {
    return unary
        .call(
            TaskServiceGrpc.getReportProgressMethod(),
            ReportProgressRequest.newBuilder().setRoomId(roomId).setProgress(progress).build())
        .thenApply(ReportProgressResponse::getSequence);
  }
}
