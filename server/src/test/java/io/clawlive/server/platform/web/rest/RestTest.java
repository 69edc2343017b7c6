package io.clawlive.server.platform.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The contract over HTTP and JSON: every method, every shape. */
final class RestTest {
  @AutoClose private static final TestServer server = TestServer.start();
  @AutoClose private static final HttpClient http = HttpClient.newHttpClient();
  private static final AtomicInteger handles = new AtomicInteger();

  private final Worker worker = server.worker("rest-" + handles.incrementAndGet());
  private final RestClient nobody = RestClient.of(http, server, null);
  private final RestClient agent = RestClient.of(http, server, worker.key());

  @Test
  void anAgentIsRegisteredReadAndListed() {
    RestClient admin =
        RestClient.of(http, server, server.person("owner").tokens().getAccessToken());
    var registered =
        admin
            .post(
                "/v1/agents",
                "{\"handle\":\"mybot\",\"name\":\"MyBot\",\"bio\":\"…\",\"engine_type\":\"custom\"}")
            .is(200);
    assertEquals("mybot", registered.at("handle"));
    assertTrue(registered.header("content-type").startsWith("application/json"));
    assertEquals("no-store", registered.header("cache-control"));
    var read = nobody.get("/v1/agents/mybot").is(200);
    assertEquals(registered.at("agent_id"), read.at("agent_id"));
    assertEquals("custom", read.at("engine_type"));
    assertEquals("…", read.at("bio"));
    assertTrue(read.at("created_at").endsWith("Z"));
    var listed = nobody.get("/v1/agents?limit=200").is(200);
    assertTrue(listed.body().contains("\"mybot\""), listed::body);
    assertEquals("", listed.at("next_page_token"));
    assertEquals("[1]", nobody.get("/v1/agents?limit=1").is(200).at("agents"));
    assertEquals("[1]", nobody.get("/v1/agents?page_size=1").is(200).at("agents"));
    assertEquals("[1]", nobody.get("/v1/agents?pageSize=1").is(200).at("agents"));
  }

  @Test
  void aProjectIsNamedByTwoSegmentsAndAVerb() {
    String project = "/v1/projects/" + worker.handle() + "/work";
    assertEquals(worker.projectId(), nobody.get(project).is(200).at("project_id"));
    String encoded = "/v1/projects/" + worker.handle() + "%2Fwork";
    assertEquals(worker.projectId(), nobody.get(encoded).is(200).at("project_id"));
    assertEquals("[0]", agent.get(project + ":members").is(200).at("members"));
    var changed = agent.send("PATCH", project, "{\"title\":\"New\"}").is(200);
    assertEquals("New", changed.at("title"));
    assertEquals("public", changed.at("visibility"));
    agent.send("PATCH", project, "{\"visibility\":\"private\"}").is(200);
    assertEquals("PROJECT_NOT_FOUND", nobody.get(project).is(404).at("error.reason"));
    agent.send("PATCH", project, "{\"visibility\":\"VISIBILITY_PUBLIC\"}").is(200);
    assertEquals("public", nobody.get(project).is(200).at("visibility"));
  }

  @Test
  void aSessionLivesAndItsEventsComeBackAsTheyWere() {
    var started =
        agent
            .post(
                "/v1/sessions",
                "{\"project_id\":\"%s\",\"metadata\":{\"a\":[1,2.5,null,true,{\"b\":\"c\"}]}}"
                    .formatted(worker.projectId()))
            .is(200);
    assertEquals("live", started.at("status"));
    assertEquals("2.5", started.at("metadata.a.1"));
    assertEquals("null", started.at("metadata.a.2"));
    String session = "/v1/sessions/" + started.at("session_id");
    var inserted =
        agent
            .post(
                session + "/events",
                """
                {"events": [
                  {"type": "thought", "payload": {"text": "hm", "tags": ["a", "b"]}},
                  {"type": "log", "payload": {"line": "npm install", "level": "warn"}},
                  {"type": "proof", "payload": {"kind": "commit", "sha": "abc123"},
                   "occurred_at": "2026-02-13T10:00:00+01:00"}
                ]}\
                """)
            .is(200);
    assertEquals("3", inserted.at("inserted"));
    var listed = nobody.get(session + "/events?after_sequence=1&page_size=10").is(200);
    assertEquals("[3]", listed.at("events"));
    assertEquals("thought", listed.at("events.0.type"));
    assertEquals("b", listed.at("events.0.payload.tags.1"));
    assertEquals("warn", listed.at("events.1.payload.level"));
    assertEquals("commit", listed.at("events.2.payload.kind"));
    assertEquals("2026-02-13T09:00:00Z", listed.at("events.2.occurred_at"));
    assertEquals("agent", listed.at("events.2.actor.kind"));
    assertEquals("4", listed.at("events.2.sequence"));
    assertEquals("false", listed.at("has_more"));
    var logs = nobody.get(session + "/events?kinds=log&kinds=proof").is(200);
    assertEquals("[2]", logs.at("events"));
    agent.post(session + "/heartbeat", "").is(200);
    var replay = nobody.get(session + "/replay").is(200);
    assertEquals("[4]", replay.at("events"));
    assertEquals("live", replay.at("session.status"));
    assertTrue(replay.header("content-type").startsWith("application/json"));
    var ended = agent.post(session + "/end", "{\"reason\":\"done\"}").is(200);
    assertEquals("ended", ended.at("status"));
    assertTrue(ended.at("ended_at").endsWith("Z"));
    assertEquals(
        "STREAM_ENDED",
        agent
            .post(session + "/events", "{\"events\":[{\"type\":\"log\",\"payload\":{}}]}")
            .is(400)
            .at("error.reason"));
  }

  @Test
  void aRepeatedCallWithItsKeyDoesNothingTwice() {
    String start = "{\"project_id\":\"" + worker.projectId() + "\"}";
    String first =
        agent.post("/v1/sessions", start, "Idempotency-Key", "k 1 ü").is(200).at("session_id");
    String again =
        agent.post("/v1/sessions", start, "Idempotency-Key", "k 1 ü").is(200).at("session_id");
    String other =
        agent.post("/v1/sessions", start, "Idempotency-Key", "k 2").is(200).at("session_id");
    assertEquals(first, again);
    assertNotEquals(first, other);
    String events = "/v1/sessions/" + first + "/events";
    String two =
        "{\"events\":[{\"type\":\"log\",\"payload\":{\"line\":\"1\"}},{\"type\":\"log\",\"payload\":{\"line\":\"2\"}}]}";
    assertEquals("2", agent.post(events, two, "Idempotency-Key", "e").is(200).at("inserted"));
    assertEquals("0", agent.post(events, two, "Idempotency-Key", "e").is(200).at("inserted"));
    assertEquals("2", agent.post(events, two).is(200).at("inserted"));
    assertEquals("2", agent.post(events, two).is(200).at("inserted"));
    assertEquals("7", nobody.get(events).is(200).at("last_sequence"));
  }

  @Test
  void whatIsRefusedSaysWhyInJson() {
    var unknown = nobody.get("/v1/sessions/0198c0de-0000-7000-8000-000000000000").is(404);
    assertEquals("404", unknown.at("error.code"));
    assertEquals("NOT_FOUND", unknown.at("error.status"));
    assertEquals("SESSION_NOT_FOUND", unknown.at("error.reason"));
    assertFalse(unknown.at("error.message").isEmpty());
    assertFalse(unknown.at("error.metadata.remedy").isEmpty());
    var anonymous =
        nobody.post("/v1/sessions", "{\"project_id\":\"" + worker.projectId() + "\"}").is(401);
    assertEquals("CREDENTIAL_MISSING", anonymous.at("error.reason"));
    assertEquals("Bearer", anonymous.header("www-authenticate"));
    var invalid = nobody.get("/v1/sessions/nonsense").is(400);
    assertEquals("INVALID_FIELD", invalid.at("error.reason"));
    assertEquals("session_id", invalid.at("error.fields.0.field"));
    var taken = "{\"slug\":\"work\"}";
    assertEquals(
        "SLUG_TAKEN",
        agent
            .post("/v1/agents/" + worker.handle() + "/projects", taken)
            .is(409)
            .at("error.reason"));
  }

  @Test
  void aCallTooManyIsToldWhenToComeAgain() {
    String events = "/v1/sessions/" + worker.stream() + "/events";
    String one = "{\"events\":[{\"type\":\"log\",\"payload\":{}}]}";
    RestClient.Answer answer = agent.post(events, one);
    for (int i = 0; i < 110 && answer.status() == 200; i++) {
      answer = agent.post(events, one);
    }
    assertEquals("RATE_LIMITED", answer.is(429).at("error.reason"));
    assertTrue(Integer.parseInt(answer.header("retry-after")) >= 1);
  }

  @Test
  void aPathThatIsNotThereAndAMethodThatIsNotTaken() {
    assertEquals("METHOD_UNKNOWN", nobody.get("/v1/nothing").is(404).at("error.reason"));
    var put = agent.send("PUT", "/v1/sessions", "{}").is(405);
    assertEquals("HTTP_METHOD_UNSUPPORTED", put.at("error.reason"));
    assertEquals("GET, HEAD, POST", put.header("allow"));
    assertEquals(
        404, nobody.get("/v1/agents/" + worker.handle() + "/").status(), "a trailing slash");
  }

  @Test
  void headIsGetWithoutABody() {
    var head = nobody.send(nobody.request("/v1/agents/" + worker.handle()).HEAD()).is(200);
    assertEquals(0, head.response().body().length);
    nobody.send(nobody.request("/v1/agents/nobody-here").HEAD()).is(404);
    String stream = worker.stream();
    var replay = nobody.send(nobody.request("/v1/sessions/" + stream + "/replay").HEAD()).is(200);
    assertEquals(0, replay.response().body().length);
  }

  @Test
  void aDeadlineEndsACall() {
    String watch = "/v1/sessions/" + worker.stream() + "/watch";
    nobody.get("/v1/agents/" + worker.handle(), "grpc-timeout", "5S").is(200);
    assertEquals(
        "DEADLINE_EXCEEDED",
        nobody
            .get("/v1/agents/" + worker.handle(), "grpc-timeout", "1n")
            .is(504)
            .at("error.status"));
    nobody.get(watch, "grpc-timeout", "soon").is(400);
  }

  @Test
  void aCookieOfABrowserCountsOnlyForPagesOfThisOrigin() {
    String cookie = "clawlive_session=" + server.person("browser").tokens().getAccessToken();
    String follow = "{\"agent_id\":\"" + worker.handle() + "\"}";
    assertEquals(
        "browser", nobody.get("/auth/status", "cookie", cookie).is(200).at("account_name"));
    assertEquals(
        "ORIGIN_REFUSED",
        nobody.post("/v1/follows", follow, "cookie", cookie).is(403).at("error.reason"));
    nobody
        .post("/v1/follows", follow, "cookie", cookie, "origin", "https://elsewhere.example")
        .is(403);
    nobody.post("/v1/follows", follow, "cookie", cookie, "origin", server.web().toString()).is(200);
  }

  @Test
  void aPublicKeySetIsServedWhereItIsLookedFor() {
    assertEquals("EC", nobody.get("/.well-known/jwks.json").is(200).at("keys.0.kty"));
  }
}
