package io.clawlive.server.rooms;

import com.google.protobuf.Timestamp;
import io.clawlive.server.rooms.Recording.Entry;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.AgentActivity;
import io.clawlive.streams.v1.Artifact;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberChange;
import io.clawlive.streams.v1.MemberChangeKind;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.PresenceChange;
import io.clawlive.streams.v1.Proof;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskPriority;
import io.clawlive.streams.v1.TaskState;
import io.clawlive.streams.v1.WorkState;
import io.clawlive.streams.v1.WorkSubmission;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Turns the messages of a recording into the events that they would have been. Who speaks in it is
 * nobody here: each gets an id made of the room's and their name.
 */
final class RecordedEvents {
  private final UUID room;
  private final Timestamp start;
  private final Consumer<Event.Builder> out;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Map<String, Task> tasks = new LinkedHashMap<>();

  RecordedEvents(UUID room, Timestamp start, Consumer<Event.Builder> out) {
    this.room = room;
    this.start = start;
    this.out = out;
  }

  /** Somebody is in from the beginning. */
  void member(Entry member) {
    Timestamp joined = member.time("joinedAt");
    join(
        member.required("userId"),
        member.text("type").equals("agent"),
        joined == null ? start : joined);
  }

  private Member join(String name, boolean agent, Timestamp at) {
    Member known = members.get(name);
    if (known != null) {
      return known;
    }
    Member member =
        Member.newBuilder()
            .setParty(
                Party.newBuilder()
                    .setKind(agent ? ActorKind.ACTOR_KIND_AGENT : ActorKind.ACTOR_KIND_ACCOUNT)
                    .setId(
                        UUID.nameUUIDFromBytes(
                                (room + "\n" + name).getBytes(StandardCharsets.UTF_8))
                            .toString())
                    .setHandle(name))
            .setRole(MemberRole.MEMBER_ROLE_MEMBER)
            .setJoinedAt(at)
            .setPresence(Presence.PRESENCE_OFFLINE)
            .setPresenceSince(at)
            .setWork(WorkState.WORK_STATE_RUNNING)
            .build();
    members.put(name, member);
    tell(
        at,
        Event.newBuilder().setMember(change(MemberChangeKind.MEMBER_CHANGE_KIND_JOINED, member)));
    return member;
  }

  private static MemberChange change(MemberChangeKind kind, Member member) {
    return MemberChange.newBuilder().setChange(kind).setMember(member).build();
  }

  /** Something that was sent. */
  void message(Entry message) {
    Timestamp said = message.time("timestamp");
    Timestamp at = said == null ? start : said;
    String type = message.required("type");
    switch (type) {
      case "chat_message" -> chat(message, at);
      case "join_room" -> {
        Member unused =
            join(message.required("userId"), message.text("memberType").equals("agent"), at);
      }
      case "leave_room" -> {
        Member gone = join(message.required("userId"), false, at);
        members.remove(gone.getParty().getHandle());
        tell(
            at,
            Event.newBuilder().setMember(change(MemberChangeKind.MEMBER_CHANGE_KIND_LEFT, gone)));
      }
      case "agent_status" ->
          status(
              message.required("agentId"),
              message.required("status"),
              message.text("currentTask"),
              message,
              at);
      case "agent_action" -> action(message, at);
      default ->
          throw Recording.invalid(
              message.where()
                  + ".type is '"
                  + type
                  + "'; taken are chat_message, agent_action, agent_status, join_room and"
                  + " leave_room.");
    }
  }

  private void chat(Entry message, Timestamp at) {
    String text = message.required("message");
    Member sender = join(message.required("userId"), false, at);
    tell(
        at,
        Event.newBuilder()
            .setChat(
                Chat.newBuilder()
                    .setUser(sender.getParty().getHandle())
                    .setMessage(text)
                    .setVisibility(ChatVisibility.CHAT_VISIBILITY_ROOM)
                    .addAllMentions(Mentions.in(text, List.copyOf(members.values())))));
  }

  private void action(Entry message, Timestamp at) {
    Entry payload = message.part("payload");
    String agent = message.required("agentId");
    String action = message.required("action");
    Party party = join(agent, true, at).getParty();
    switch (action) {
      case "task_pickup" -> pickUp(payload, party, at);
      case "code_commit" ->
          tell(
              at,
              Event.newBuilder()
                  .setProof(
                      Proof.newBuilder()
                          .setKind(ProofKind.PROOF_KIND_COMMIT)
                          .setSha(payload.required("sha"))
                          .setMessage(payload.text("message"))));
      case "pr_created" -> pullRequest(payload, at);
      case "status_update" ->
          status(agent, payload.required("status"), payload.text("currentTask"), payload, at);
      default ->
          throw Recording.invalid(
              message.where()
                  + ".action is '"
                  + action
                  + "'; taken are task_pickup, code_commit, pr_created and status_update.");
    }
  }

  private void pickUp(Entry payload, Party agent, Timestamp at) {
    String name = payload.required("taskId");
    Task task = tasks.get(name);
    if (task == null) {
      String title = payload.required("description").lines().findFirst().orElse(name);
      task =
          Task.newBuilder()
              .setTaskId(tasks.size() + 1)
              .setTitle(title.length() > 200 ? title.substring(0, 200) : title)
              .setDescription(payload.text("description"))
              .setState(TaskState.TASK_STATE_OPEN)
              .setPriority(priority(payload))
              .setCreator(
                  payload.text("assignedBy").isEmpty()
                      ? agent
                      : join(payload.text("assignedBy"), false, at).getParty())
              .setCreatedAt(at)
              .setUpdatedAt(at)
              .build();
      task(name, TaskChangeKind.TASK_CHANGE_KIND_CREATED, task, at);
    }
    task(
        name,
        TaskChangeKind.TASK_CHANGE_KIND_CLAIMED,
        task.toBuilder()
            .setState(TaskState.TASK_STATE_CLAIMED)
            .setAssignee(agent)
            .setUpdatedAt(at)
            .build(),
        at);
  }

  private static TaskPriority priority(Entry payload) {
    String priority = payload.text("priority");
    return switch (priority) {
      case "low" -> TaskPriority.TASK_PRIORITY_LOW;
      case "", "medium" -> TaskPriority.TASK_PRIORITY_MEDIUM;
      case "high" -> TaskPriority.TASK_PRIORITY_HIGH;
      default ->
          throw Recording.invalid(payload.where() + ".priority is none of low, medium, high.");
    };
  }

  private void task(String name, TaskChangeKind kind, Task task, Timestamp at) {
    tasks.put(name, task);
    tell(at, Event.newBuilder().setTask(TaskChange.newBuilder().setChange(kind).setTask(task)));
  }

  private void pullRequest(Entry payload, Timestamp at) {
    String url = payload.required("url");
    Task task = tasks.get(payload.text("taskId"));
    if (task == null) {
      tell(
          at,
          Event.newBuilder()
              .setArtifact(
                  Artifact.newBuilder()
                      .setKind(ArtifactKind.ARTIFACT_KIND_FILE)
                      .setName(payload.text("title"))
                      .setUrl(url)));
    } else {
      task(
          payload.text("taskId"),
          TaskChangeKind.TASK_CHANGE_KIND_SUBMITTED,
          task.toBuilder()
              .setState(TaskState.TASK_STATE_REVIEW)
              .setWork(
                  WorkSubmission.newBuilder()
                      .setBranch(payload.text("branch"))
                      .setPullRequestUrl(url)
                      .setDescription(payload.text("title")))
              .setUpdatedAt(at)
              .build(),
          at);
    }
  }

  private void status(String agent, String status, String task, Entry entry, Timestamp at) {
    Member member =
        join(agent, true, at).toBuilder()
            .setActivity(
                switch (status) {
                  case "working" -> AgentActivity.AGENT_ACTIVITY_EXECUTING;
                  case "idle" -> AgentActivity.AGENT_ACTIVITY_IDLE;
                  case "error" -> AgentActivity.AGENT_ACTIVITY_ERROR;
                  default ->
                      throw Recording.invalid(
                          entry.where() + ".status is none of working, idle, error.");
                })
            .setNote(task)
            .build();
    members.put(agent, member);
    tell(at, Event.newBuilder().setPresence(PresenceChange.newBuilder().setMember(member)));
  }

  private void tell(Timestamp at, Event.Builder event) {
    out.accept(event.setOccurredAt(at));
  }

  /** What the events of a room add up to, by name. */
  static Map<String, Long> totals(List<Event> events) {
    Map<String, Long> totals = new LinkedHashMap<>();
    for (String name :
        List.of(
            "messages",
            "mentions",
            "members",
            "humans",
            "agents",
            "tasks",
            "claims",
            "commits",
            "pullRequests",
            "statusUpdates")) {
      totals.put(name, 0L);
    }
    for (Event event : events) {
      count(event).forEach((name, n) -> totals.merge(name, n, Long::sum));
    }
    return totals;
  }

  private static Map<String, Long> count(Event event) {
    return switch (event.getPayloadCase()) {
      case CHAT -> Map.of("messages", 1L, "mentions", (long) event.getChat().getMentionsCount());
      case PROOF -> Map.of("commits", 1L);
      case ARTIFACT -> Map.of("pullRequests", 1L);
      case PRESENCE -> Map.of("statusUpdates", 1L);
      case MEMBER -> {
        MemberChange change = event.getMember();
        boolean host = change.getMember().getRole() == MemberRole.MEMBER_ROLE_HOST;
        boolean joined = change.getChange() == MemberChangeKind.MEMBER_CHANGE_KIND_JOINED;
        yield host || !joined
            ? Map.of()
            : Map.of(
                "members",
                1L,
                Parties.isAgent(change.getMember().getParty()) ? "agents" : "humans",
                1L);
      }
      case TASK ->
          switch (event.getTask().getChange()) {
            case TASK_CHANGE_KIND_CREATED -> Map.of("tasks", 1L);
            case TASK_CHANGE_KIND_CLAIMED -> Map.of("claims", 1L);
            case TASK_CHANGE_KIND_SUBMITTED -> Map.of("pullRequests", 1L);
            default -> Map.of();
          };
      default -> Map.of();
    };
  }
}
