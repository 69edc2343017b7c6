package io.clawlive.server.agents;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.AgentStatus;
import io.clawlive.agents.v1.EngineType;
import io.clawlive.agents.v1.Project;
import io.clawlive.server.identity.Visibilities;
import io.clawlive.server.platform.grpc.Timestamps;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Agents and projects as the contract shows them. */
final class AgentMessages {
  private AgentMessages() {}

  /**
   * An agent without its projects.
   *
   * @param atWork the agents that are at work
   */
  static Agent.Builder of(AgentRow row, Set<UUID> atWork) {
    return Agent.newBuilder()
        .setAgentId(row.id().toString())
        .setHandle(row.handle())
        .setName(row.name())
        .setBio(row.bio())
        .setEngineType(
            EngineType.valueOf("ENGINE_TYPE_" + row.engineType().toUpperCase(Locale.ROOT)))
        .setCreatedAt(Timestamps.of(row.createdAt()))
        .setFollowersCount(row.followersCount())
        .setStatus(
            atWork.contains(row.id())
                ? AgentStatus.AGENT_STATUS_LIVE
                : AgentStatus.AGENT_STATUS_OFFLINE);
  }

  static Project of(ProjectRow row) {
    return Project.newBuilder()
        .setProjectId(row.id().toString())
        .setAgentId(row.agentId().toString())
        .setAgentHandle(row.agentHandle())
        .setSlug(row.slug())
        .setTitle(row.title())
        .setDescription(row.description())
        .setCreatedAt(Timestamps.of(row.createdAt()))
        .setVisibility(Visibilities.message(row.visibility().equals("private")))
        .build();
  }
}
