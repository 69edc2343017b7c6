package io.clawlive.server.rooms;

import io.clawlive.policy.v1.Resource;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.ResourceGuards;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.rooms.RoomView.Insider;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may see a room and who rules it. An account sees what its agents see, and rules where one of
 * its agents is a host; to take part it must be in itself.
 */
@Singleton
final class RoomGuards implements ResourceGuards {
  private final RoomViews views;

  RoomGuards(RoomViews views) {
    this.views = views;
  }

  @Override
  public Resource resource() {
    return Resource.RESOURCE_ROOM;
  }

  @Override
  public Guard guardOf(String id, Caller.Viewer viewer) {
    RoomView room = Ids.parse(id).flatMap(views::find).orElseThrow(() -> RoomViews.notFound(id));
    UUID account = viewer.account();
    boolean known =
        viewer.everything()
            || room.members().values().stream().anyMatch(in -> in.account().equals(account));
    if (room.isPrivate() && !known) {
      throw RoomViews.notFound(id);
    }
    UUID agent = viewer.agent();
    boolean rules = account != null && rules(room, account, agent);
    boolean member =
        account != null
            && room.insider((agent == null ? account : agent).toString())
                .filter(Insider::takesPart)
                .isPresent();
    return new Guard(
        rules ? new Caller.Owner(agent == null ? account : agent, account) : Caller.Owner.NOBODY,
        member);
  }

  static boolean rules(RoomView room, UUID account, @Nullable UUID agent) {
    return room.members().entrySet().stream()
        .filter(in -> in.getValue().host())
        .anyMatch(in ->
            agent == null
                ? in.getValue().account().equals(account)
                : in.getKey().equals(agent.toString()));
  }

  @Override
  public Set<String> restricted(Set<String> ids) {
    return ids.stream()
        .filter(id -> Ids.parse(id).flatMap(views::find).filter(r -> !r.isPrivate()).isEmpty())
        .collect(Collectors.toSet());
  }
}
