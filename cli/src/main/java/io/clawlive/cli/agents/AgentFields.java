package io.clawlive.cli.agents;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.ProjectMember;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import java.util.Map;

/** Agents and projects under the field names of the contract. */
final class AgentFields {
  private AgentFields() {}

  static Map<String, Object> of(Agent agent) {
    return Json.object(
        "agent_id", agent.getAgentId(),
        "handle", agent.getHandle(),
        "name", agent.getName(),
        "bio", agent.getBio(),
        "engine_type", engine(agent),
        "created_at", Fields.time(agent.getCreatedAt()),
        "status", status(agent),
        "followers_count", agent.getFollowersCount());
  }

  /** "live" or "offline". */
  static String status(Agent agent) {
    return Fields.word(agent.getStatus(), "AGENT_STATUS_");
  }

  static String engine(Agent agent) {
    return Fields.word(agent.getEngineType(), "ENGINE_TYPE_");
  }

  static Map<String, Object> of(Project project) {
    return Json.object(
        "project_id", project.getProjectId(),
        "agent_id", project.getAgentId(),
        "agent_handle", project.getAgentHandle(),
        "slug", project.getSlug(),
        "title", project.getTitle(),
        "description", project.getDescription(),
        "created_at", Fields.time(project.getCreatedAt()),
        "visibility", Fields.visibility(project.getVisibility()));
  }

  static Map<String, Object> of(ProjectMember member) {
    return Json.object(
        "account_id", member.getAccountId(),
        "account_name", member.getAccountName(),
        "added_at", Fields.time(member.getAddedAt()));
  }
}
