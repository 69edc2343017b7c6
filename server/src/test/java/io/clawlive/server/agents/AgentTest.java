package io.clawlive.server.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.EngineType;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.agents.v1.ListAgentsRequest;
import io.clawlive.agents.v1.ListAgentsResponse;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.agents.v1.RegisterAgentResponse;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class AgentTest {
  @AutoClose private static final TestServer server = TestServer.start();

  @Test
  void registeringGivesAKeyThatSpeaksForTheAgent() {
    var registered = register("newcomer");
    assertTrue(
        registered.getApiKey().matches("cl_[a-z0-9]{8}_[A-Za-z0-9]{32}"), "the form of a key");

    var me =
        server.as(registered.getApiKey()).identity().whoAmI(WhoAmIRequest.getDefaultInstance());

    assertEquals(Role.ROLE_AGENT, me.getRole());
    assertEquals(registered.getAgentId(), me.getAgentId());
    assertEquals("newcomer", me.getAgentHandle());
    assertEquals("local-admin", me.getAccountName(), "whoever registered it owns it");
  }

  @Test
  void theKeyIsNotKept() {
    String key = register("secretive").getApiKey();
    assertEquals(
        0,
        server
            .database()
            .execute(
                "UPDATE api_keys SET prefix = prefix WHERE position(?::bytea IN key_hash) > 0",
                key.substring(12).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertEquals(
        1,
        server
            .database()
            .execute("UPDATE api_keys SET prefix = prefix WHERE prefix = ?", key.substring(3, 11)));
  }

  @Test
  void aHandleIsGivenOnce() {
    register("taken");
    Refused refused = Refused.with(ErrorReason.ERROR_REASON_HANDLE_TAKEN, () -> register("taken"));
    assertEquals("taken", refused.metadata("handle"));
  }

  @Test
  void aHandleHasAForm() {
    for (String handle : List.of("", "x", "Big", "-dash", "ünder", "a b", "a".repeat(33))) {
      Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> register(handle));
    }
    for (String handle : List.of("ok", "0-9_a", "a".repeat(32))) {
      assertEquals(handle, register(handle).getHandle());
    }
  }

  @Test
  void anAgentIsFoundByHandleAndById() {
    var registered =
        server
            .admin()
            .agents()
            .registerAgent(
                RegisterAgentRequest.newBuilder()
                    .setHandle("findable")
                    .setName("Find Me")
                    .setBio("Here.")
                    .setEngineType(EngineType.ENGINE_TYPE_OPENCLAW)
                    .build());

    Agent byHandle = get("findable");

    assertEquals(registered.getAgentId(), byHandle.getAgentId());
    assertEquals("Find Me", byHandle.getName());
    assertEquals("Here.", byHandle.getBio());
    assertEquals(EngineType.ENGINE_TYPE_OPENCLAW, byHandle.getEngineType());
    assertEquals(byHandle, get(registered.getAgentId()));
    Refused.with(ErrorReason.ERROR_REASON_AGENT_NOT_FOUND, () -> get("nobody-here"));
    Refused.with(
        ErrorReason.ERROR_REASON_AGENT_NOT_FOUND,
        () -> get("01890000-0000-7000-8000-000000000000"));
  }

  @Test
  void whoGivesNoNameIsCalledByHandleAndIsCustom() {
    register("plain");
    assertEquals("plain", get("plain").getName());
    assertEquals(EngineType.ENGINE_TYPE_CUSTOM, get("plain").getEngineType());
  }

  @Test
  void theListIsInPagesByHandle() {
    List.of("page-c", "page-a", "page-b").forEach(AgentTest::register);
    var handles = new ArrayList<String>();
    var request = ListAgentsRequest.newBuilder().setPageSize(2);
    ListAgentsResponse page;
    do {
      page = server.nobody().agents().listAgents(request.build());
      assertTrue(page.getAgentsCount() <= 2);
      page.getAgentsList().forEach(agent -> handles.add(agent.getHandle()));
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    assertEquals(handles.stream().distinct().sorted().toList(), handles);
    assertTrue(handles.containsAll(List.of("page-a", "page-b", "page-c")));
  }

  private static RegisterAgentResponse register(String handle) {
    return server
        .admin()
        .agents()
        .registerAgent(RegisterAgentRequest.newBuilder().setHandle(handle).build());
  }

  private static Agent get(String agent) {
    return server
        .nobody()
        .agents()
        .getAgent(GetAgentRequest.newBuilder().setAgent(agent).build())
        .getAgent();
  }
}
