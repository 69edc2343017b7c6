package io.clawlive.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.protobuf.Message;
import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.agents.v1.GetProjectRequest;
import io.clawlive.agents.v1.ListAgentsRequest;
import io.clawlive.agents.v1.ListProjectsRequest;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.live.v1.EndSessionRequest;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.live.v1.HeartbeatRequest;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.PauseSessionRequest;
import io.clawlive.live.v1.ReplayRequest;
import io.clawlive.live.v1.ResumeSessionRequest;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Contract;
import io.clawlive.server.testing.Events;
import io.clawlive.server.testing.RawCall;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.AppendRequest;
import io.clawlive.streams.v1.ListRequest;
import io.clawlive.streams.v1.PublishOpen;
import io.clawlive.streams.v1.PublishRequest;
import io.clawlive.streams.v1.WatchRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who gets through which door. The answers stand in {@code access-matrix.txt}. */
final class AccessTest {
  @AutoClose private static final TestServer server = TestServer.start();

  private static final String OWNER_ACCOUNT = account("owner");
  private static final Worker owner = Worker.register(server, server.as(OWNER_ACCOUNT), "owner");
  private static final Worker foreign =
      Worker.register(server, server.as(account("foreigner")), "foreigner");
  private static final String SESSION = owner.stream();

  private static int names;

  @Test
  void everyRpcLetsInWhomTheMatrixSaysAndNobodyElse() throws IOException {
    assertEquals(matrix(), table());
  }

  @Test
  void aCredentialIsAKeyBehindTheWordBearer() {
    for (String header :
        List.of("", "Bearer", "Bearer ", "Basic " + owner.key(), owner.key(), "Bearer x")) {
      Refused.with(
          ErrorReason.ERROR_REASON_CREDENTIAL_INVALID,
          () -> whoAmI(server.nobody().withAuthorization(header)));
    }
    assertEquals(
        Role.ROLE_AGENT,
        whoAmI(server.nobody().withAuthorization("bearer " + owner.key())),
        "the word is compared without case");
  }

  @Test
  void theAnswerDoesNotSayWhatIsWrongWithAKey() {
    String unknown = "cl_00000000_" + "0".repeat(32);
    String answer =
        Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_INVALID, () -> whoAmI(server.as(unknown)))
            .message();
    for (String key : List.of(wrongSecret(), revoked(), "not-a-key")) {
      Refused refused =
          Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_INVALID, () -> whoAmI(server.as(key)));
      assertEquals(answer, refused.message());
    }
  }

  @Test
  void everyCallerIsWhoTheyAre() {
    assertEquals(Role.ROLE_SPECTATOR, whoAmI(server.nobody()));
    assertEquals(Role.ROLE_AGENT, whoAmI(owner.client()));
    assertEquals(Role.ROLE_USER, whoAmI(server.as(OWNER_ACCOUNT)));
    assertEquals(Role.ROLE_ADMIN, whoAmI(server.admin()));
  }

  /** What really happens, written as the file writes it. */
  private static String table() {
    Map<String, Client> callers = callers();
    var lines = new StringBuilder(line("", new ArrayList<>(callers.keySet())));
    Contract.rpcs().stream()
        .map(Contract::path)
        .sorted()
        .forEach(rpc -> {
          String name = rpc.substring("clawlive.".length()).replace(".v1.", ".");
          lines.append(
              line(
                  name.substring(name.indexOf('.') + 1),
                  callers.values().stream().map(caller -> outcome(caller, rpc)).toList()));
        });
    return lines.toString();
  }

  private static String line(String name, List<String> cells) {
    var line = new StringBuilder("%-31s".formatted(name));
    cells.forEach(cell -> line.append(" %-13s".formatted(cell)));
    return line.toString().stripTrailing() + "\n";
  }

  private static String matrix() throws IOException {
    try (var in = AccessTest.class.getResourceAsStream("/access-matrix.txt")) {
      assertNotNull(in);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line + "\n")
          .reduce("", String::concat);
    }
  }

  private static Map<String, Client> callers() {
    var callers = new LinkedHashMap<String, Client>();
    callers.put("nobody", server.nobody());
    callers.put("malformed", server.nobody().withAuthorization("Basic bWU6bWU="));
    callers.put("wrong secret", server.as(wrongSecret()));
    callers.put("revoked", server.as(revoked()));
    callers.put("agent", owner.client());
    callers.put("other agent", foreign.client());
    callers.put("account", server.as(OWNER_ACCOUNT));
    callers.put("other account", server.as(account("other" + names++)));
    callers.put("admin", server.admin());
    return callers;
  }

  private static String outcome(Client caller, String rpc) {
    try {
      RawCall.send(caller.channel(), rpc, request(rpc));
      return "yes";
    } catch (StatusRuntimeException e) {
      return switch (Refused.of(e).reason()) {
        case ERROR_REASON_CREDENTIAL_MISSING -> "missing";
        case ERROR_REASON_CREDENTIAL_INVALID -> "invalid";
        case ERROR_REASON_NOT_OWNER -> "not owner";
        case ERROR_REASON_ADMIN_ONLY -> "admin only";
        // It came through to the noun, which had a reason of its own.
        case ERROR_REASON_SESSION_ENDED, ERROR_REASON_STREAM_ENDED -> "yes";
        default -> e.getMessage();
      };
    }
  }

  /** A request that is right in everything but, perhaps, who sends it. */
  private static Message request(String rpc) {
    return switch (rpc.substring(rpc.indexOf('/') + 1)) {
      case "RegisterAgent" ->
          RegisterAgentRequest.newBuilder().setHandle("agent-" + names++).build();
      case "GetAgent" -> GetAgentRequest.newBuilder().setAgent("owner").build();
      case "ListAgents" -> ListAgentsRequest.getDefaultInstance();
      case "CreateProject" ->
          CreateProjectRequest.newBuilder().setAgent("owner").setSlug("slug-" + names++).build();
      case "GetProject" -> GetProjectRequest.newBuilder().setProject("owner/work").build();
      case "ListProjects" -> ListProjectsRequest.getDefaultInstance();
      case "StartSession" ->
          StartSessionRequest.newBuilder().setProjectId(owner.projectId()).build();
      case "Heartbeat" -> HeartbeatRequest.newBuilder().setSessionId(SESSION).build();
      case "PauseSession" -> PauseSessionRequest.newBuilder().setSessionId(SESSION).build();
      case "ResumeSession" -> ResumeSessionRequest.newBuilder().setSessionId(SESSION).build();
      case "EndSession" -> EndSessionRequest.newBuilder().setSessionId(SESSION).build();
      case "GetSession" -> GetSessionRequest.newBuilder().setSessionId(SESSION).build();
      case "ListSessions" -> ListSessionsRequest.getDefaultInstance();
      case "Replay" -> ReplayRequest.newBuilder().setSessionId(SESSION).build();
      case "Publish" ->
          PublishRequest.newBuilder()
              .setOpen(PublishOpen.newBuilder().setStreamId(SESSION).setProducerId("p"))
              .build();
      case "Append" ->
          AppendRequest.newBuilder()
              .setStreamId(SESSION)
              .setProducerId("p" + names++)
              .addEvents(Events.thought(1, "in"))
              .build();
      case "Watch" -> WatchRequest.newBuilder().setStreamId(SESSION).build();
      case "List" -> ListRequest.newBuilder().setStreamId(SESSION).build();
      case "WhoAmI" -> WhoAmIRequest.getDefaultInstance();
      default -> throw new AssertionError("say here what a good request to " + rpc + " is");
    };
  }

  private static Role whoAmI(Client caller) {
    return caller.identity().whoAmI(WhoAmIRequest.getDefaultInstance()).getRole();
  }

  private static String wrongSecret() {
    String key = owner.key();
    return key.substring(0, key.length() - 1) + (key.endsWith("a") ? "b" : "a");
  }

  private static String revoked() {
    Worker former = Worker.register(server, server.admin(), "former-" + names++);
    assertEquals(
        1,
        server
            .database()
            .execute(
                "UPDATE api_keys SET revoked_at = now() WHERE agent_id = ?",
                UUID.fromString(former.agentId())));
    return former.key();
  }

  /** The key of a new account that is no administrator's. */
  private static String account(String name) {
    UUID id = UUID.randomUUID();
    server
        .database()
        .execute(
            "INSERT INTO accounts (id, name, role, created_at) VALUES (?, ?, 'user', now())",
            id,
            name);
    return server.bean(io.clawlive.server.identity.keys.ApiKeys.class).create(id, null).text();
  }
}
