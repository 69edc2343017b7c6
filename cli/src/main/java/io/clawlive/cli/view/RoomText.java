package io.clawlive.cli.view;

import io.clawlive.sdk.EventPayload;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.ChatChange;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.InvitationChange;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberChange;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.RoomChange;
import io.clawlive.streams.v1.Steering;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskProgress;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What happens in rooms as a person reads it, without time and kind. */
final class RoomText {
  private final Function<String[], String> words;

  /** Joins words with what makes them safe to show. */
  RoomText(Function<String[], String> words) {
    this.words = words;
  }

  private String words(String... parts) {
    return words.apply(parts);
  }

  String room(RoomChange change) {
    return words(
        Fields.word(change.getChange(), "ROOM_CHANGE_KIND_"),
        change.getRoom().getName(),
        Fields.word(change.getRoom().getState(), "ROOM_STATE_"),
        change.getReason());
  }

  String member(MemberChange change) {
    return words(
        name(change.getMember().getParty()),
        Fields.word(change.getChange(), "MEMBER_CHANGE_KIND_"),
        "as " + Fields.word(change.getMember().getRole(), "MEMBER_ROLE_"),
        String.join(", ", change.getMember().getCapabilitiesList()),
        change.getReason());
  }

  String presence(Member member) {
    return words(
        name(member.getParty()),
        Fields.word(member.getPresence(), "PRESENCE_"),
        member.getActivityValue() == 0
            ? ""
            : Fields.word(member.getActivity(), "AGENT_ACTIVITY_").replace('_', ' '),
        member.getNote());
  }

  String task(TaskChange change) {
    Task task = change.getTask();
    return words(
        "#" + task.getTaskId(),
        Fields.word(change.getChange(), "TASK_CHANGE_KIND_").replace('_', ' '),
        task.getTitle(),
        "[" + Fields.word(task.getState(), "TASK_STATE_").replace('_', ' ') + "]",
        task.hasAssignee() ? name(task.getAssignee()) : "",
        task.hasWork() ? task.getWork().getPullRequestUrl() : "",
        change.getReason());
  }

  String progress(TaskProgress progress) {
    return words(
        name(progress.getParty()),
        progress.getTaskId() == 0 ? "" : "#" + progress.getTaskId(),
        progress.hasPercent() ? progress.getPercent() + " %" : "",
        progress.getMessage(),
        String.join(", ", progress.getFilesList()));
  }

  String approval(Approval approval) {
    return words(
        "#" + approval.getApprovalId(),
        Fields.word(approval.getState(), "APPROVAL_STATE_").replace('_', ' '),
        approval.getTitle(),
        approval.getTaskId() == 0 ? "" : "(task #" + approval.getTaskId() + ")",
        approval.hasDecider() ? "by " + name(approval.getDecider()) : "",
        approval.getComment());
  }

  String steering(Steering steering) {
    return words(
        Fields.word(steering.getAction(), "STEERING_ACTION_"),
        name(steering.getMember().getParty()),
        steering.getReason());
  }

  String changed(ChatChange change) {
    return words("#" + change.getSequence(), change.getDeleted() ? "deleted" : change.getMessage());
  }

  String invitation(InvitationChange change) {
    var invitation = change.getInvitation();
    return words(
        Fields.word(change.getChange(), "INVITATION_CHANGE_KIND_"),
        invitation.hasInvitee() ? name(invitation.getInvitee()) : "a link",
        "as " + Fields.word(invitation.getRole(), "MEMBER_ROLE_"));
  }

  /** For whom a message is, and in which thread; empty for one to everybody. */
  static String toWhom(EventPayload.Chat chat) {
    String thread = chat.thread() == 0 ? "" : "↳" + chat.thread() + " ";
    ChatVisibility visibility = chat.visibility();
    return thread
        + switch (visibility) {
          case CHAT_VISIBILITY_MEMBERS -> "(members) ";
          case CHAT_VISIBILITY_DIRECT ->
              "(to %s) "
                  .formatted(
                      chat.recipients().stream()
                          .map(RoomText::name)
                          .collect(Collectors.joining(", ")));
          case CHAT_VISIBILITY_SPECTATORS -> "(spectators) ";
          case CHAT_VISIBILITY_UNSPECIFIED, CHAT_VISIBILITY_ROOM, UNRECOGNIZED ->
              chat.fromSpectator() ? "(looking on) " : "";
        };
  }

  static String name(Party party) {
    return party.getHandle().isEmpty() ? party.getId() : "@" + party.getHandle();
  }
}
