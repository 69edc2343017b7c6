package io.clawlive.server.rooms;

import io.clawlive.rooms.v1.AssignTaskRequest;
import io.clawlive.rooms.v1.AssignTaskResponse;
import io.clawlive.rooms.v1.ClaimTaskRequest;
import io.clawlive.rooms.v1.ClaimTaskResponse;
import io.clawlive.rooms.v1.CreateTaskRequest;
import io.clawlive.rooms.v1.CreateTaskResponse;
import io.clawlive.rooms.v1.DecideApprovalRequest;
import io.clawlive.rooms.v1.DecideApprovalResponse;
import io.clawlive.rooms.v1.GetTaskRequest;
import io.clawlive.rooms.v1.GetTaskResponse;
import io.clawlive.rooms.v1.ListApprovalsRequest;
import io.clawlive.rooms.v1.ListApprovalsResponse;
import io.clawlive.rooms.v1.ListTasksRequest;
import io.clawlive.rooms.v1.ListTasksResponse;
import io.clawlive.rooms.v1.MoveTaskRequest;
import io.clawlive.rooms.v1.MoveTaskResponse;
import io.clawlive.rooms.v1.ReportProgressRequest;
import io.clawlive.rooms.v1.ReportProgressResponse;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.rooms.v1.RequestApprovalResponse;
import io.clawlive.rooms.v1.SubmitWorkRequest;
import io.clawlive.rooms.v1.SubmitWorkResponse;
import io.clawlive.rooms.v1.TaskServiceGrpc.TaskServiceImplBase;
import io.clawlive.rooms.v1.UpdateTaskRequest;
import io.clawlive.rooms.v1.UpdateTaskResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.rooms.ApprovalRepository.ApprovalRow;
import io.clawlive.server.rooms.TaskRepository.TaskRow;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.EventProjection;
import io.clawlive.server.streams.Eyes;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskState;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The tasks' door: translates, and leaves the deciding to those behind it. */
@Singleton
final class TaskGrpcService extends TaskServiceImplBase {
  private static final Short[] ANY_STATE =
      Arrays.stream(TaskState.values())
          .filter(state -> state != TaskState.UNRECOGNIZED)
          .map(state -> (short) state.getNumber())
          .toArray(Short[]::new);

  private final RoomViews views;
  private final Tasks tasks;
  private final Progress progress;
  private final Approvals approvals;
  private final TaskRepository taskRows;
  private final ApprovalRepository approvalRows;

  TaskGrpcService(
      RoomViews views,
      Tasks tasks,
      Progress progress,
      Approvals approvals,
      TaskRepository taskRows,
      ApprovalRepository approvalRows) {
    this.views = views;
    this.tasks = tasks;
    this.progress = progress;
    this.approvals = approvals;
    this.taskRows = taskRows;
    this.approvalRows = approvalRows;
  }

  private static <T> void answer(StreamObserver<T> out, T answer) {
    out.onNext(answer);
    out.onCompleted();
  }

  private Eyes eyes(UUID room) {
    return RoomAudience.eyes(views.get(room), Caller.CURRENT.get());
  }

  @Override
  public void createTask(CreateTaskRequest request, StreamObserver<CreateTaskResponse> out) {
    Task task = tasks.create(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get());
    answer(out, CreateTaskResponse.newBuilder().setTask(task).build());
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> out) {
    UUID room = UUID.fromString(request.getRoomId());
    Eyes eyes = eyes(room);
    Short[] states =
        request.getStatesCount() == 0
            ? ANY_STATE
            : request.getStatesValueList().stream().map(Integer::shortValue).toArray(Short[]::new);
    int limit = Page.limit(request.getPageSize());
    Page<TaskRow> page =
        Page.cut(
            taskRows.page(room, request.getAfterTaskId(), states, limit),
            limit,
            row -> Long.toString(row.taskId()));
    List<Task> shown =
        page.rows().stream()
            .map(row -> EventProjection.show(Stored.read(Task.parser(), row.content()), eyes))
            .toList();
    answer(
        out,
        ListTasksResponse.newBuilder()
            .addAllTasks(shown)
            .setHasMore(!page.nextToken().isEmpty())
            .build());
  }

  @Override
  public void getTask(GetTaskRequest request, StreamObserver<GetTaskResponse> out) {
    UUID room = UUID.fromString(request.getRoomId());
    Eyes eyes = eyes(room);
    Task task =
        taskRows
            .find(room, request.getTaskId())
            .map(row -> Stored.read(Task.parser(), row.content()))
            .orElseThrow(() -> Tasks.notFound(request.getTaskId()));
    answer(out, GetTaskResponse.newBuilder().setTask(EventProjection.show(task, eyes)).build());
  }

  @Override
  public void updateTask(UpdateTaskRequest request, StreamObserver<UpdateTaskResponse> out) {
    Task task = tasks.update(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get());
    answer(out, UpdateTaskResponse.newBuilder().setTask(task).build());
  }

  @Override
  public void claimTask(ClaimTaskRequest request, StreamObserver<ClaimTaskResponse> out) {
    Task task =
        tasks.claim(
            UUID.fromString(request.getRoomId()), request.getTaskId(), Caller.CURRENT.get());
    answer(out, ClaimTaskResponse.newBuilder().setTask(task).build());
  }

  @Override
  public void assignTask(AssignTaskRequest request, StreamObserver<AssignTaskResponse> out) {
    Task task = tasks.assign(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get());
    answer(out, AssignTaskResponse.newBuilder().setTask(task).build());
  }

  @Override
  public void moveTask(MoveTaskRequest request, StreamObserver<MoveTaskResponse> out) {
    Task task = tasks.move(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get());
    answer(out, MoveTaskResponse.newBuilder().setTask(task).build());
  }

  @Override
  public void submitWork(SubmitWorkRequest request, StreamObserver<SubmitWorkResponse> out) {
    answer(out, tasks.submit(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get()));
  }

  @Override
  public void reportProgress(
      ReportProgressRequest request, StreamObserver<ReportProgressResponse> out) {
    long sequence =
        EventLog.await(
            progress.report(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get()));
    answer(out, ReportProgressResponse.newBuilder().setSequence(sequence).build());
  }

  @Override
  public void requestApproval(
      RequestApprovalRequest request, StreamObserver<RequestApprovalResponse> out) {
    Approval approval =
        approvals.request(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get());
    answer(out, RequestApprovalResponse.newBuilder().setApproval(approval).build());
  }

  @Override
  public void listApprovals(
      ListApprovalsRequest request, StreamObserver<ListApprovalsResponse> out) {
    UUID room = UUID.fromString(request.getRoomId());
    Eyes eyes = eyes(room);
    int limit = Page.limit(request.getPageSize());
    Page<ApprovalRow> page =
        Page.cut(
            approvalRows.page(room, request.getAfterApprovalId(), request.getWaiting(), limit),
            limit,
            row -> Long.toString(row.approvalId()));
    List<Approval> shown =
        page.rows().stream()
            .map(row -> EventProjection.show(Stored.read(Approval.parser(), row.content()), eyes))
            .toList();
    answer(
        out,
        ListApprovalsResponse.newBuilder()
            .addAllApprovals(shown)
            .setHasMore(!page.nextToken().isEmpty())
            .build());
  }

  @Override
  public void decideApproval(
      DecideApprovalRequest request, StreamObserver<DecideApprovalResponse> out) {
    Approval approval =
        approvals.decide(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get());
    answer(out, DecideApprovalResponse.newBuilder().setApproval(approval).build());
  }
}
