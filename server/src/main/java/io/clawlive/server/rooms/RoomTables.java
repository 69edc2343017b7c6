package io.clawlive.server.rooms;

import io.clawlive.server.rooms.MemberRepository.MemberRow;
import io.clawlive.server.rooms.RoomRepository.RoomRow;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.RoomFacts;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads a room with its members, within the caller's transaction if there is one. */
@Singleton
final class RoomTables {
  private final RoomRepository rooms;
  private final MemberRepository members;

  RoomTables(RoomRepository rooms, MemberRepository members) {
    this.rooms = rooms;
    this.members = members;
  }

  /** A room; deleted ones too. */
  Optional<RoomView> find(UUID id) {
    return rooms.findById(id).map(this::view);
  }

  private RoomView view(RoomRow row) {
    Map<String, Insider> inside = new LinkedHashMap<>();
    for (MemberRow member : members.list(row.id())) {
      inside.put(
          member.actorId().toString(),
          new Insider(Stored.read(Member.parser(), member.content()), member.accountId()));
    }
    return new RoomView(
        row.id(),
        Stored.read(RoomFacts.parser(), row.content()),
        Stored.read(Party.parser(), row.creator()),
        row.createdAt(),
        row.deleted(),
        inside);
  }
}
