package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberChange;
import io.clawlive.streams.v1.MemberChangeKind;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.RoomState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who comes, goes, and has which role. */
@Singleton
final class Members {
  private final RoomChanges changes;
  private final RoomCreation creation;
  private final Invitations invitations;
  private final HeldTasks tasks;

  Members(RoomChanges changes, RoomCreation creation, Invitations invitations, HeldTasks tasks) {
    this.changes = changes;
    this.creation = creation;
    this.invitations = invitations;
    this.tasks = tasks;
  }

  /** Comes in; whoever is in already stays as they are, but for what an agent can do. */
  Member join(UUID room, JoinRoomRequest request, Caller caller) {
    try {
      return enter(room, request, caller);
    } catch (Refusal refusal) {
      // A link to nowhere and a link that holds no more are answered alike.
      boolean byLink = !request.getInvitation().isEmpty();
      throw byLink && refusal.reason() == ErrorReason.ERROR_REASON_ROOM_NOT_FOUND
          ? Invitations.invalid()
          : refusal;
    }
  }

  private Member enter(UUID room, JoinRoomRequest request, Caller caller) {
    Party party = Parties.of(caller);
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          Optional<Insider> inside = draft.view().insider(party.getId());
          boolean raised =
              inside.filter(in -> !in.takesPart()).isPresent() && !request.getAsSpectator();
          if (inside.isEmpty() || raised) {
            // To somebody who was not let in, a completed private room is not there either.
            MemberRole role = admit(draft, request, party);
            draft.requireOpen();
            if (role != MemberRole.MEMBER_ROLE_SPECTATOR) {
              requirePlace(draft.view());
            }
            if (raised) {
              draft.tell(
                  told(
                      MemberChangeKind.MEMBER_CHANGE_KIND_ROLE,
                      inside.get().member().toBuilder().setRole(role).build(),
                      ""));
            } else {
              draft.tell(creation.joined(party, role));
            }
          }
          setCapabilities(draft, party, request.getCapabilitiesList());
          return draft.view().members().get(party.getId()).member();
        });
  }

  /** Notes what an agent can do, where that is new. */
  static void setCapabilities(RoomDraft draft, Party party, List<String> capabilities) {
    Member member = draft.view().members().get(party.getId()).member();
    if (!capabilities.isEmpty() && !member.getCapabilitiesList().equals(capabilities)) {
      draft.tell(
          told(
              MemberChangeKind.MEMBER_CHANGE_KIND_CAPABILITIES,
              member.toBuilder().clearCapabilities().addAllCapabilities(capabilities).build(),
              ""));
    }
  }

  private MemberRole admit(RoomDraft draft, JoinRoomRequest request, Party party) {
    RoomView room = draft.view();
    Optional<MemberRole> invited = invitations.use(draft, request.getInvitation(), party);
    if (invited.isPresent()) {
      return request.getAsSpectator() && !room.isPrivate()
          ? MemberRole.MEMBER_ROLE_SPECTATOR
          : invited.get();
    }
    if (room.isPrivate()) {
      throw RoomViews.notFound(room.id().toString());
    }
    if (room.facts().getState() == RoomState.ROOM_STATE_CREATED) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_ROOM_NOT_OPEN,
          "The room is not open yet; only the invited come in.",
          "room_id",
          room.id().toString());
    }
    if (request.getAsSpectator() && room.facts().getSettings().getSpectatorsRefused()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SPECTATORS_REFUSED,
          "The room takes no spectators.",
          "room_id",
          room.id().toString());
    }
    return request.getAsSpectator()
        ? MemberRole.MEMBER_ROLE_SPECTATOR
        : MemberRole.MEMBER_ROLE_MEMBER;
  }

  private static void requirePlace(RoomView room) {
    if (room.taken() >= room.capacity()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_ROOM_FULL,
          "The room has %,d members, as many as it takes.".formatted(room.taken()),
          "capacity",
          Integer.toString(room.capacity()));
    }
  }

  /** Leaves; who is not in has left already. */
  void leave(UUID room, Caller caller) {
    String id = caller.actor().getId();
    changes.change(
        room,
        caller.actor(),
        draft -> {
          draft
              .view()
              .insider(id)
              .ifPresent(in -> go(draft, in, MemberChangeKind.MEMBER_CHANGE_KIND_LEFT, ""));
          return null;
        });
  }

  /** Sends a member away. */
  void remove(UUID room, String idOrHandle, String reason, Caller caller) {
    changes.change(
        room,
        caller.actor(),
        draft -> {
          draft.requireOpen();
          Member member = draft.view().require(idOrHandle);
          go(
              draft,
              draft.view().members().get(member.getParty().getId()),
              MemberChangeKind.MEMBER_CHANGE_KIND_REMOVED,
              reason);
          return null;
        });
  }

  private void go(RoomDraft draft, Insider inside, MemberChangeKind how, String reason) {
    if (inside.host() && draft.view().hosts() == 1 && draft.view().taken() > 1) {
      throw lastHost();
    }
    if (!draft.view().completed()) {
      tasks.reopen(draft, inside.member().getParty(), "Whoever had it is no longer in the room.");
      draft.tell(told(how, inside.member(), reason));
    } else {
      throw RoomDraft.completed(draft.id());
    }
  }

  private static Refusal lastHost() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_LAST_HOST,
        "The room would be without a host; make somebody else a host first.");
  }

  /** Gives a member another role. */
  Member setRole(UUID room, String idOrHandle, MemberRole role, Caller caller) {
    return changes.change(
        room,
        caller.actor(),
        draft -> {
          draft.requireOpen();
          Member member = draft.view().require(idOrHandle);
          if (member.getRole() == role) {
            return member;
          }
          if (member.getRole() == MemberRole.MEMBER_ROLE_HOST && draft.view().hosts() == 1) {
            throw lastHost();
          }
          if (member.getRole() == MemberRole.MEMBER_ROLE_SPECTATOR) {
            requirePlace(draft.view());
          }
          if (role == MemberRole.MEMBER_ROLE_SPECTATOR) {
            if (draft.view().isPrivate()) {
              throw Refusal.of(
                  ErrorReason.ERROR_REASON_SPECTATORS_REFUSED,
                  "A private room has no spectators; remove the member instead.",
                  "room_id",
                  room.toString());
            }
            tasks.reopen(draft, member.getParty(), "Whoever had it only looks on now.");
          }
          Member changed = member.toBuilder().setRole(role).build();
          draft.tell(told(MemberChangeKind.MEMBER_CHANGE_KIND_ROLE, changed, ""));
          return changed;
        });
  }

  static Event.Builder told(MemberChangeKind kind, Member member, String reason) {
    return Event.newBuilder()
        .setMember(MemberChange.newBuilder().setChange(kind).setMember(member).setReason(reason));
  }
}
