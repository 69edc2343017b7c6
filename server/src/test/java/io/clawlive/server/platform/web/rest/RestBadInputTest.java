package io.clawlive.server.platform.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What REST says to what it does not understand. */
final class RestBadInputTest {
  private static final String XSS = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"&";

  @AutoClose private static final TestServer server = TestServer.start();
  @AutoClose private static final HttpClient http = HttpClient.newHttpClient();
  private static final Worker worker = server.worker("strict");
  private static final String stream = worker.stream();
  private static final String events = "/v1/sessions/" + stream + "/events";
  private static final RestClient agent = RestClient.of(http, server, worker.key());

  private static RestClient.Answer refused(RestClient.Answer answer) {
    answer.is(400);
    assertEquals("INVALID_FIELD", answer.at("error.reason"), answer::body);
    return answer;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"events\":[}",
        "[]",
        "\"text\"",
        "1",
        "null null",
        "{} {}",
        "{}x",
        "{'events':[]}",
        "{\"events\":[],}",
        "{events:[]}",
        "{\"events\":NaN}",
        "// comment\n{}",
        "\uFEFF{}",
        "{\"events\":[],\"events\":[]}",
        "{\"events\":[],\"nothing\":1}",
        "{\"stream_id\":\"other\",\"events\":[]}"
      })
  void whatIsNoObjectOfTheRequestIsRefused(String body) {
    refused(agent.post(events, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"events\":{}}|events|expected a list, found an object",
        "{\"events\":[1]}|events[0]|expected an object, found a number",
        "{\"events\":[{}]}|events[0].type|expected one of thought, log",
        "{\"events\":[{\"type\":\"shout\",\"payload\":{}}]}|events[0].type|expected one of thought,"
            + " log",
        "{\"events\":[{\"type\":1,\"payload\":{}}]}|events[0].type|expected one of thought, log",
        "{\"events\":[{\"type\":\"log\"}]}|events[0].payload|expected an object",
        "{\"events\":[{\"type\":\"log\",\"payload\":[]}]}|events[0].payload|expected an object,"
            + " found a list",
        "{\"events\":[{\"type\":\"log\",\"payload\":{\"level\":\"loud\"}}]}|events[0].payload.level|expected"
            + " one of debug, info, warn, error",
        "{\"events\":[{\"type\":\"log\",\"payload\":{\"line\":7}}]}|events[0].payload.line|expected"
            + " a text, found a number",
        "{\"events\":[{\"type\":\"log\",\"payload\":{\"continued\":\"yes\"}}]}|events[0].payload.continued|expected"
            + " true or false, found a text",
        "{\"events\":[{\"type\":\"log\",\"payload\":{\"text\":\"\"}}]}|events[0].payload.text|there"
            + " is no such field",
        "{\"events\":[{\"log\":{\"line\":\"\"},\"type\":\"log\",\"payload\":{}}]}|events[0].log|there"
            + " is no such field",
        "{\"events\":[{\"type\":\"log\",\"payload\":{},\"occurred_at\":\"yesterday\"}]}|events[0].occurred_at|expected"
            + " a time such as",
        "{\"events\":[{\"type\":\"log\",\"payload\":{},\"occurred_at\":\"99999-01-01T00:00:00Z\"}]}|events[0].occurred_at|expected"
            + " a time such as",
        "{\"events\":[{\"type\":\"log\",\"payload\":{},\"producer_sequence\":1.5}]}|events[0].producer_sequence|expected"
            + " a whole number of 64 bits",
        "{\"events\":[{\"type\":\"log\",\"payload\":{},\"producer_sequence\":9223372036854775808}]}|events[0].producer_sequence|expected"
            + " a whole number of 64 bits",
        "{\"events\":[{\"type\":\"log\",\"payload\":{},\"producer_sequence\":1e400000000}]}|events[0].producer_sequence|expected"
            + " a whole number of 64 bits",
        "{\"events\":[{\"type\":\"log\",\"payload\":{},\"producer_sequence\":\"1x\"}]}|events[0].producer_sequence|expected"
            + " a whole number",
        "{\"events\":[{\"type\":\"log\",\"payload\":{\"line\":\"\\ud800\"}}]}|events[0].payload.line|the"
            + " text holds half a surrogate pair",
        "{\"events\":[{\"type\":\"log\",\"payload\":{\"line\":\"\",\"line\":\"\"}}]}|events[0].payload.line|stands"
            + " there twice"
      })
  void aWrongShapeIsRefusedByItsPlace(String body, String place, String expected) {
    var answer = refused(agent.post(events, body));
    assertEquals(place, answer.at("error.fields.0.field"));
    assertTrue(
        answer.at("error.fields.0.message").startsWith(expected),
        () -> answer.at("error.fields.0.message"));
  }

  @Test
  void depthHasALimit() {
    String start = "{\"project_id\":\"%s\",\"metadata\":".formatted(worker.projectId());
    agent.post("/v1/sessions", start + nested(20) + "}").is(200);
    refused(agent.post("/v1/sessions", start + nested(40) + "}"));
    refused(agent.post("/v1/sessions", "[".repeat(100_000)));
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    var bad = new ByteArrayOutputStream();
    bad.writeBytes(
        "{\"events\":[{\"type\":\"log\",\"payload\":{\"line\":\"".getBytes(StandardCharsets.UTF_8));
    bad.write(0xC0);
    bad.write(0xAF);
    bad.writeBytes("\"}}]}".getBytes(StandardCharsets.UTF_8));
    refused(
        agent.send(
            agent
                .request(events, "content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(bad.toByteArray()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/grpc"
      })
  void aBodyThatIsNotSaidToBeJsonIsRefused(String type) {
    var answer =
        agent.send(
            agent
                .request(events, "content-type", type)
                .POST(BodyPublishers.ofString("{\"events\":[]}")));
    assertEquals("CONTENT_TYPE_UNSUPPORTED", answer.is(415).at("error.reason"));
  }

  @Test
  void aParameterThatIsNotKnownIsRefusedByName() {
    var unknown = refused(agent.get("/v1/sessions?limt=3"));
    assertEquals("limt", unknown.at("error.fields.0.field"));
    refused(agent.get("/v1/sessions?page_size=3&page_size=4"));
    refused(agent.get("/v1/sessions?page_size=many"));
    refused(agent.get("/v1/sessions?page_size=1000000"));
    refused(agent.get("/v1/sessions?status=alive"));
    refused(agent.get("/v1/sessions?status=live&%ff=1"));
    refused(agent.get("/v1/sessions?follow=1"));
    refused(agent.get("/v1/agents?" + "a=1&".repeat(300)));
    refused(agent.post("/v1/sessions?title=x", "{\"project_id\":\"" + worker.projectId() + "\"}"));
    agent.get("/v1/sessions?status=live&limit=20").is(200);
    agent.get("/v1/sessions?status=SESSION_STATUS_LIVE&pageSize=20").is(200);
    refused(agent.get(events + "?after_sequence=1&before_sequence=2"));
  }

  @Test
  void aBodyWhereNoneBelongsIsRefused() {
    refused(agent.send("DELETE", "/v1/follows/strict", "{}"));
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    String line = "x".repeat(60_000);
    var body = new StringBuilder("{\"events\":[");
    for (int i = 0; i < 30; i++) {
      body.append("{\"type\":\"log\",\"payload\":{\"line\":\"").append(line).append("\"}},");
    }
    String large = body.append("{\"type\":\"log\",\"payload\":{}}]}").toString();
    assertEquals("MESSAGE_TOO_LARGE", agent.post(events, large).is(413).at("error.reason"));
    agent.post(events, "\"" + "x".repeat(5 << 20) + "\"").is(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/../etc/passwd",
        "/v1/agents/../../etc/passwd",
        "/v1/agents/..",
        "/v1//agents",
        "/v1/agents/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/v1/agents/..%5c..%5c",
        "/docs/../application.yml",
        "/docs/%2e%2e/application.yml"
      })
  void aPathThatClimbsFindsNothing(String path) throws Exception {
    // As bytes: a client of ours would tidy the path up before it is sent.
    try (var socket = new Socket(server.web().getHost(), server.web().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.matches("(?s)HTTP/1.1 40[04] .*"), answer);
      assertTrue(answer.contains("\"error\""), answer);
      assertFalse(answer.contains("micronaut"), answer);
    }
  }

  @Test
  void scriptsInTextsComeBackAsHarmlessJson() {
    String text = XSS.replace("\"", "\\\"");
    agent
        .send(
            "PATCH",
            "/v1/projects/strict/work",
            "{\"title\":\"%s\",\"description\":\"%s\"}".formatted(text, text))
        .is(200);
    String session =
        agent
            .post(
                "/v1/sessions",
                "{\"project_id\":\"%s\",\"title\":\"%s\",\"metadata\":{\"%s\":\"%s\"}}"
                    .formatted(worker.projectId(), text, text, text))
            .is(200)
            .at("session_id");
    agent
        .post(
            "/v1/sessions/" + session + "/events",
            """
            {"events":[
              {"type":"thought","payload":{"text":"%1$s","tags":["%1$s"]}},
              {"type":"log","payload":{"line":"%1$s","module":"%1$s"}},
              {"type":"proof","payload":{"kind":"test","message":"%1$s"}},
              {"type":"chat","payload":{"user":"%1$s","message":"%1$s"}}
            ]}\
            """
                .formatted(text))
        .is(200);
    agent.post("/v1/sessions/" + session + "/pause", "{\"reason\":\"" + text + "\"}").is(200);
    for (String path :
        List.of(
            "/v1/projects/strict/work",
            "/v1/sessions/" + session,
            "/v1/sessions/" + session + "/events",
            "/v1/sessions/" + session + "/replay",
            "/v1/agents/" + "%3Cscript%3E",
            "/v1/%3Cscript%3Ealert(1)",
            "/v1/sessions?%3Cscript%3E=1")) {
      var answer = agent.get(path);
      assertTrue(answer.header("content-type").startsWith("application/json"), path);
      assertFalse(answer.body().contains("<"), answer::body);
      assertEquals("nosniff", answer.header("x-content-type-options"), path);
    }
    assertEquals(XSS, agent.get("/v1/sessions/" + session).at("title"), "nothing is lost");
  }

  @Test
  void anEmptyCharacterInAnIdIsNotFoundOrRefusedAndNoFault() {
    for (String path :
        List.of("/v1/agents/%00", "/v1/projects/a%00b", "/v1/agents?page_token=%00")) {
      var answer = agent.get(path);
      assertTrue(answer.status() == 404 || answer.status() == 400, () -> path + answer.body());
    }
    String zero = "\\u0000";
    refused(agent.send("PATCH", "/v1/projects/strict/work", "{\"title\":\"" + zero + "\"}"));
  }
}
