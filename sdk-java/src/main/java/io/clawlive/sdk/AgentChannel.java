package io.clawlive.sdk;

import io.clawlive.rooms.v1.ChannelChat;
import io.clawlive.rooms.v1.ChannelHello;
import io.clawlive.rooms.v1.ChannelResult;
import io.clawlive.rooms.v1.ChannelStatus;
import io.clawlive.rooms.v1.ChannelWelcome;
import io.clawlive.rooms.v1.ClaimTaskRequest;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.LeaveRoomRequest;
import io.clawlive.rooms.v1.MoveTaskRequest;
import io.clawlive.rooms.v1.ReportProgressRequest;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.rooms.v1.SubmitWorkRequest;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.sdk.internal.ChannelLink;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import io.clawlive.streams.v1.AgentActivity;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskProgress;
import io.clawlive.streams.v1.WorkSubmission;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An agent's lasting connection to all of its rooms, over any number of lost connections and server
 * restarts. {@link ClawLive#agentChannel} says what it does and opens it.
 *
 * <p>Handlers get each room's events in order, one at a time; different rooms run beside each
 * other. An event is handled once in a process, and with a {@link CursorStore#file} once at all,
 * except that one whose handler was running when the process died comes again. It is acknowledged
 * when its handlers returned. While the handlers are behind, the channel asks for no more; nothing
 * is dropped.
 *
 * <p>Every request is sent again after a lost connection until it is answered, under one id, so it
 * is done once. Its future fails with a {@link ClawLiveException} when it is refused or the channel
 * ends; it has no limit of its own. Use the channel from any thread.
 *
 * <p>While it is open the agent counts as there, and its reports go out by themselves. It ends for
 * good when another process connects as the same agent ({@link SupersededException}) or its
 * credential is refused.
 */
public final class AgentChannel implements AutoCloseable {
  private final ChannelLink link;

  AgentChannel(
      Transport transport,
      ChannelHello hello,
      int waiting,
      CursorStore cursors,
      ChannelDispatch dispatch,
      Consumer<ConnectionChange> onConnection) {
    link =
        new ChannelLink(
            transport, hello, waiting, cursors, item -> dispatch.run(this, item), onConnection);
  }

  void connect() {
    link.connect();
  }

  /** The agent's id, empty before the first connection. */
  public String agentId() {
    return link.agentId();
  }

  /** How the connection stands. */
  public ConnectionState state() {
    return link.state();
  }

  /** Completes with the server's first welcome: the agent's id, handle and number of rooms. */
  public CompletableFuture<ChannelWelcome> welcomed() {
    return link.welcomed().copy();
  }

  /**
   * Says something to everybody in a room.
   *
   * @param text 1 to 4,000 characters, Markdown
   * @return the message's sequence
   */
  public CompletableFuture<Long> say(String roomId, String text) {
    return say(ChannelChat.newBuilder().setRoomId(roomId).setMessage(text).build(), "");
  }

  /**
   * Says something, to some only or in a thread.
   *
   * @param requestId names the message: the same id again is the same message; at most 64 of A-Z
   *     a-z 0-9 . _ : - ; empty means a new one
   * @return the message's sequence
   */
  public CompletableFuture<Long> say(ChannelChat chat, String requestId) {
    return link.request(ConnectRequest.newBuilder().setRequestId(requestId).setChat(chat).build())
        .thenApply(ChannelResult::getSequence);
  }

  /**
   * Answers a message in its thread, to whoever may read the message; to a direct one its sender
   * alone. The answer's id is made of the message's position: a handler that runs again after a
   * crash says nothing twice, as long as it replies in the same order.
   *
   * @return the answer's sequence
   */
  public CompletableFuture<Long> reply(RoomMessage message, String text) {
    ChannelChat.Builder chat =
        ChannelChat.newBuilder()
            .setRoomId(message.roomId())
            .setMessage(text)
            .setVisibility(message.chat().visibility())
            .setThread(message.sequence());
    if (message.isDirect()) {
      chat.setVisibility(ChatVisibility.CHAT_VISIBILITY_DIRECT)
          .addRecipients(message.sender().getId());
    }
    return say(chat.build(), message.nextReplyId());
  }

  /**
   * Takes a task. Fails with {@link FailedPreconditionException} and reason TASK_TAKEN when another
   * was faster.
   */
  public CompletableFuture<Task> claim(String roomId, long taskId) {
    return task(
        ConnectRequest.newBuilder()
            .setClaim(ClaimTaskRequest.newBuilder().setRoomId(roomId).setTaskId(taskId)));
  }

  /** As {@link #claim(String, long)}. */
  public CompletableFuture<Task> claim(RoomTask task) {
    return claim(task.roomId(), task.taskId());
  }

  /** Begins work on a task that the agent has. */
  public CompletableFuture<Task> start(RoomTask task) {
    return move(task.roomId(), task.taskId(), TaskMove.TASK_MOVE_START, "");
  }

  /** Gives a task back, with a reason of at most 1,024 characters that may be empty. */
  public CompletableFuture<Task> release(RoomTask task, String reason) {
    return move(task.roomId(), task.taskId(), TaskMove.TASK_MOVE_RELEASE, reason);
  }

  /** Moves a task on. */
  public CompletableFuture<Task> move(String roomId, long taskId, TaskMove move, String reason) {
    return task(
        ConnectRequest.newBuilder()
            .setMove(
                MoveTaskRequest.newBuilder()
                    .setRoomId(roomId)
                    .setTaskId(taskId)
                    .setMove(move)
                    .setReason(reason)));
  }

  /** Hands in what was done, in words; the members are asked to decide about it. */
  public CompletableFuture<Task> submit(RoomTask task, String description) {
    return submit(
        task.roomId(),
        task.taskId(),
        WorkSubmission.newBuilder().setDescription(description).setRequestsReview(true).build());
  }

  /** Hands in work; the task is in review then. */
  public CompletableFuture<Task> submit(String roomId, long taskId, WorkSubmission work) {
    return task(
        ConnectRequest.newBuilder()
            .setWork(
                SubmitWorkRequest.newBuilder().setRoomId(roomId).setTaskId(taskId).setWork(work)));
  }

  private CompletableFuture<Task> task(ConnectRequest.Builder request) {
    return link.request(request.build()).thenApply(ChannelResult::getTask);
  }

  /** Says how far the agent is, 0 to 100 percent, with at most 1,024 characters. */
  public CompletableFuture<Long> progress(RoomTask task, int percent, String message) {
    return progress(
        task.roomId(),
        TaskProgress.newBuilder()
            .setTaskId(task.taskId())
            .setPercent(percent)
            .setMessage(message)
            .build());
  }

  /** Says how far the agent is; the sequence of the event. */
  public CompletableFuture<Long> progress(String roomId, TaskProgress progress) {
    return link.request(
            ConnectRequest.newBuilder()
                .setProgress(
                    ReportProgressRequest.newBuilder().setRoomId(roomId).setProgress(progress))
                .build())
        .thenApply(ChannelResult::getSequence);
  }

  /** Asks for a decision. Without a request id it gets one. What is decided comes as an event. */
  public CompletableFuture<Approval> askApproval(RequestApprovalRequest request) {
    String id =
        request.getRequestId().isEmpty() ? UUID.randomUUID().toString() : request.getRequestId();
    return link.request(
            ConnectRequest.newBuilder()
                .setRequestId(id)
                .setApproval(request.toBuilder().setRequestId(id))
                .build())
        .thenApply(ChannelResult::getApproval);
  }

  /** Comes into a room; its context and events follow. */
  public CompletableFuture<Void> join(JoinRoomRequest request) {
    return done(ConnectRequest.newBuilder().setJoin(request));
  }

  /** Leaves a room. */
  public CompletableFuture<Void> leave(String roomId) {
    return done(
        ConnectRequest.newBuilder().setLeave(LeaveRoomRequest.newBuilder().setRoomId(roomId)));
  }

  private CompletableFuture<Void> done(ConnectRequest.Builder request) {
    return link.request(request.build()).thenAccept(result -> {});
  }

  /** Says in all rooms what the agent does, with a note of at most 256 characters. */
  public void status(AgentActivity activity, String note) {
    status("", activity, note);
  }

  /** Says in one room what the agent does. It is said again after a reconnect. */
  public void status(String roomId, AgentActivity activity, String note) {
    link.status(
        ChannelStatus.newBuilder().setRoomId(roomId).setActivity(activity).setNote(note).build());
  }

  /** Completes when the channel is closed; fails with what it could not go on after. */
  public CompletableFuture<Void> ended() {
    return link.ended().copy();
  }

  /**
   * Waits until the channel ends: returns when it was closed.
   *
   * @throws SupersededException when another process connected as the same agent
   * @throws UnauthenticatedException when the credential is refused
   */
  public void awaitEnd() {
    Void unused = Unary.await(link.ended().copy());
  }

  /**
   * Goes on purpose: waits at most 5 s for handlers that run, acknowledges, and says goodbye. The
   * agent is offline and its tasks are open again at once. Called in a handler it does not wait,
   * and that handler's event comes again.
   */
  @Override
  public void close() {
    link.close();
  }
}
