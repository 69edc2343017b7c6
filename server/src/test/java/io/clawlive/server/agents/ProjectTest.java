package io.clawlive.server.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.GetProjectRequest;
import io.clawlive.agents.v1.ListProjectsRequest;
import io.clawlive.agents.v1.Project;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ProjectTest {
  @AutoClose private static final TestServer server = TestServer.start();
  private static final Worker alice = server.worker("alice");
  private static final Worker bob = server.worker("bob");

  @Test
  void aProjectIsFoundByIdByNameAndByASlugOnlyOneHas() {
    Project created = create(alice.client(), "alice", "engine");
    assertEquals("alice", created.getAgentHandle());
    assertEquals(alice.agentId(), created.getAgentId());
    assertEquals("engine", created.getTitle(), "no title means the slug");
    assertEquals(created, get(created.getProjectId()));
    assertEquals(created, get("alice/engine"));
    assertEquals(created, get("engine"));
  }

  @Test
  void aSlugThatSeveralHaveIsAnsweredWithTheCandidates() {
    create(alice.client(), "alice", "web");
    create(bob.client(), "bob", "web");
    Refused refused = Refused.with(ErrorReason.ERROR_REASON_PROJECT_AMBIGUOUS, () -> get("web"));
    assertEquals("alice/web, bob/web", refused.metadata("candidates"));
    assertEquals("bob", get("bob/web").getAgentHandle());
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String ref :
        List.of("none", "alice/none", "nobody/web", "01890000-0000-7000-8000-000000000000")) {
      Refused.with(ErrorReason.ERROR_REASON_PROJECT_NOT_FOUND, () -> get(ref));
    }
  }

  @Test
  void aSlugIsGivenOncePerAgent() {
    create(alice.client(), "alice", "once");
    Refused.with(
        ErrorReason.ERROR_REASON_SLUG_TAKEN, () -> create(alice.client(), "alice", "once"));
    create(bob.client(), "bob", "once");
  }

  @Test
  void aSlugHasAForm() {
    for (String slug : List.of("", "-a", "A", "a_b", "a/b", "a".repeat(65))) {
      Refused.with(
          ErrorReason.ERROR_REASON_INVALID_FIELD, () -> create(alice.client(), "alice", slug));
    }
  }

  @Test
  void onlyTheAgentOrItsAccountCreatesItsProjects() {
    Refused.with(
        ErrorReason.ERROR_REASON_NOT_OWNER, () -> create(bob.client(), "alice", "intruder"));
    Refused.with(
        ErrorReason.ERROR_REASON_CREDENTIAL_MISSING,
        () -> create(server.nobody(), "alice", "intruder"));
    Refused.with(
        ErrorReason.ERROR_REASON_AGENT_NOT_FOUND, () -> create(bob.client(), "carol", "intruder"));
    create(server.admin(), "alice", "by-the-account");
  }

  @Test
  void theListIsInPagesNewestFirst() {
    Worker pager = server.worker("pager");
    for (int n = 1; n <= 4; n++) {
      create(pager.client(), "pager", "p" + n);
    }
    var slugs = new ArrayList<String>();
    var request = ListProjectsRequest.newBuilder().setAgent("pager").setPageSize(2);
    do {
      var page = server.nobody().projects().listProjects(request.build());
      page.getProjectsList().forEach(project -> slugs.add(project.getSlug()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertEquals(List.of("p4", "p3", "p2", "p1", "work"), slugs);
    Refused.with(
        ErrorReason.ERROR_REASON_AGENT_NOT_FOUND,
        () -> server.nobody().projects().listProjects(request.setAgent("carol").build()));
  }

  private static Project create(Client by, String agent, String slug) {
    return by.projects()
        .createProject(CreateProjectRequest.newBuilder().setAgent(agent).setSlug(slug).build())
        .getProject();
  }

  private static Project get(String ref) {
    return server
        .nobody()
        .projects()
        .getProject(GetProjectRequest.newBuilder().setProject(ref).build())
        .getProject();
  }
}
