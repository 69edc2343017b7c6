package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.RoomFacts;
import io.clawlive.streams.v1.RoomState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A room and who is in it at one moment.
 *
 * @param members by actor id, in the order they joined
 */
record RoomView(
    UUID id,
    RoomFacts facts,
    Party creator,
    Instant createdAt,
    boolean deleted,
    Map<String, Insider> members) {
  private static final int DEFAULT_MEMBERS = 20;
  private static final int DEFAULT_MESSAGES = 300;

  /** A member and the account behind it. */
  record Insider(Member member, UUID account) {
    boolean host() {
      return member.getRole() == MemberRole.MEMBER_ROLE_HOST;
    }

    /** Whether it takes part, and does not only look on. */
    boolean takesPart() {
      return member.getRole() != MemberRole.MEMBER_ROLE_SPECTATOR;
    }
  }

  boolean isPrivate() {
    return facts.getVisibility() == Visibility.VISIBILITY_PRIVATE;
  }

  boolean completed() {
    return facts.getState() == RoomState.ROOM_STATE_COMPLETED;
  }

  boolean active() {
    return facts.getState() == RoomState.ROOM_STATE_ACTIVE;
  }

  /** How many may be in. */
  int capacity() {
    int most = facts.getSettings().getMaxMembers();
    return most == 0 ? DEFAULT_MEMBERS : most;
  }

  /** Chat messages that the room takes in a minute. */
  int messagesPerMinute() {
    int most = facts.getSettings().getMessagesPerMinute();
    return most == 0 ? DEFAULT_MESSAGES : most;
  }

  /** How many are in. */
  int taken() {
    return (int) members.values().stream().filter(Insider::takesPart).count();
  }

  long hosts() {
    return members.values().stream().filter(Insider::host).count();
  }

  Optional<Insider> insider(String actorId) {
    return Optional.ofNullable(members.get(actorId));
  }

  /** Hosts and members, in the order they joined. */
  List<Member> insiders() {
    return members.values().stream().filter(Insider::takesPart).map(Insider::member).toList();
  }

  /** The member with this id, handle or name. */
  Member require(String idOrHandle) {
    Insider byId = members.get(idOrHandle);
    if (byId != null) {
      return byId.member();
    }
    List<Member> named =
        members.values().stream()
            .map(Insider::member)
            .filter(member -> member.getParty().getHandle().equalsIgnoreCase(idOrHandle))
            .toList();
    if (named.size() != 1) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_MEMBER_NOT_FOUND,
          named.isEmpty()
              ? "The room has no member '" + idOrHandle + "'."
              : "An agent and a person of the room are called '"
                  + idOrHandle
                  + "'; name the one you mean by its id.",
          "member",
          idOrHandle);
    }
    return named.getFirst();
  }
}
