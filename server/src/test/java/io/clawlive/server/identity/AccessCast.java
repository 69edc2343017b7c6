package io.clawlive.server.identity;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.clawlive.agents.v1.AddProjectMemberRequest;
import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.FollowRequest;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.agents.v1.GetProjectRequest;
import io.clawlive.agents.v1.ListAgentsRequest;
import io.clawlive.agents.v1.ListFollowsRequest;
import io.clawlive.agents.v1.ListProjectMembersRequest;
import io.clawlive.agents.v1.ListProjectsRequest;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.agents.v1.RemoveProjectMemberRequest;
import io.clawlive.agents.v1.UnfollowRequest;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.identity.v1.ApproveDeviceLoginRequest;
import io.clawlive.identity.v1.ChangePasswordRequest;
import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.DenyDeviceLoginRequest;
import io.clawlive.identity.v1.FinishOAuthRequest;
import io.clawlive.identity.v1.GetDeviceLoginRequest;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.ListAccountsRequest;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.identity.v1.ListKeysRequest;
import io.clawlive.identity.v1.ListOAuthLinksRequest;
import io.clawlive.identity.v1.ListOAuthProvidersRequest;
import io.clawlive.identity.v1.ListSigningKeysRequest;
import io.clawlive.identity.v1.LoginRequest;
import io.clawlive.identity.v1.LogoutRequest;
import io.clawlive.identity.v1.PollDeviceLoginRequest;
import io.clawlive.identity.v1.RefreshRequest;
import io.clawlive.identity.v1.RegisterRequest;
import io.clawlive.identity.v1.RevokeKeyRequest;
import io.clawlive.identity.v1.RotateKeyRequest;
import io.clawlive.identity.v1.RotateSigningKeyRequest;
import io.clawlive.identity.v1.StartDeviceLoginRequest;
import io.clawlive.identity.v1.StartOAuthLinkRequest;
import io.clawlive.identity.v1.StartOAuthLoginRequest;
import io.clawlive.identity.v1.UnlinkOAuthRequest;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.identity.v1.VerifyAuditRequest;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.live.v1.EndSessionRequest;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.live.v1.HeartbeatRequest;
import io.clawlive.live.v1.ListArtifactsRequest;
import io.clawlive.live.v1.ListLiveFeedRequest;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.PauseSessionRequest;
import io.clawlive.live.v1.ReplayRequest;
import io.clawlive.live.v1.ResumeSessionRequest;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.live.v1.UpdateSessionRequest;
import io.clawlive.rooms.v1.ListMessagesRequest;
import io.clawlive.rooms.v1.ReactRequest;
import io.clawlive.rooms.v1.SendMessageRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Events;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.AppendRequest;
import io.clawlive.streams.v1.ListRequest;
import io.clawlive.streams.v1.PublishOpen;
import io.clawlive.streams.v1.PublishRequest;
import io.clawlive.streams.v1.SearchRequest;
import io.clawlive.streams.v1.TimelineRequest;
import io.clawlive.streams.v1.WatchRequest;
import io.clawlive.webhooks.v1.CreateWebhookRequest;
import io.clawlive.webhooks.v1.DeleteWebhookRequest;
import io.clawlive.webhooks.v1.IngestRequest;
import io.clawlive.webhooks.v1.ListWebhooksRequest;
import io.clawlive.webhooks.v1.RotateWebhookRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Every kind of caller, and a request to every RPC that is right in all but who sends it. */
final class AccessCast implements AutoCloseable {
  static final List<String> CALLERS =
      List.of(
          "nobody",
          "watch key",
          "stranger",
          "member",
          "owner",
          "agent",
          "other agent",
          "admin",
          "expired",
          "revoked",
          "audience",
          "refresh",
          "alg none",
          "wrong kid",
          "garbage");

  /** What ends the credential it is called with, so each of these calls has a caller of its own. */
  private static final Set<String> CONSUMING = Set.of("Logout", "ChangePassword", "RotateKey");

  /** Chat beside a session is asked with the session's id; the rest of rooms with a room's. */
  private static final Set<String> SESSION_CHAT =
      Set.of(
          "clawlive.rooms.v1.ChatService/SendMessage",
          "clawlive.rooms.v1.ChatService/React",
          "clawlive.rooms.v1.ChatService/ListMessages");

  private final RoomCast rooms;
  private final SandboxCast sandboxes;
  private final TestServer server;
  private final TestServer otherAudience;
  private final TestServer shortLived;
  private final Person owner;
  private final Person member;
  private final Worker agent;
  private final Thing open;
  private final Thing restricted;
  private final Map<String, Client> callers = new HashMap<>();
  private int names;

  /** A project with a session. */
  private record Thing(String projectId, String name, String sessionId) {}

  AccessCast(TestServer server) {
    this.server = server;
    otherAudience = server.sibling("clawlive.identity.audience=another-product");
    shortLived = server.sibling("clawlive.identity.access-token-lifetime=1s");
    owner = server.person("owner");
    member = server.person("member");
    agent = owner.worker("owners-agent");
    open = new Thing(agent.projectId(), "owners-agent/work", agent.stream());
    restricted = restricted();
    rooms = new RoomCast(owner.client(), member.client());
    sandboxes = new SandboxCast(owner.client(), agent.handle());
  }

  Person owner() {
    return owner;
  }

  private Thing restricted() {
    String project =
        agent
            .client()
            .projects()
            .createProject(
                CreateProjectRequest.newBuilder()
                    .setAgent(agent.handle())
                    .setSlug("secret")
                    .setVisibility(Visibility.VISIBILITY_PRIVATE)
                    .build())
            .getProject()
            .getProjectId();
    for (String in : List.of(project, open.projectId())) {
      owner
          .client()
          .projects()
          .addProjectMember(
              AddProjectMemberRequest.newBuilder().setProject(in).setAccount("member").build());
    }
    String session =
        agent
            .client()
            .sessions()
            .startSession(StartSessionRequest.newBuilder().setProjectId(project).build())
            .getSession()
            .getSessionId();
    return new Thing(project, "owners-agent/secret", session);
  }

  /** A caller of this kind, for this RPC. */
  Client caller(String kind, String rpc) {
    return CONSUMING.contains(rpc.substring(rpc.indexOf('/') + 1))
        ? make(kind)
        : callers.computeIfAbsent(kind, this::make);
  }

  private Client make(String kind) {
    return switch (kind) {
      case "nobody" -> server.nobody();
      case "watch key" -> server.as(person("onlooker").key(KeyScope.KEY_SCOPE_WATCH).getApiKey());
      case "stranger" -> person("stranger").client();
      case "member" -> member.again().client();
      case "owner" -> owner.again().client();
      case "agent" -> server.as(agentKey());
      case "other agent" -> person("foreigner").worker("foreign-agent-" + names).client();
      case "admin" ->
          server.as(
              server.admin().keys().createKey(CreateKeyRequest.getDefaultInstance()).getApiKey());
      case "expired" -> expired();
      case "revoked" -> revoked();
      case "audience" ->
          server.as(Person.login(otherAudience, "owner", Person.PASSWORD).getAccessToken());
      case "refresh" -> server.as(owner.again().tokens().getRefreshToken());
      case "alg none" -> server.as(unsigned());
      case "wrong kid" -> server.as(forged());
      case "garbage" -> server.as("eyJhbGciOiJFUzI1NiJ9.????.####");
      default -> throw new AssertionError(kind);
    };
  }

  private Person person(String name) {
    return server.person(name + names++);
  }

  private String agentKey() {
    return owner
        .client()
        .keys()
        .createKey(CreateKeyRequest.newBuilder().setAgent(agent.handle()).build())
        .getApiKey();
  }

  private Client expired() {
    String token = Person.login(shortLived, "owner", Person.PASSWORD).getAccessToken();
    Together.pause(Duration.ofMillis(1_100));
    return server.as(token);
  }

  private Client revoked() {
    Person gone = owner.again();
    gone.client().identity().logout(LogoutRequest.getDefaultInstance());
    return gone.client();
  }

  private SignedJWT good() {
    try {
      return SignedJWT.parse(owner.tokens().getAccessToken());
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private String unsigned() {
    String payload = owner.tokens().getAccessToken().split("\\.")[1];
    String header = "{\"alg\":\"none\",\"typ\":\"at+jwt\"}";
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + payload
        + ".";
  }

  /** The owner's token signed by a key of somebody else's, under the name of the server's key. */
  private String forged() {
    try {
      SignedJWT good = good();
      JWTClaimsSet claims =
          new JWTClaimsSet.Builder(good.getJWTClaimsSet())
              .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
              .build();
      var header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .type(new JOSEObjectType("at+jwt"))
              .keyID(good.getHeader().getKeyID())
              .build();
      var forged = new SignedJWT(header, claims);
      forged.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));
      return forged.serialize();
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A request that is right in everything but, perhaps, who sends it. */
  Message request(String rpc, boolean hidden) {
    Thing thing = hidden ? restricted : open;
    String project = thing.name();
    String session = thing.sessionId();
    if (rpc.contains("clawlive.sandbox.v1.TeamService")) {
      return TeamCast.request(rpc.substring(rpc.lastIndexOf('/') + 1));
    }
    if (rpc.contains("clawlive.sandbox.v1.SecretService")
        || rpc.contains("clawlive.sandbox.v1.TemplateService")) {
      return SecretCast.request(rpc.substring(rpc.lastIndexOf('.') + 1), agent.handle());
    }
    if (rpc.contains("clawlive.sandbox.v1.")) {
      return sandboxes.request(rpc.substring(rpc.lastIndexOf('.') + 1));
    }
    if (rpc.contains("clawlive.rooms.v1.") && !SESSION_CHAT.contains(rpc)) {
      return rooms.request(rpc.substring(rpc.lastIndexOf('.') + 1), hidden);
    }
    return switch (rpc.substring(rpc.indexOf('/') + 1)) {
      case "RegisterAgent" -> RegisterAgentRequest.newBuilder().setHandle(name()).build();
      case "GetAgent" -> GetAgentRequest.newBuilder().setAgent(agent.handle()).build();
      case "ListAgents" -> ListAgentsRequest.getDefaultInstance();
      case "CreateProject" ->
          CreateProjectRequest.newBuilder().setAgent(agent.handle()).setSlug(name()).build();
      case "GetProject" -> GetProjectRequest.newBuilder().setProject(project).build();
      case "ListProjects" -> ListProjectsRequest.getDefaultInstance();
      case "UpdateProject" ->
          UpdateProjectRequest.newBuilder().setProject(project).setTitle("new").build();
      case "ListProjectMembers" ->
          ListProjectMembersRequest.newBuilder().setProject(project).build();
      case "AddProjectMember" ->
          AddProjectMemberRequest.newBuilder().setProject(project).setAccount("member").build();
      case "RemoveProjectMember" ->
          RemoveProjectMemberRequest.newBuilder().setProject(project).setAccount("owner").build();
      case "StartSession" ->
          StartSessionRequest.newBuilder().setProjectId(thing.projectId()).build();
      case "Heartbeat" -> HeartbeatRequest.newBuilder().setSessionId(session).build();
      case "PauseSession" -> PauseSessionRequest.newBuilder().setSessionId(session).build();
      case "ResumeSession" -> ResumeSessionRequest.newBuilder().setSessionId(session).build();
      case "EndSession" -> EndSessionRequest.newBuilder().setSessionId(session).build();
      case "UpdateSession" ->
          UpdateSessionRequest.newBuilder().setSessionId(session).setTitle("new").build();
      case "GetSession" -> GetSessionRequest.newBuilder().setSessionId(session).build();
      case "ListSessions" -> ListSessionsRequest.getDefaultInstance();
      case "ListLiveFeed" -> ListLiveFeedRequest.getDefaultInstance();
      case "ListArtifacts" -> ListArtifactsRequest.newBuilder().setSessionId(session).build();
      case "Replay" -> ReplayRequest.newBuilder().setSessionId(session).build();
      case "Publish" ->
          PublishRequest.newBuilder()
              .setOpen(PublishOpen.newBuilder().setStreamId(session).setProducerId("p"))
              .build();
      case "Append" ->
          AppendRequest.newBuilder()
              .setStreamId(session)
              .setProducerId(name())
              .addEvents(Events.thought(1, "in"))
              .build();
      case "Watch" -> WatchRequest.newBuilder().setStreamId(session).build();
      case "List" -> ListRequest.newBuilder().setStreamId(session).build();
      case "Search" -> SearchRequest.newBuilder().setStreamId(session).setQuery("anything").build();
      case "Timeline" -> TimelineRequest.newBuilder().setStreamId(session).build();
      case "SendMessage" ->
          SendMessageRequest.newBuilder().setSessionId(session).setMessage("hello").build();
      case "React" ->
          ReactRequest.newBuilder().setSessionId(session).setSequence(1).setEmoji("👍").build();
      case "ListMessages" -> ListMessagesRequest.newBuilder().setSessionId(session).build();
      default -> accountRequest(rpc.substring(rpc.indexOf('/') + 1));
    };
  }

  /** What accounts and agents do beside their sessions. */
  private Message accountRequest(String rpc) {
    String handle = agent.handle();
    return switch (rpc) {
      case "Follow" -> FollowRequest.newBuilder().setAgentId(handle).build();
      case "Unfollow" -> UnfollowRequest.newBuilder().setAgentId(handle).build();
      case "ListFollows" -> ListFollowsRequest.getDefaultInstance();
      case "CreateWebhook" ->
          CreateWebhookRequest.newBuilder().setAgent(handle).setName(name()).build();
      case "ListWebhooks" -> ListWebhooksRequest.newBuilder().setAgent(handle).build();
      case "RotateWebhook" ->
          RotateWebhookRequest.newBuilder().setAgent(handle).setWebhook("none").build();
      case "DeleteWebhook" ->
          DeleteWebhookRequest.newBuilder().setAgent(handle).setWebhook("none").build();
      case "Ingest" ->
          IngestRequest.newBuilder()
              .setBody(ByteString.copyFromUtf8("{\"session_id\":\"" + open.sessionId() + "\"}"))
              .build();
      default -> identityRequest(rpc);
    };
  }

  private Message identityRequest(String rpc) {
    return switch (rpc) {
      case "WhoAmI" -> WhoAmIRequest.getDefaultInstance();
      case "Register" ->
          RegisterRequest.newBuilder().setName(name()).setPassword(Person.PASSWORD).build();
      case "Login" ->
          LoginRequest.newBuilder().setName("owner").setPassword(Person.PASSWORD).build();
      case "Refresh" ->
          RefreshRequest.newBuilder()
              .setRefreshToken(owner.again().tokens().getRefreshToken())
              .build();
      case "Logout" -> LogoutRequest.getDefaultInstance();
      case "ChangePassword" ->
          ChangePasswordRequest.newBuilder()
              .setOldPassword("not the password")
              .setNewPassword("another password")
              .build();
      case "RotateSigningKey" -> RotateSigningKeyRequest.getDefaultInstance();
      case "ListSigningKeys" -> ListSigningKeysRequest.getDefaultInstance();
      case "CreateAccount" -> CreateAccountRequest.newBuilder().setName(name()).build();
      case "ListAccounts" -> ListAccountsRequest.getDefaultInstance();
      case "UpdateAccount" -> UpdateAccountRequest.newBuilder().setAccount("owner").build();
      case "CreateKey" -> CreateKeyRequest.newBuilder().setAgent(agent.handle()).build();
      case "ListKeys" -> ListKeysRequest.getDefaultInstance();
      case "RevokeKey" ->
          RevokeKeyRequest.newBuilder().setKeyId(UUID.randomUUID().toString()).build();
      case "RotateKey" -> RotateKeyRequest.getDefaultInstance();
      case "StartDeviceLogin" -> StartDeviceLoginRequest.getDefaultInstance();
      case "PollDeviceLogin" ->
          PollDeviceLoginRequest.newBuilder().setDeviceCode(deviceLogin().deviceCode()).build();
      case "GetDeviceLogin" ->
          GetDeviceLoginRequest.newBuilder().setUserCode(deviceLogin().userCode()).build();
      case "ApproveDeviceLogin" ->
          ApproveDeviceLoginRequest.newBuilder().setUserCode(deviceLogin().userCode()).build();
      case "DenyDeviceLogin" ->
          DenyDeviceLoginRequest.newBuilder().setUserCode(deviceLogin().userCode()).build();
      case "ListOAuthProviders" -> ListOAuthProvidersRequest.getDefaultInstance();
      case "StartOAuthLogin" ->
          StartOAuthLoginRequest.newBuilder()
              .setProvider("github")
              .setRedirectUri("http://127.0.0.1/")
              .build();
      case "StartOAuthLink" ->
          StartOAuthLinkRequest.newBuilder()
              .setProvider("github")
              .setRedirectUri("http://127.0.0.1/")
              .build();
      case "FinishOAuth" ->
          FinishOAuthRequest.newBuilder().setState("s").setCode("c").setLoginToken("t").build();
      case "ListOAuthLinks" -> ListOAuthLinksRequest.getDefaultInstance();
      case "UnlinkOAuth" -> UnlinkOAuthRequest.newBuilder().setProvider("github").build();
      case "ListAuditEntries" -> ListAuditEntriesRequest.getDefaultInstance();
      case "VerifyAudit" -> VerifyAuditRequest.getDefaultInstance();
      default -> throw new AssertionError("say here what a good request to " + rpc + " is");
    };
  }

  private record Codes(String deviceCode, String userCode) {}

  private Codes deviceLogin() {
    var started =
        server.nobody().devices().startDeviceLogin(StartDeviceLoginRequest.getDefaultInstance());
    return new Codes(started.getDeviceCode(), started.getUserCode());
  }

  private String name() {
    return "name" + names++;
  }

  @Override
  public void close() {
    otherAudience.close();
    shortLived.close();
  }
}
