package io.clawlive.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.agents.v1.AddProjectMemberRequest;
import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.GetProjectRequest;
import io.clawlive.agents.v1.ListProjectMembersRequest;
import io.clawlive.agents.v1.ListProjectsRequest;
import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.live.v1.UpdateSessionRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who finds private things in lists and by name; the access matrix has their other doors. */
final class VisibilityTest {
  @AutoClose private static final TestServer server = TestServer.start();

  private static final Person owner = server.person("owner");
  private static final Worker agent = owner.worker("bot");
  private static final Person member = server.person("member");
  private static final Worker membersAgent = member.worker("members-bot");
  private static final Person stranger = server.person("stranger");

  @Test
  void aPrivateProjectAndItsSessionsAreListedOnlyForThoseWhoMaySeeThem() {
    Project secret = create("secret", Visibility.VISIBILITY_PRIVATE);
    add("bot/secret", "member");
    String session = start(secret.getProjectId(), Visibility.VISIBILITY_UNSPECIFIED);
    Map<Client, Boolean> sees =
        Map.of(
            owner.client(), true,
            agent.client(), true,
            member.client(), true,
            membersAgent.client(), true,
            server.as(member.key(KeyScope.KEY_SCOPE_WATCH).getApiKey()), true,
            server.admin(), true,
            server.nobody(), false,
            stranger.client(), false,
            server.as(stranger.key(KeyScope.KEY_SCOPE_WATCH).getApiKey()), false);
    sees.forEach((caller, expected) -> {
      assertEquals(
          expected,
          projects(caller).stream().anyMatch(p -> p.getProjectId().equals(secret.getProjectId())));
      assertEquals(
          expected, sessions(caller).stream().anyMatch(s -> s.getSessionId().equals(session)));
    });
  }

  @Test
  void whatIsHiddenAndWhatIsNotThereGetTheSameAnswer() {
    create("hidden", Visibility.VISIBILITY_PRIVATE);
    Refused hidden =
        Refused.with(
            ErrorReason.ERROR_REASON_PROJECT_NOT_FOUND, () -> get(stranger.client(), "bot/hidden"));
    Refused missing =
        Refused.with(
            ErrorReason.ERROR_REASON_PROJECT_NOT_FOUND, () -> get(stranger.client(), "bot/absent"));
    assertEquals(missing.message().replace("absent", "hidden"), hidden.message());

    String session = start(agent.projectId(), Visibility.VISIBILITY_PRIVATE);
    String absent = UUID.randomUUID().toString();
    assertEquals(
        sessionRefusal(absent).replace(absent, "ID"),
        sessionRefusal(session).replace(session, "ID"));
  }

  @Test
  void aHiddenProjectIsNoCandidateForABareSlug() {
    create("twin", Visibility.VISIBILITY_PRIVATE);
    membersAgent
        .client()
        .projects()
        .createProject(
            CreateProjectRequest.newBuilder().setAgent("members-bot").setSlug("twin").build());
    assertEquals("members-bot", get(stranger.client(), "twin").getAgentHandle());
    Refused.with(ErrorReason.ERROR_REASON_PROJECT_AMBIGUOUS, () -> get(server.admin(), "twin"));
  }

  @Test
  void aSessionIsPrivateWhenItOrItsProjectIs() {
    String session = start(agent.projectId(), Visibility.VISIBILITY_UNSPECIFIED);
    assertEquals(Visibility.VISIBILITY_PUBLIC, session(server.nobody(), session).getVisibility());
    setVisibility(session, Visibility.VISIBILITY_PRIVATE);
    assertEquals(Visibility.VISIBILITY_PRIVATE, session(owner.client(), session).getVisibility());
    sessionRefusal(session);
    setVisibility(session, Visibility.VISIBILITY_PUBLIC);
    assertEquals(Visibility.VISIBILITY_PUBLIC, session(server.nobody(), session).getVisibility());

    Project project = create("turning", Visibility.VISIBILITY_PUBLIC);
    String open = start(project.getProjectId(), Visibility.VISIBILITY_PUBLIC);
    update("bot/turning", Visibility.VISIBILITY_PRIVATE);
    sessionRefusal(open);
    update("bot/turning", Visibility.VISIBILITY_PUBLIC);
    assertEquals(Visibility.VISIBILITY_PUBLIC, session(server.nobody(), open).getVisibility());
  }

  @Test
  void membersAreListedForMembers() {
    create("club", Visibility.VISIBILITY_PUBLIC);
    add("bot/club", "member");
    add("bot/club", member.accountId());
    var request = ListProjectMembersRequest.newBuilder().setProject("bot/club").build();
    assertEquals(
        List.of("member"),
        member.client().projects().listProjectMembers(request).getMembersList().stream()
            .map(one -> one.getAccountName())
            .toList());
    Refused.with(
        ErrorReason.ERROR_REASON_NOT_MEMBER,
        () -> stranger.client().projects().listProjectMembers(request));
    Refused.with(
        ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, () -> add("bot/club", "nobody-at-all"));
  }

  @Test
  void aProjectTakesTwoHundredMembers() {
    Project full = create("full", Visibility.VISIBILITY_PRIVATE);
    server
        .database()
        .execute(
            "INSERT INTO accounts (id, name, role, created_at)"
                + " SELECT gen_random_uuid(), 'crowd-' || n, 'user', now()"
                + " FROM generate_series(1, 200) n");
    server
        .database()
        .execute(
            "INSERT INTO project_members (project_id, account_id, added_at)"
                + " SELECT ?, id, now() FROM accounts WHERE name LIKE 'crowd-%'",
            UUID.fromString(full.getProjectId()));
    Refused.with(ErrorReason.ERROR_REASON_TOO_MANY_MEMBERS, () -> add("bot/full", "member"));
    Refused.with(
        ErrorReason.ERROR_REASON_PROJECT_NOT_FOUND, () -> get(member.client(), "bot/full"));
  }

  private static Project create(String slug, Visibility visibility) {
    return agent
        .client()
        .projects()
        .createProject(
            CreateProjectRequest.newBuilder()
                .setAgent("bot")
                .setSlug(slug)
                .setVisibility(visibility)
                .build())
        .getProject();
  }

  private static void update(String project, Visibility visibility) {
    agent
        .client()
        .projects()
        .updateProject(
            UpdateProjectRequest.newBuilder()
                .setProject(project)
                .setVisibility(visibility)
                .build());
  }

  private static void add(String project, String account) {
    owner
        .client()
        .projects()
        .addProjectMember(
            AddProjectMemberRequest.newBuilder().setProject(project).setAccount(account).build());
  }

  private static Project get(Client caller, String project) {
    return caller
        .projects()
        .getProject(GetProjectRequest.newBuilder().setProject(project).build())
        .getProject();
  }

  private static List<Project> projects(Client caller) {
    return caller
        .projects()
        .listProjects(ListProjectsRequest.newBuilder().setPageSize(200).build())
        .getProjectsList();
  }

  private static String start(String projectId, Visibility visibility) {
    return agent
        .client()
        .sessions()
        .startSession(
            StartSessionRequest.newBuilder()
                .setProjectId(projectId)
                .setVisibility(visibility)
                .build())
        .getSession()
        .getSessionId();
  }

  private static void setVisibility(String session, Visibility visibility) {
    agent
        .client()
        .sessions()
        .updateSession(
            UpdateSessionRequest.newBuilder()
                .setSessionId(session)
                .setVisibility(visibility)
                .build());
  }

  private static Session session(Client caller, String id) {
    return caller
        .sessions()
        .getSession(GetSessionRequest.newBuilder().setSessionId(id).build())
        .getSession();
  }

  private static String sessionRefusal(String id) {
    return Refused.with(
            ErrorReason.ERROR_REASON_SESSION_NOT_FOUND, () -> session(stranger.client(), id))
        .message();
  }

  private static List<Session> sessions(Client caller) {
    return caller
        .sessions()
        .listSessions(ListSessionsRequest.newBuilder().setPageSize(200).build())
        .getSessionsList();
  }
}
