package io.clawlive.server.rooms;

import io.clawlive.rooms.v1.AssignTaskRequest;
import io.clawlive.rooms.v1.ClaimTaskRequest;
import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.rooms.v1.CreateTaskRequest;
import io.clawlive.rooms.v1.GetTaskRequest;
import io.clawlive.rooms.v1.HeartbeatRequest;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.ListApprovalsRequest;
import io.clawlive.rooms.v1.MoveRoomRequest;
import io.clawlive.rooms.v1.MoveTaskRequest;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.SendRoomMessageResponse;
import io.clawlive.rooms.v1.SteerAgentRequest;
import io.clawlive.rooms.v1.SubmitWorkRequest;
import io.clawlive.rooms.v1.SubmitWorkResponse;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.server.testing.Client;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.SteeringAction;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.WorkSubmission;
import java.util.List;

/** A room that is at work, and what its members do with tasks there. */
record TaskRoom(String id, Client host) {
  static final WorkSubmission WORK =
      WorkSubmission.newBuilder()
          .setBranch("fix")
          .setPullRequestUrl("https://example.org/pull/1")
          .setDescription("done")
          .build();

  static TaskRoom open(Client host) {
    return open(host, RoomSettings.getDefaultInstance());
  }

  static TaskRoom open(Client host, RoomSettings.Builder settings) {
    return open(host, settings.build());
  }

  static TaskRoom open(Client host, RoomSettings settings) {
    var made =
        host.rooms()
            .createRoom(
                CreateRoomRequest.newBuilder()
                    .setName("work")
                    .setActive(true)
                    .setSettings(settings)
                    .build());
    return new TaskRoom(made.getRoom().getRoomId(), host);
  }

  TaskRoom with(Client... members) {
    for (Client member : members) {
      var unused = member.rooms().joinRoom(JoinRoomRequest.newBuilder().setRoomId(id).build());
    }
    return this;
  }

  void become(RoomState state) {
    var unused =
        host.rooms().moveRoom(MoveRoomRequest.newBuilder().setRoomId(id).setState(state).build());
  }

  void present(Client agent, Presence presence) {
    var unused =
        agent
            .rooms()
            .heartbeat(
                HeartbeatRequest.newBuilder()
                    .setRoomId(id)
                    .setDeviceId("one")
                    .setPresence(presence)
                    .build());
  }

  void present(Client agent) {
    present(agent, Presence.PRESENCE_ACTIVE);
  }

  void steer(String handle, SteeringAction action) {
    var unused =
        host.rooms()
            .steerAgent(
                SteerAgentRequest.newBuilder()
                    .setRoomId(id)
                    .setMemberId(handle)
                    .setAction(action)
                    .build());
  }

  Task create(Client by, String title) {
    return create(by, CreateTaskRequest.newBuilder().setTitle(title));
  }

  Task create(Client by, CreateTaskRequest.Builder request) {
    return by.tasks().createTask(request.setRoomId(id).build()).getTask();
  }

  Task claim(Client by, long task) {
    return by.tasks()
        .claimTask(ClaimTaskRequest.newBuilder().setRoomId(id).setTaskId(task).build())
        .getTask();
  }

  Task assign(Client by, long task, String member) {
    return by.tasks()
        .assignTask(
            AssignTaskRequest.newBuilder()
                .setRoomId(id)
                .setTaskId(task)
                .setMemberId(member)
                .build())
        .getTask();
  }

  Task move(Client by, long task, TaskMove move) {
    return by.tasks()
        .moveTask(MoveTaskRequest.newBuilder().setRoomId(id).setTaskId(task).setMove(move).build())
        .getTask();
  }

  SubmitWorkResponse submit(Client by, long task, WorkSubmission work) {
    return by.tasks()
        .submitWork(
            SubmitWorkRequest.newBuilder().setRoomId(id).setTaskId(task).setWork(work).build());
  }

  /** Claims, begins and hands in. */
  SubmitWorkResponse work(Client by, long task, WorkSubmission work) {
    claim(by, task);
    move(by, task, TaskMove.TASK_MOVE_START);
    return submit(by, task, work);
  }

  Task read(long task) {
    return host.tasks()
        .getTask(GetTaskRequest.newBuilder().setRoomId(id).setTaskId(task).build())
        .getTask();
  }

  String holder(long task) {
    return read(task).getAssignee().getHandle();
  }

  List<Approval> approvals(boolean waiting) {
    return host.tasks()
        .listApprovals(ListApprovalsRequest.newBuilder().setRoomId(id).setWaiting(waiting).build())
        .getApprovalsList();
  }

  SendRoomMessageResponse say(Client by, String message) {
    return say(by, SendRoomMessageRequest.newBuilder().setMessage(message));
  }

  SendRoomMessageResponse say(Client by, SendRoomMessageRequest.Builder request) {
    return by.chat().sendRoomMessage(request.setRoomId(id).build());
  }

  List<Event> events() {
    return host.everything(id);
  }

  /** What happened to a task, in order. */
  List<TaskChangeKind> story(long task) {
    return events().stream()
        .filter(Event::hasTask)
        .map(Event::getTask)
        .filter(change -> change.getTask().getTaskId() == task)
        .map(TaskChange::getChange)
        .toList();
  }
}
