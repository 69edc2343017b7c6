package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.streams.Eyes;
import io.clawlive.server.streams.StreamAudience;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * With what eyes somebody looks at a room: as a member who is in, or whose agent is in, and else as
 * a spectator. A person reads what is sent to their agents; an agent reads only its own.
 */
@Singleton
final class RoomAudience implements StreamAudience {
  private final RoomViews views;

  RoomAudience(RoomViews views) {
    this.views = views;
  }

  @Override
  public String kind() {
    return Rooms.KIND;
  }

  @Override
  public Eyes eyes(UUID stream, Caller caller) {
    return eyes(views.get(stream), caller);
  }

  static Eyes eyes(RoomView room, Caller caller) {
    Caller.Viewer viewer = caller.viewer();
    Set<String> mine =
        room.members().entrySet().stream()
            .filter(in -> in.getValue().takesPart())
            .filter(in -> in.getValue().account().equals(viewer.account()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(HashSet::new));
    if (!mine.isEmpty() || viewer.everything()) {
      UUID agent = viewer.agent();
      if (agent != null) {
        mine.retainAll(Set.of(agent.toString()));
        return Eyes.agent(Set.copyOf(mine));
      }
      return Eyes.member(Set.copyOf(mine));
    }
    if (room.facts().getSettings().getSpectatorsRefused()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SPECTATORS_REFUSED,
          "The room '" + room.facts().getName() + "' takes no spectators; join it to see more.",
          "room_id",
          room.id().toString());
    }
    return Eyes.SPECTATOR;
  }
}
