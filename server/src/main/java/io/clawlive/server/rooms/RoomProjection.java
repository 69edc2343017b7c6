package io.clawlive.server.rooms;

import io.clawlive.server.identity.Visibilities;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.ChatChange;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Invitation;
import io.clawlive.streams.v1.InvitationChangeKind;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberChange;
import io.clawlive.streams.v1.RoomChange;
import io.clawlive.streams.v1.RoomFacts;
import io.clawlive.streams.v1.RoomOrigin;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskChangeKind;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts what an event tells into the tables. The only way anything gets there: a change writes its
 * event and projects it in one transaction, and a rebuild projects every event of the log again, so
 * both come to the same rows.
 */
@Singleton
final class RoomProjection {
  /** Kinds that tables are made of; all others are only told. */
  static final List<String> KINDS =
      List.of(
          "room",
          "member",
          "presence",
          "task",
          "approval",
          "steering",
          "chat_change",
          "invitation");

  private final RoomRepository rooms;
  private final MemberRepository members;
  private final InvitationRepository invitations;
  private final TaskRepository tasks;
  private final ApprovalRepository approvals;
  private final ChatChangeRepository changes;

  RoomProjection(
      RoomRepository rooms,
      MemberRepository members,
      InvitationRepository invitations,
      TaskRepository tasks,
      ApprovalRepository approvals,
      ChatChangeRepository changes) {
    this.rooms = rooms;
    this.members = members;
    this.invitations = invitations;
    this.tasks = tasks;
    this.approvals = approvals;
    this.changes = changes;
  }

  /** Puts an event of a stream into the tables, within the caller's transaction. */
  void apply(UUID stream, Event event) {
    switch (event.getPayloadCase()) {
      case ROOM -> room(stream, event);
      case MEMBER -> member(stream, event.getMember());
      case PRESENCE -> put(stream, event.getPresence().getMember());
      case STEERING -> put(stream, event.getSteering().getMember());
      case TASK -> task(stream, event);
      case APPROVAL -> approval(stream, event);
      case INVITATION ->
          invitation(
              stream, event.getInvitation().getChange(), event.getInvitation().getInvitation());
      case CHAT_CHANGE -> {
        ChatChange change = event.getChatChange();
        changes.put(
            stream,
            change.getSequence(),
            Timestamps.instant(event.getRecordedAt()),
            // Who changed it is told by the event alone.
            change.toBuilder().clearReaders().build().toByteArray());
      }
      case THOUGHT,
          LOG,
          PROOF,
          CHAT,
          STATUS,
          ALERT,
          REACTION,
          ARTIFACT,
          PROGRESS,
          SANDBOX,
          PAYLOAD_NOT_SET -> {}
    }
  }

  private void room(UUID id, Event event) {
    RoomChange change = event.getRoom();
    RoomFacts facts = change.getRoom();
    String visibility = Visibilities.text(facts.getVisibility(), "public");
    short state = (short) facts.getStateValue();
    switch (change.getChange()) {
      case ROOM_CHANGE_KIND_CREATED, ROOM_CHANGE_KIND_IMPORTED -> {
        RoomOrigin origin = change.getOrigin();
        rooms.insert(
            id,
            facts.getName(),
            facts.getDescription(),
            visibility,
            state,
            UUID.fromString(origin.getCreator().getId()),
            origin.getCreator().toByteArray(),
            origin.getRequestId().isEmpty() ? null : origin.getRequestId(),
            Timestamps.instant(event.getRecordedAt()),
            facts.toByteArray());
      }
      case ROOM_CHANGE_KIND_UPDATED,
          ROOM_CHANGE_KIND_MOVED,
          ROOM_CHANGE_KIND_DELETED,
          ROOM_CHANGE_KIND_UNSPECIFIED,
          UNRECOGNIZED ->
          rooms.update(
              id,
              facts.getName(),
              facts.getDescription(),
              visibility,
              state,
              change.getChange() == io.clawlive.streams.v1.RoomChangeKind.ROOM_CHANGE_KIND_DELETED,
              facts.toByteArray());
    }
  }

  private void member(UUID room, MemberChange change) {
    switch (change.getChange()) {
      case MEMBER_CHANGE_KIND_LEFT, MEMBER_CHANGE_KIND_REMOVED ->
          members.delete(room, UUID.fromString(change.getMember().getParty().getId()));
      case MEMBER_CHANGE_KIND_JOINED,
          MEMBER_CHANGE_KIND_ROLE,
          MEMBER_CHANGE_KIND_CAPABILITIES,
          MEMBER_CHANGE_KIND_UNSPECIFIED,
          UNRECOGNIZED ->
          put(room, change.getMember());
    }
  }

  private void put(UUID room, Member member) {
    members.put(
        room,
        UUID.fromString(member.getParty().getId()),
        (short) member.getParty().getKindValue(),
        member.getParty().getHandle(),
        (short) member.getRoleValue(),
        (short) member.getPresenceValue(),
        Timestamps.instant(member.getPresenceSince()),
        Timestamps.instant(member.getJoinedAt()),
        member.toByteArray());
  }

  private void task(UUID room, Event event) {
    TaskChange change = event.getTask();
    Task task = change.getTask();
    UUID assignee = task.hasAssignee() ? id(task.getAssignee().getId()) : null;
    boolean given =
        change.getChange() == TaskChangeKind.TASK_CHANGE_KIND_ASSIGNED
            && event.getActor().getKind() == ActorKind.ACTOR_KIND_SERVER;
    tasks.put(
        room,
        task.getTaskId(),
        (short) task.getStateValue(),
        assignee,
        event.getProducerId(),
        (short) change.getChangeValue(),
        id(event.getActor().getId()),
        given ? assignee : null,
        given ? event.getSequence() : null,
        task.toByteArray());
  }

  /** An id; in a recording people are called by names of its own, which nobody looks for. */
  private static @Nullable UUID id(String text) {
    return io.clawlive.server.platform.Ids.parse(text).orElse(null);
  }

  private void approval(UUID room, Event event) {
    Approval approval = event.getApproval().getApproval();
    approvals.put(
        room,
        approval.getApprovalId(),
        (short) approval.getStateValue(),
        Timestamps.instant(approval.getExpiresAt()),
        event.getProducerId(),
        approval.toByteArray());
  }

  private void invitation(UUID room, InvitationChangeKind change, Invitation invitation) {
    UUID id = UUID.fromString(invitation.getInvitationId());
    if (change == InvitationChangeKind.INVITATION_CHANGE_KIND_REVOKED
        || invitation.getUsesLeft() == 0) {
      invitations.delete(room, id);
    } else {
      invitations.put(
          room,
          id,
          invitation.hasInvitee() ? UUID.fromString(invitation.getInvitee().getId()) : null,
          invitation.getSecretHash().toByteArray(),
          Timestamps.instant(invitation.getExpiresAt()),
          invitation.toByteArray());
    }
  }
}
