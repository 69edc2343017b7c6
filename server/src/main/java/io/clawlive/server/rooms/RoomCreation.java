package io.clawlive.server.rooms;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.streams.EventLedger;
import io.clawlive.server.streams.EventLog;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.MemberChange;
import io.clawlive.streams.v1.MemberChangeKind;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.RoomChange;
import io.clawlive.streams.v1.RoomChangeKind;
import io.clawlive.streams.v1.RoomFacts;
import io.clawlive.streams.v1.RoomOrigin;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.WorkState;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Makes a room, its stream and its first member in one transaction. */
@Singleton
class RoomCreation {
  private final EventLog log;
  private final EventLedger ledger;
  private final RoomRepository rooms;
  private final RoomTables tables;
  private final RoomProjection projection;
  private final RoomsConfiguration configuration;
  private final Clock clock;

  RoomCreation(
      EventLog log,
      EventLedger ledger,
      RoomRepository rooms,
      RoomTables tables,
      RoomProjection projection,
      RoomsConfiguration configuration,
      Clock clock) {
    this.log = log;
    this.ledger = ledger;
    this.rooms = rooms;
    this.tables = tables;
    this.projection = projection;
    this.configuration = configuration;
    this.clock = clock;
  }

  /** Makes a room, or finds the one that the same request made before. */
  UUID create(CreateRoomRequest request, Caller caller) {
    UUID creator = UUID.fromString(caller.actor().getId());
    Optional<UUID> earlier = earlier(creator, request.getRequestId());
    if (earlier.isPresent()) {
      return earlier.get();
    }
    requireRoomForOneMore(creator);
    UUID id = UuidCreator.getTimeOrderedEpoch();
    try {
      insert(id, request, caller);
      return id;
    } catch (DataAccessException e) {
      return earlier(creator, request.getRequestId()).orElseThrow(() -> e);
    }
  }

  private Optional<UUID> earlier(UUID creator, String requestId) {
    return requestId.isEmpty() ? Optional.empty() : rooms.findByRequest(creator, requestId);
  }

  /** Refuses somebody who has as many rooms as anybody may. */
  void requireRoomForOneMore(UUID creator) {
    if (rooms.countOpen(creator) >= configuration.perCreator()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_ROOMS,
          "You have %,d open rooms; more are not taken.".formatted(configuration.perCreator()),
          "limit",
          Integer.toString(configuration.perCreator()));
    }
  }

  @Transactional
  void insert(UUID id, CreateRoomRequest request, Caller caller) {
    Party creator = Parties.of(caller);
    RoomFacts facts =
        RoomFacts.newBuilder()
            .setName(request.getName())
            .setDescription(request.getDescription())
            .setVisibility(
                request.getVisibility() == Visibility.VISIBILITY_PRIVATE
                    ? Visibility.VISIBILITY_PRIVATE
                    : Visibility.VISIBILITY_PUBLIC)
            .setGitRepo(request.getGitRepo())
            .setState(RoomState.ROOM_STATE_CREATED)
            .setSettings(request.getSettings())
            .build();
    RoomDraft draft = open(id, caller);
    draft.tell(
        change(RoomChangeKind.ROOM_CHANGE_KIND_CREATED, facts, creator, request.getRequestId()));
    draft.tell(joined(creator, MemberRole.MEMBER_ROLE_HOST));
    if (request.getActive()) {
      for (RoomState state :
          new RoomState[] {RoomState.ROOM_STATE_LOBBY, RoomState.ROOM_STATE_ACTIVE}) {
        draft.tell(
            Event.newBuilder()
                .setRoom(
                    RoomChange.newBuilder()
                        .setChange(RoomChangeKind.ROOM_CHANGE_KIND_MOVED)
                        .setRoom(facts.toBuilder().setState(state))));
      }
    }
  }

  /** Opens the stream of a room that is being made. Takes part in the caller's transaction. */
  RoomDraft open(UUID id, Caller caller) {
    log.open(id, Rooms.KIND, null);
    return new RoomDraft(id, ledger, tables, projection, caller.actor());
  }

  /** The first event of a room. */
  static Event.Builder change(
      RoomChangeKind kind, RoomFacts facts, Party creator, String requestId) {
    return Event.newBuilder()
        .setRoom(
            RoomChange.newBuilder()
                .setChange(kind)
                .setRoom(facts)
                .setOrigin(RoomOrigin.newBuilder().setCreator(creator).setRequestId(requestId)));
  }

  /** Somebody comes in, without a device that is known yet. */
  Event.Builder joined(Party party, MemberRole role) {
    Instant now = clock.instant();
    return Event.newBuilder()
        .setMember(
            MemberChange.newBuilder()
                .setChange(MemberChangeKind.MEMBER_CHANGE_KIND_JOINED)
                .setMember(
                    Member.newBuilder()
                        .setParty(party)
                        .setRole(role)
                        .setJoinedAt(Timestamps.of(now))
                        .setPresence(Presence.PRESENCE_OFFLINE)
                        .setPresenceSince(Timestamps.of(now))
                        .setWork(WorkState.WORK_STATE_RUNNING)));
  }
}
