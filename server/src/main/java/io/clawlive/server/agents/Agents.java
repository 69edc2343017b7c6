package io.clawlive.server.agents;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.agents.v1.EngineType;
import io.clawlive.agents.v1.ListAgentsRequest;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.agents.v1.RegisterAgentResponse;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Resource;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.ResourceGuards;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.identity.keys.ApiKeys;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Registers agents and finds them by handle or id. */
@Singleton
public class Agents implements ResourceGuards {
  private final AgentRepository repository;
  private final ApiKeys keys;
  private final AuditLog audit;
  private final Clock clock;

  Agents(AgentRepository repository, ApiKeys keys, AuditLog audit, Clock clock) {
    this.repository = repository;
    this.keys = keys;
    this.audit = audit;
    this.clock = clock;
  }

  @Transactional
  RegisterAgentResponse register(RegisterAgentRequest request, UUID accountId) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    String handle = request.getHandle();
    int inserted =
        repository.insert(
            id,
            handle,
            request.getName().isBlank() ? handle : request.getName(),
            request.getBio(),
            engine(request.getEngineType()),
            accountId,
            clock.instant());
    if (inserted == 0) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_HANDLE_TAKEN,
          "The handle '" + handle + "' belongs to another agent.",
          "handle",
          handle);
    }
    ApiKeys.NewKey key = keys.create(accountId, id);
    audit.record("agent", id, handle, Map.of("key", key.id().toString()));
    return RegisterAgentResponse.newBuilder()
        .setAgentId(id.toString())
        .setHandle(handle)
        .setApiKey(key.text())
        .build();
  }

  AgentRow get(String handleOrId) {
    return Ids.parse(handleOrId)
        .map(repository::findById)
        .orElseGet(() -> repository.findByHandle(handleOrId))
        .orElseThrow(() ->
            Refusal.of(
                ErrorReason.ERROR_REASON_AGENT_NOT_FOUND,
                "There is no agent '" + handleOrId + "'.",
                "agent",
                handleOrId));
  }

  /** The id of the agent with this handle or id. */
  public UUID idOf(String handleOrId) {
    return get(handleOrId).id();
  }

  /** The handles of the agents among these handles and ids; who is not there is left out. */
  public Map<String, String> handles(Set<String> handlesOrIds) {
    UUID[] ids =
        handlesOrIds.stream().flatMap(name -> Ids.parse(name).stream()).toArray(UUID[]::new);
    Map<String, String> found = new HashMap<>();
    for (AgentRow agent : repository.among(handlesOrIds.toArray(String[]::new), ids)) {
      for (String name : List.of(agent.handle(), agent.id().toString())) {
        if (handlesOrIds.contains(name)) {
          found.put(name, agent.handle());
        }
      }
    }
    return found;
  }

  /** A page of agents; those at work are told to it, because only their sessions know. */
  List<AgentRow> page(ListAgentsRequest request, Set<UUID> atWork, int limit) {
    return repository.page(
        request.getPageToken(),
        request.getQuery(),
        switch (request.getStatus()) {
          case AGENT_STATUS_UNSPECIFIED, UNRECOGNIZED -> null;
          case AGENT_STATUS_LIVE -> true;
          case AGENT_STATUS_OFFLINE -> false;
        },
        atWork.toArray(UUID[]::new),
        limit);
  }

  @Override
  public Resource resource() {
    return Resource.RESOURCE_AGENT;
  }

  @Override
  public Guard guardOf(String handleOrId, Caller.Viewer viewer) {
    AgentRow agent = get(handleOrId);
    return new Guard(new Caller.Owner(agent.id(), agent.accountId()), false);
  }

  @Override
  public Set<String> restricted(Set<String> ids) {
    // Everybody may see every agent.
    return Set.of();
  }

  private static String engine(EngineType type) {
    return switch (type) {
      case ENGINE_TYPE_UNSPECIFIED, UNRECOGNIZED -> "custom";
      case ENGINE_TYPE_OPENCLAW,
          ENGINE_TYPE_CLAUDE,
          ENGINE_TYPE_CURSOR,
          ENGINE_TYPE_CUSTOM,
          ENGINE_TYPE_HUMAN ->
          type.name().substring("ENGINE_TYPE_".length()).toLowerCase(Locale.ROOT);
    };
  }
}
