package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.PartyRepository.PartyRow;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Party;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds people and agents, and says what rooms call them. */
@Singleton
final class Parties {
  private final PartyRepository repository;

  Parties(PartyRepository repository) {
    this.repository = repository;
  }

  /** The caller as rooms name it. */
  static Party of(Caller caller) {
    return switch (caller) {
      case Caller.AgentCaller agent ->
          party(ActorKind.ACTOR_KIND_AGENT, agent.agentId().toString(), agent.handle());
      case Caller.AccountCaller person ->
          party(ActorKind.ACTOR_KIND_ACCOUNT, person.accountId().toString(), person.name());
      case Caller.Spectator _, Caller.WatchCaller _ ->
          throw new IllegalStateException("access let somebody in who may not act");
    };
  }

  static Party of(PartyRow row) {
    return party(
        row.kind() == 1 ? ActorKind.ACTOR_KIND_AGENT : ActorKind.ACTOR_KIND_ACCOUNT,
        row.id().toString(),
        row.handle());
  }

  private static Party party(ActorKind kind, String id, String handle) {
    return Party.newBuilder().setKind(kind).setId(id).setHandle(handle).build();
  }

  static boolean isAgent(Party party) {
    return party.getKind() == ActorKind.ACTOR_KIND_AGENT;
  }

  /** The person or agent with this id, handle or name. */
  PartyRow get(String idOrName) {
    List<PartyRow> found = repository.find(idOrName, Ids.parse(idOrName).orElse(null));
    if (found.size() != 1) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_PARTY_NOT_FOUND,
          found.isEmpty()
              ? "There is no person or agent '" + idOrName + "'."
              : "An agent and a person are called '"
                  + idOrName
                  + "'; name the one you mean by its id.",
          "name",
          idOrName);
    }
    return found.getFirst();
  }
}
