package io.clawlive.server.rooms;

import io.clawlive.rooms.v1.Room;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.PublicAddress;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.rooms.RoomRepository.ListedRow;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.RoomFacts;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rooms as the contract tells them. */
@Singleton
final class RoomMessages {
  private final Spectators spectators;
  private final RoomRepository rooms;
  private final PublicAddress address;

  RoomMessages(Spectators spectators, RoomRepository rooms, PublicAddress address) {
    this.spectators = spectators;
    this.rooms = rooms;
    this.address = address;
  }

  /** A room, with the caller's role. */
  Room message(RoomView room, Caller caller) {
    int lookingOn = spectators.count(List.of(room.id())).getOrDefault(room.id(), 0);
    return Room.newBuilder()
        .setRoomId(room.id().toString())
        .setFacts(room.facts())
        .setCreator(room.creator())
        .setCreatedAt(Timestamps.of(room.createdAt()))
        .setMembers(room.taken())
        .setPresent(
            (int)
                room.insiders().stream()
                    .filter(member -> member.getPresence() != Presence.PRESENCE_OFFLINE)
                    .count())
        .setSpectators(lookingOn)
        .setSpectatorsPeak(Math.max(lookingOn, rooms.peak(room.id())))
        .setUrl(url(room.id()))
        .setRole(
            room.insider(caller.actor().getId())
                .map(Insider::member)
                .map(io.clawlive.streams.v1.Member::getRole)
                .orElse(MemberRole.MEMBER_ROLE_UNSPECIFIED))
        .build();
  }

  /** Rooms of a list. */
  List<Room> messages(List<ListedRow> rows) {
    Map<UUID, Integer> lookingOn = spectators.count(rows.stream().map(ListedRow::id).toList());
    return rows.stream()
        .map(row -> {
          int now = lookingOn.getOrDefault(row.id(), 0);
          return Room.newBuilder()
              .setRoomId(row.id().toString())
              .setFacts(Stored.read(RoomFacts.parser(), row.content()))
              .setCreator(Stored.read(Party.parser(), row.creator()))
              .setCreatedAt(Timestamps.of(row.createdAt()))
              .setMembers(row.members())
              .setPresent(row.present())
              .setSpectators(now)
              .setSpectatorsPeak(Math.max(now, row.spectatorsPeak()))
              .setUrl(url(row.id()))
              .setRoleValue(row.role())
              .build();
        })
        .toList();
  }

  private String url(UUID room) {
    return address.page("/rooms/" + room).orElse("");
  }
}
