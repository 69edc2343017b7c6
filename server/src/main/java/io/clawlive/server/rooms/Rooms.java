package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.rooms.v1.MoveRoomRequest;
import io.clawlive.rooms.v1.UpdateRoomRequest;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberChangeKind;
import io.clawlive.streams.v1.RoomChange;
import io.clawlive.streams.v1.RoomChangeKind;
import io.clawlive.streams.v1.RoomFacts;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.RoomState;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Changes, moves on and deletes rooms. */
@Singleton
final class Rooms {
  /** What the streams of rooms are opened as. */
  static final String KIND = "room";

  /** Where a room may go from each state. */
  private static final Map<RoomState, Set<RoomState>> MOVES =
      Map.of(
          RoomState.ROOM_STATE_CREATED, Set.of(RoomState.ROOM_STATE_LOBBY),
          RoomState.ROOM_STATE_LOBBY, Set.of(RoomState.ROOM_STATE_ACTIVE),
          RoomState.ROOM_STATE_ACTIVE,
              Set.of(RoomState.ROOM_STATE_PAUSED, RoomState.ROOM_STATE_COMPLETED),
          RoomState.ROOM_STATE_PAUSED,
              Set.of(RoomState.ROOM_STATE_ACTIVE, RoomState.ROOM_STATE_COMPLETED),
          RoomState.ROOM_STATE_COMPLETED, Set.of());

  private final RoomChanges changes;
  private final RoomsConfiguration configuration;

  Rooms(RoomChanges changes, RoomsConfiguration configuration) {
    this.changes = changes;
    this.configuration = configuration;
  }

  /** Changes what the request sets; writes nothing where that changes nothing. */
  void update(UUID room, UpdateRoomRequest request, Caller caller) {
    changes.change(
        room,
        caller.actor(),
        draft -> {
          draft.requireOpen();
          RoomFacts before = draft.view().facts();
          RoomFacts.Builder facts = before.toBuilder();
          if (request.hasName()) {
            facts.setName(request.getName());
          }
          if (request.hasDescription()) {
            facts.setDescription(request.getDescription());
          }
          if (request.getVisibility() != Visibility.VISIBILITY_UNSPECIFIED) {
            facts.setVisibility(request.getVisibility());
          }
          if (request.hasGitRepo()) {
            facts.setGitRepo(request.getGitRepo());
          }
          if (request.hasSettings()) {
            facts.setSettings(allowed(request.getSettings()));
          }
          if (!facts.build().equals(before)) {
            draft.tell(told(RoomChangeKind.ROOM_CHANGE_KIND_UPDATED, facts.build(), ""));
            if (draft.view().isPrivate()) {
              sendSpectatorsAway(draft);
            }
          }
          return null;
        });
  }

  /** Settings that the server's operator allows. */
  RoomSettings allowed(RoomSettings settings) {
    if (settings.getMaxMembers() == 1) {
      throw Refusal.invalidField(
          "settings.max_members: 1 is no room; 2 to 200 are taken, 0 means 20.",
          "settings.max_members");
    }
    if (settings.getMessagesPerMinute() > configuration.messagesPerMinute()) {
      throw Refusal.invalidField(
          "settings.messages_per_minute: at most %,d are taken on this server."
              .formatted(configuration.messagesPerMinute()),
          "settings.messages_per_minute");
    }
    return settings;
  }

  private static void sendSpectatorsAway(RoomDraft draft) {
    List<Member> spectators =
        draft.view().members().values().stream()
            .filter(in -> !in.takesPart())
            .map(RoomView.Insider::member)
            .toList();
    for (Member spectator : spectators) {
      draft.tell(
          Members.told(
              MemberChangeKind.MEMBER_CHANGE_KIND_REMOVED, spectator, "The room is private now."));
    }
  }

  /** Moves a room on; the state it is in already changes nothing. */
  void move(UUID room, MoveRoomRequest request, Caller caller) {
    RoomState to = request.getState();
    changes.change(
        room,
        caller.actor(),
        draft -> {
          RoomFacts facts = draft.view().facts();
          if (facts.getState() == to) {
            return null;
          }
          if (!MOVES.get(facts.getState()).contains(to)) {
            throw refused(facts.getState(), to);
          }
          Event.Builder moved =
              told(
                  RoomChangeKind.ROOM_CHANGE_KIND_MOVED,
                  facts.toBuilder().setState(to).build(),
                  request.getReason());
          if (to == RoomState.ROOM_STATE_COMPLETED) {
            draft.tellLast(moved);
          } else {
            draft.tell(moved);
          }
          return null;
        });
  }

  private static Refusal refused(RoomState from, RoomState to) {
    String allowed =
        MOVES.get(from).stream().map(Rooms::name).sorted().collect(Collectors.joining(", "));
    return Refusal.of(
        ErrorReason.ERROR_REASON_ROOM_TRANSITION_REFUSED,
        "The room is %s and cannot become %s; %s."
            .formatted(
                name(from),
                name(to),
                allowed.isEmpty() ? "it stays so" : "it can become: " + allowed),
        "state",
        name(from),
        "asked",
        name(to),
        "allowed",
        allowed);
  }

  static String name(RoomState state) {
    return state.name().substring("ROOM_STATE_".length()).toLowerCase(java.util.Locale.ROOT);
  }

  /** Deletes a room for everybody. */
  void delete(UUID room, Caller caller) {
    changes.change(
        room,
        caller.actor(),
        draft -> {
          RoomFacts facts = draft.view().facts();
          draft.tellLast(told(RoomChangeKind.ROOM_CHANGE_KIND_DELETED, facts, ""));
          return null;
        });
  }

  private static Event.Builder told(RoomChangeKind kind, RoomFacts facts, String reason) {
    return Event.newBuilder()
        .setRoom(RoomChange.newBuilder().setChange(kind).setRoom(facts).setReason(reason));
  }
}
