package io.clawlive.server.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.AgentStatus;
import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.FollowRequest;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.agents.v1.ListAgentsRequest;
import io.clawlive.agents.v1.ListFollowsRequest;
import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.UnfollowRequest;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.HeartbeatRequest;
import io.clawlive.live.v1.PauseSessionRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who follows whom, who is at work, and how agents are found. */
final class FollowsTest {
  @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);

  @Test
  void anAccountFollowsAnAgentByHandleOrIdOnceAndStopsAgain() {
    Worker agent = server.worker("followed");
    Person ann = server.person("ann");

    assertEquals("following", follow(ann.client(), "followed"));
    assertEquals("following", follow(ann.client(), agent.agentId()));
    follow(server.person("ben").client(), "followed");

    assertEquals(2, get(server.nobody(), "followed").getFollowersCount());
    assertEquals(List.of("followed"), handles(follows(ann.client())));
    assertEquals(2, follows(ann.client()).getFirst().getFollowersCount());

    assertEquals("unfollowed", unfollow(ann.client(), "followed"));
    assertEquals("unfollowed", unfollow(ann.client(), "followed"));
    assertEquals(List.of(), follows(ann.client()));
    assertEquals(1, get(server.nobody(), "followed").getFollowersCount());
  }

  @Test
  void followsAreListedByHandle() {
    List.of("list-c", "list-a", "list-b").forEach(server::worker);
    Client reader = server.person("reader").client();
    List.of("list-b", "list-c", "list-a").forEach(handle -> follow(reader, handle));
    assertEquals(List.of("list-a", "list-b", "list-c"), handles(follows(reader)));
  }

  @Test
  void onlyWhatIsThereCanBeFollowed() {
    Client ann = server.person("hopeful").client();
    Refused.with(ErrorReason.ERROR_REASON_AGENT_NOT_FOUND, () -> follow(ann, "nobody-at-all"));
    Refused.with(ErrorReason.ERROR_REASON_AGENT_NOT_FOUND, () -> unfollow(ann, "nobody-at-all"));
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> follow(ann, ""));
  }

  @Test
  void anAccountFollowsAThousandAgentsAndNotOneMoreAlsoWhenItAsksAtOnce() {
    Person keen = server.person("keen");
    server
        .database()
        .execute(
            """
            WITH made AS (
              INSERT INTO agents (id, handle, name, bio, engine_type, account_id, created_at)
              SELECT gen_random_uuid(), 'crowd-' || n, 'Crowd', '', 'custom', ?::uuid, now()
              FROM generate_series(1, 999) n
              RETURNING id)
            INSERT INTO follows (account_id, agent_id, created_at)
            SELECT ?::uuid, id, now() FROM made
            """,
            keen.accountId(),
            keen.accountId());
    for (int i = 0; i < 4; i++) {
      server.worker("wanted-" + i);
    }

    Together.run(
        4,
        i -> {
          try {
            follow(keen.client(), "wanted-" + i);
          } catch (io.grpc.StatusRuntimeException refused) {
            assertEquals(ErrorReason.ERROR_REASON_TOO_MANY_FOLLOWS, Refused.of(refused).reason());
          }
        });

    assertEquals(1_000, follows(keen.client()).size());
    String followed =
        handles(follows(keen.client())).stream()
            .filter(handle -> handle.startsWith("wanted"))
            .findFirst()
            .orElseThrow();
    assertEquals("following", follow(keen.client(), followed), "again is no more");
  }

  @Test
  void anAgentIsAtWorkWhileAPublicSessionOfItShowsLife() {
    Worker agent = server.worker("busy-bee");
    assertEquals(AgentStatus.AGENT_STATUS_OFFLINE, get(server.nobody(), "busy-bee").getStatus());

    String session = agent.stream();
    assertEquals(AgentStatus.AGENT_STATUS_LIVE, get(server.nobody(), "busy-bee").getStatus());

    server.bean(MovableClock.class).advance(Duration.ofSeconds(31));
    assertEquals(AgentStatus.AGENT_STATUS_OFFLINE, get(server.nobody(), "busy-bee").getStatus());

    agent
        .client()
        .sessions()
        .heartbeat(HeartbeatRequest.newBuilder().setSessionId(session).build());
    assertEquals(AgentStatus.AGENT_STATUS_LIVE, get(server.nobody(), "busy-bee").getStatus());

    agent
        .client()
        .sessions()
        .pauseSession(PauseSessionRequest.newBuilder().setSessionId(session).build());
    assertEquals(AgentStatus.AGENT_STATUS_OFFLINE, get(server.nobody(), "busy-bee").getStatus());
  }

  @Test
  void workNobodyMaySeeDoesNotShow() {
    Worker agent = server.worker("hidden-bee");
    agent.stream();
    agent
        .client()
        .projects()
        .updateProject(
            UpdateProjectRequest.newBuilder()
                .setProject("hidden-bee/work")
                .setVisibility(Visibility.VISIBILITY_PRIVATE)
                .build());
    assertEquals(AgentStatus.AGENT_STATUS_OFFLINE, get(server.nobody(), "hidden-bee").getStatus());
    assertEquals(
        List.of(), get(server.nobody(), "hidden-bee").getProjectsList(), "nor does its project");
    assertEquals(1, get(agent.client(), "hidden-bee").getProjectsCount());
  }

  @Test
  void agentsAreFoundByStatusAndByWords() {
    Worker live = server.worker("found-live");
    server.worker("found-idle");
    live.stream();
    var request = ListAgentsRequest.newBuilder().setQuery("FOUND-");

    assertEquals(List.of("found-idle", "found-live"), handles(list(request)));
    assertEquals(
        List.of("found-live"), handles(list(request.setStatus(AgentStatus.AGENT_STATUS_LIVE))));
    assertEquals(
        List.of("found-idle"), handles(list(request.setStatus(AgentStatus.AGENT_STATUS_OFFLINE))));
    assertEquals(List.of(), list(ListAgentsRequest.newBuilder().setQuery("%")), "no pattern");
    assertTrue(
        list(request.clearStatus()).stream()
            .allMatch(agent ->
                (agent.getStatus() == AgentStatus.AGENT_STATUS_LIVE)
                    == agent.getHandle().equals("found-live")));
  }

  @Test
  void anAgentIsShownWithItsNewestFiftyProjects() {
    Worker agent = server.worker("prolific");
    for (int i = 0; i < 51; i++) {
      agent
          .client()
          .projects()
          .createProject(
              CreateProjectRequest.newBuilder().setAgent("prolific").setSlug("p" + i).build());
    }
    List<String> slugs =
        get(server.nobody(), "prolific").getProjectsList().stream().map(Project::getSlug).toList();
    assertEquals(50, slugs.size());
    assertEquals("p50", slugs.getFirst());
    assertEquals("p1", slugs.getLast());
    assertEquals(
        0, list(ListAgentsRequest.newBuilder().setQuery("prolific")).getFirst().getProjectsCount());
  }

  private static String follow(Client by, String agent) {
    return by.follows().follow(FollowRequest.newBuilder().setAgentId(agent).build()).getStatus();
  }

  private static String unfollow(Client by, String agent) {
    return by.follows()
        .unfollow(UnfollowRequest.newBuilder().setAgentId(agent).build())
        .getStatus();
  }

  private static List<Agent> follows(Client by) {
    return by.follows().listFollows(ListFollowsRequest.getDefaultInstance()).getAgentsList();
  }

  private static Agent get(Client by, String agent) {
    return by.agents().getAgent(GetAgentRequest.newBuilder().setAgent(agent).build()).getAgent();
  }

  private static List<Agent> list(ListAgentsRequest.Builder request) {
    return server.nobody().agents().listAgents(request.build()).getAgentsList();
  }

  private static List<String> handles(List<Agent> agents) {
    return agents.stream().map(Agent::getHandle).toList();
  }
}
