package io.clawlive.cli.channel;

import com.google.protobuf.Duration;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.ChannelChat;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.sdk.AgentChannel;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.streams.v1.AgentActivity;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.ApprovalDeciders;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskProgress;
import io.clawlive.streams.v1.WorkSubmission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lines of the program as what the agent does; each with an id is answered by a result line. */
final class Requests implements Consumer<String> {
  private static final int REMEMBERED = 1_000;

  private final AgentChannel agent;
  private final Bridge bridge;
  private final Consumer<Map<String, Object>> answers;
  private final Consumer<String> notices;
  private final Map<String, Integer> replies =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  Requests(
      AgentChannel agent,
      Bridge bridge,
      Consumer<Map<String, Object>> answers,
      Consumer<String> notices) {
    this.agent = agent;
    this.bridge = bridge;
    this.answers = answers;
    this.notices = notices;
  }

  @Override
  public void accept(String text) {
    if (text.isBlank()) {
      return;
    }
    Object id = null;
    try {
      Line line = Line.read(text);
      id = line.id();
      Object named = id;
      CompletableFuture<?> unused =
          run(line).whenComplete((result, failure) -> answer(named, result, failure));
    } catch (IllegalArgumentException notUnderstood) {
      String message = "A line of the program is not understood: " + notUnderstood.getMessage();
      notices.accept(message + ".");
      answers.accept(
          Json.object(
              "type",
              "result",
              "id",
              id,
              "ok",
              false,
              "reason",
              "LINE_INVALID",
              "message",
              message));
    }
  }

  private CompletableFuture<?> run(Line line) {
    return switch (line.required("type")) {
      case "say" -> agent.say(chat(line), line.text("request_id"));
      case "reply" -> agent.say(reply(line), replyId(line));
      case "claim" -> agent.claim(line.room(), line.required("task", 1));
      case "start" -> move(line, TaskMove.TASK_MOVE_START);
      case "release" -> move(line, TaskMove.TASK_MOVE_RELEASE);
      case "submit" -> agent.submit(line.room(), line.required("task", 1), work(line));
      case "progress" -> agent.progress(line.room(), progress(line));
      case "approval" -> agent.askApproval(approval(line));
      case "join" ->
          agent.join(
              JoinRoomRequest.newBuilder()
                  .setRoomId(line.room())
                  .setInvitation(line.text("invitation"))
                  .build());
      case "leave" -> agent.leave(line.room());
      case "status" -> status(line);
      case "ack" -> acknowledged(line);
      case String other ->
          throw new IllegalArgumentException(
              "\"type\" is %s; expected say, reply, claim, start, release, submit, progress, approval, status, join, leave or ack"
                  .formatted(other));
    };
  }

  private static ChannelChat chat(Line line) {
    return ChannelChat.newBuilder()
        .setRoomId(line.room())
        .setMessage(line.required("text"))
        .setThread(line.number("thread", 0))
        .setVisibility(line.word("visibility", ChatVisibility.class, "CHAT_VISIBILITY_"))
        .addAllRecipients(line.texts("to"))
        .build();
  }

  private static ChannelChat reply(Line line) {
    return chat(line).toBuilder().setThread(line.required("sequence", 1)).build();
  }

  /** The n-th reply to a message has one name in every run, so a repeat is the same message. */
  private synchronized String replyId(Line line) {
    String given = line.text("request_id");
    if (!given.isEmpty()) {
      return given;
    }
    String message = line.room().replace("-", "") + "." + line.required("sequence", 1);
    return "reply." + message + "." + replies.merge(message, 1, Integer::sum);
  }

  private CompletableFuture<Task> move(Line line, TaskMove move) {
    return agent.move(line.room(), line.required("task", 1), move, line.text("reason"));
  }

  private static WorkSubmission work(Line line) {
    return WorkSubmission.newBuilder()
        .setDescription(line.text("description"))
        .setBranch(line.text("branch"))
        .setPullRequestUrl(line.text("pull_request_url"))
        .addAllArtifacts(line.texts("artifacts"))
        .setRequestsReview(line.flag("requests_review"))
        .build();
  }

  private static TaskProgress progress(Line line) {
    TaskProgress.Builder progress =
        TaskProgress.newBuilder()
            .setTaskId(line.number("task", 0))
            .setMessage(line.text("message"))
            .addAllFiles(line.texts("files"));
    long percent = line.number("percent", -1);
    if (percent >= 0) {
      progress.setPercent((int) Math.min(percent, Integer.MAX_VALUE));
    }
    return progress.build();
  }

  private static RequestApprovalRequest approval(Line line) {
    RequestApprovalRequest.Builder request =
        RequestApprovalRequest.newBuilder()
            .setRoomId(line.room())
            .setTitle(line.required("title"))
            .setDescription(line.text("description"))
            .setTaskId(line.number("task", 0))
            .setRequestId(line.text("request_id"))
            .setDeciders(line.word("deciders", ApprovalDeciders.class, "APPROVAL_DECIDERS_"));
    long seconds = line.number("lifetime_seconds", 0);
    if (seconds > 0) {
      request.setLifetime(Duration.newBuilder().setSeconds(seconds));
    }
    return request.build();
  }

  private CompletableFuture<?> status(Line line) {
    String room = line.text("room").isEmpty() ? "" : line.room();
    line.required("activity");
    agent.status(
        room, line.word("activity", AgentActivity.class, "AGENT_ACTIVITY_"), line.text("note"));
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<?> acknowledged(Line line) {
    bridge.acknowledge(line.room(), line.required("sequence", 1));
    return CompletableFuture.completedFuture(null);
  }

  private void answer(@Nullable Object id, @Nullable Object result, @Nullable Throwable failure) {
    if (failure != null) {
      refused(id, failure instanceof CompletionException it ? it.getCause() : failure);
    } else if (id != null) {
      answers.accept(
          Json.object(
              "type",
              "result",
              "id",
              id,
              "ok",
              true,
              "sequence",
              result instanceof Long sequence ? sequence : null,
              "task",
              result instanceof Task task ? MessageFields.of(task) : null,
              "approval",
              result instanceof Approval it ? MessageFields.of(it) : null));
    }
  }

  private void refused(@Nullable Object id, @Nullable Throwable failure) {
    String message = String.valueOf(failure == null ? "unknown" : failure.getMessage());
    if (id == null) {
      notices.accept("What the program asked was refused: " + message);
      return;
    }
    ClawLiveException known = failure instanceof ClawLiveException it ? it : null;
    answers.accept(
        Json.object(
            "type",
            "result",
            "id",
            id,
            "ok",
            false,
            "reason",
            known == null ? "FAILED" : known.reason(),
            "message",
            message,
            "retry_after_seconds",
            known == null
                ? null
                : known.retryAfter().map(wait -> Math.max(1, wait.toSeconds())).orElse(null)));
  }
}
