package io.clawlive.server.agents;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.agents.FollowRepository.FollowRow;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Which agents an account keeps an eye on. */
@Singleton
public class Follows {
  private static final int MOST = 1_000;

  private final FollowRepository repository;
  private final AgentRepository agentRepository;
  private final Agents agents;
  private final Clock clock;

  Follows(
      FollowRepository repository, AgentRepository agentRepository, Agents agents, Clock clock) {
    this.repository = repository;
    this.agentRepository = agentRepository;
    this.agents = agents;
    this.clock = clock;
  }

  /** The ids of the agents that an account follows, at most 1,000. */
  public Set<UUID> of(UUID account) {
    return repository.agents(account).stream().map(FollowRow::agentId).collect(toUnmodifiableSet());
  }

  @Transactional
  void follow(UUID account, String agent) {
    UUID id = agents.idOf(agent);
    repository.lock(account);
    repository.add(account, id, clock.instant());
    if (repository.count(account) > MOST) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_FOLLOWS,
          "The account follows %,d agents; more are not taken.".formatted(MOST),
          "limit",
          Integer.toString(MOST));
    }
  }

  void unfollow(UUID account, String agent) {
    repository.remove(account, agents.idOf(agent));
  }

  List<AgentRow> list(UUID account) {
    return agentRepository.followedBy(account);
  }
}
