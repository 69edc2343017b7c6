package io.clawlive.server.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.webhooks.v1.IngestRequest;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is signed and sent, through the web door. */
final class DeliveriesTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static TestServer server;
  private static int names;

  private Worker agent;
  private String session;
  private Hooks hooks;
  private Sender sender;

  @BeforeAll
  static void start() {
    server = TestServer.start(MovableClock.PROPERTY);
  }

  @AfterAll
  static void stop() {
    server.close();
    HTTP.close();
  }

  @BeforeEach
  void freshWebhook() {
    server.bean(MovableClock.class).advance(Duration.ofSeconds(61));
    agent = server.worker("hooked-" + names++);
    session = agent.stream();
    hooks = new Hooks(agent);
    sender = sender(hooks.create("ci").getSecret());
  }

  @Test
  void aSignedDeliveryIsStoredAsTheAgentsEvents() {
    String body =
        """
        {"session_id": "%s",
         "events": [
          {"type": "log", "payload": {"level": "warn", "module": "ci", "line": "slow"}},
          {"type": "proof", "payload": {"kind": "commit", "sha": "a1b2c3d", "message": "Fix"},
           "occurred_at": "2026-02-13T10:00:00Z"},
          {"type": "thought", "payload": {"text": "on it", "tags": ["plan"]}},
          {"type": "chat", "payload": {"user": "ci", "message": "done"}},
          {"type": "artifact", "payload": {"kind": "file", "name": "app.zip"}}]}
        """
            .formatted(session);

    assertEquals(5, sender.send(body).inserted());

    List<Event> events = events();
    assertEquals(5, events.size());
    assertEquals(LogLevel.LOG_LEVEL_WARN, events.get(0).getLog().getLevel());
    assertEquals("a1b2c3d", events.get(1).getProof().getSha());
    assertEquals(1_770_976_800, events.get(1).getOccurredAt().getSeconds());
    assertEquals("app.zip", events.get(4).getArtifact().getName());
    for (Event event : events) {
      assertEquals(ActorKind.ACTOR_KIND_AGENT, event.getActor().getKind());
      assertEquals(agent.agentId(), event.getActor().getId());
    }
    assertTrue(hooks.list().getFirst().hasLastDeliveryAt());
  }

  @Test
  void whatIsNotSignedByAWebhookOfTheAgentIsRefused() {
    byte[] body = log("in").getBytes(UTF_8);
    String good = sender.sign(body);
    Worker other = server.worker("other-" + names++);
    var others = new Hooks(other).create("ci").getSecret();
    List<String> wrong =
        List.of(
            "",
            "sha256=",
            "sha256=" + "0".repeat(64),
            good.substring(0, good.length() - 1),
            good + "0",
            good.replace("sha256=", "sha1="),
            good.substring("sha256=".length()),
            sender(others).sign(body),
            sender("clw_" + "a".repeat(52)).sign(body));
    for (String signature : wrong) {
      sender.post(body, signature).refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    }
    assertEquals(List.of(), events());
    assertEquals(
        1,
        sender.post(body, "sha256=" + good.substring(7).toUpperCase(Locale.ROOT)).inserted(),
        "hexadecimal of either case");
  }

  @Test
  void aSecretThatCannotBeOpenedDoesNotStandInTheWayOfAnother() {
    var other = sender(hooks.create("other").getSecret());
    server
        .database()
        .execute(
            "UPDATE webhooks SET secret = '\\x00' WHERE id = ?::uuid",
            hooks.list().getFirst().getWebhookId());
    sender.send(log("lost")).refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    assertEquals(1, other.send(log("found")).inserted());
  }

  @Test
  void whetherASessionIsThereIsNotTold() {
    String elsewhere = log("in").replace(session, UUID.randomUUID().toString());
    String unknown =
        sender.send(elsewhere).refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    String known =
        sender
            .post(log("in").getBytes(UTF_8), sender.sign(new byte[0]))
            .refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    assertEquals(unknown, known);
    String ofAnother = server.worker("third-" + names++).stream();
    String foreign =
        sender
            .send(log("in").replace(session, ofAnother))
            .refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    assertEquals(unknown, foreign);
  }

  @Test
  void jsonThatWasWrittenAnewIsAnotherBody() {
    String body = "{\"session_id\":\"" + session + "\",\"events\":[" + line("in") + "]}";
    String anew = body.replace(",", ", ");
    sender
        .post(anew.getBytes(UTF_8), sender.sign(body.getBytes(UTF_8)))
        .refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
  }

  @Test
  void aBodyIsStoredOnceHoweverOftenItComes() {
    assertEquals(1, sender.send(log("once")).inserted());
    assertEquals(0, sender.send(log("once")).inserted());
    assertEquals(0, sender.send(log("once"), "x-clawlive-delivery", "another-id").inserted());
    assertEquals(1, sender.send(log("twice")).inserted());
    assertEquals(List.of("once", "twice"), lines());
  }

  @Test
  void anIdIsTakenOnceWhateverItsBody() {
    String[] id = {"x-clawlive-delivery", "d-1"};
    assertEquals(1, sender.send(log("first"), id).inserted());
    assertEquals(0, sender.send(log("second"), id).inserted());
    assertEquals(0, sender.send(log("first"), id).inserted());
    String inBody = log("third").replaceFirst("\\{", "{\"id\": \"d-1\", ");
    assertEquals(0, sender.send(inBody).inserted(), "the body names it where no header does");
    assertEquals(1, sender.send(inBody, "x-clawlive-delivery", "d-2").inserted());
    var second = sender(hooks.create("second").getSecret());
    assertEquals(1, second.send(log("fourth"), id).inserted(), "another webhook has its own ids");
    assertEquals(List.of("first", "third", "fourth"), lines());
  }

  @Test
  void aDeliveryThatFailedMayComeAgainInOtherWords() {
    String[] id = {"x-clawlive-delivery", "d-1"};
    String ended = agent.stream();
    agent.end(ended);
    sender
        .send(log("late").replace(session, ended), id)
        .refused(400, ErrorReason.ERROR_REASON_STREAM_ENDED);
    assertEquals(1, sender.send(log("in time"), id).inserted());
  }

  @Test
  void redeliveriesAtOnceStoreItOnce() {
    String body =
        "{\"session_id\":\"%s\",\"events\":[%s,%s,%s]}"
            .formatted(session, line("a"), line("b"), line("c"));
    List<Callable<Integer>> tasks =
        IntStream.range(0, 16)
            .<Callable<Integer>>mapToObj(i -> () -> sender.send(body).inserted())
            .toList();
    assertEquals(3, Together.run(tasks).stream().mapToInt(Integer::intValue).sum());
    List<Callable<Integer>> sameId =
        IntStream.range(0, 16)
            .<Callable<Integer>>mapToObj(
                i -> () -> sender.send(log("m" + i), "x-clawlive-delivery", "one").inserted())
            .toList();
    assertEquals(1, Together.run(sameId).stream().mapToInt(Integer::intValue).sum());
    assertEquals(4, events().size());
  }

  @Test
  void aTimestampIsHeldAgainstTheClockWhereItIsSent() {
    long now = server.bean(MovableClock.class).instant().getEpochSecond();
    for (long fine : new long[] {now, now - 300, now + 300}) {
      assertEquals(1, sender.send(log("at " + fine), "x-clawlive-timestamp", "" + fine).inserted());
    }
    for (long stale : new long[] {0, now - 301, now + 302}) {
      sender
          .send(log("at " + stale), "x-clawlive-timestamp", "" + stale)
          .refused(401, ErrorReason.ERROR_REASON_SIGNATURE_EXPIRED);
    }
    sender
        .post(log("x").getBytes(UTF_8), "sha256=" + "0".repeat(64), "x-clawlive-timestamp", "0")
        .refused(401, ErrorReason.ERROR_REASON_SIGNATURE_INVALID);
    for (String garbled : List.of("soon", "-5", "1e9", "99999999999999999")) {
      sender
          .send(log("x"), "x-clawlive-timestamp", garbled)
          .refused(400, ErrorReason.ERROR_REASON_INVALID_FIELD);
    }
    assertEquals(3, events().size());
  }

  @Test
  void aBodyHasAtMostOneMebibyte() {
    String frame = "{\"session_id\":\"" + session + "\",\"events\":[" + line("in") + "]}";
    String most = frame + " ".repeat((1 << 20) - frame.length());
    assertEquals(1, sender.send(most).inserted());
    sender.send(most + " ").refused(413, ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE);
    sender.send(" ".repeat(5 << 20)).refused(413, ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE);
  }

  @Test
  void whatIsNoDeliveryIsRefusedByItsPlace() {
    for (String body :
        List.of(
            "",
            "nothing",
            "[]",
            "{}",
            "{\"session_id\":7}",
            "{\"session_id\":\"x\",\"events\":[" + line("in") + "]}",
            "{\"session_id\":\"" + session + "\"}",
            "{\"session_id\":\"" + session + "\",\"events\":[]}",
            "{\"session_id\":\"" + session + "\",\"events\":{}}",
            "{\"session_id\":\"" + session + "\",\"events\":[" + line("in") + "],\"more\":1}",
            "{\"session_id\":\"" + session + "\",\"events\":[" + line("in") + "]} x",
            "{\"session_id\":\"" + session + "\",\"session_id\":\"" + session + "\"}",
            "{\"session_id\":\""
                + session
                + "\",\"id\":\"a b\",\"events\":["
                + line("in")
                + "]}")) {
      sender.send(body).refused(400, ErrorReason.ERROR_REASON_INVALID_FIELD);
    }
    assertEquals(List.of(), events());
  }

  @Test
  void anEventThatBreaksARuleIsNamed() {
    assertNames("events[1].payload.line", "{\"type\":\"log\",\"payload\":{\"line\":7}}");
    assertNames(
        "events[1].payload.line",
        "{\"type\":\"log\",\"payload\":{\"line\":\"" + "x".repeat(65_537) + "\"}}");
    assertNames("events[1].payload.level", "{\"type\":\"log\",\"payload\":{\"level\":\"loud\"}}");
    assertNames("events[1].payload.kind", "{\"type\":\"proof\",\"payload\":{}}");
    assertNames(
        "events[1].payload.url",
        "{\"type\":\"proof\",\"payload\":{\"kind\":\"test\",\"url\":\"javascript:alert(1)\"}}");
    assertNames("events[1].type", "{\"type\":\"status\",\"payload\":{\"state\":\"ended\"}}");
    assertNames("events[1].type", "{\"type\":\"alert\",\"payload\":{}}");
    assertNames(
        "events[1].type", "{\"type\":\"reaction\",\"payload\":{\"sequence\":1,\"emoji\":\"x\"}}");
    assertNames("events[1].type", "{\"payload\":{}}");
    assertNames("events[1].payload.colour", "{\"type\":\"log\",\"payload\":{\"colour\":1}}");
    assertEquals(List.of(), events(), "all or none");
  }

  private void assertNames(String field, String event) {
    String body =
        "{\"session_id\":\"" + session + "\",\"events\":[" + line("in") + "," + event + "]}";
    String answer = sender.send(body).refused(400, ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertTrue(answer.contains("\"field\":\"" + field + "\""), answer);
  }

  @Test
  void aThousandEventsAreTakenAndNotOneMore() {
    assertEquals(1_000, sender.send(logs(1_000)).inserted());
    sender.send(logs(1_001)).refused(400, ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertEquals(1_000, events().size());
  }

  @Test
  void secretsInADeliveryAreMasked() {
    assertEquals(1, sender.send(log("token ghp_0123456789abcdefghijABCDEFGHIJ012345")).inserted());
    assertTrue(lines().getFirst().contains("[masked:"), lines().getFirst());
  }

  @Test
  void aPrivateSessionTakesItsAgentsDeliveries() {
    session =
        agent
            .client()
            .sessions()
            .startSession(
                StartSessionRequest.newBuilder()
                    .setProjectId(agent.projectId())
                    .setVisibility(io.clawlive.identity.v1.Visibility.VISIBILITY_PRIVATE)
                    .build())
            .getSession()
            .getSessionId();
    assertEquals(1, sender.send(log("among us")).inserted());
  }

  @Test
  void theGrpcDoorTakesADeliveryToo() {
    byte[] body = log("by grpc").getBytes(UTF_8);
    var request =
        IngestRequest.newBuilder()
            .setBody(ByteString.copyFrom(body))
            .setSignature(sender.sign(body));
    assertEquals(1, server.nobody().webhooks().ingest(request.build()).getInserted());
    assertEquals(0, server.nobody().webhooks().ingest(request.build()).getInserted());
    Refused.with(
        ErrorReason.ERROR_REASON_SIGNATURE_INVALID,
        () -> server.nobody().webhooks().ingest(request.setSignature("").build()));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> server.nobody().webhooks().ingest(request.clearBody().build()));
  }

  private Sender sender(String secret) {
    return new Sender(HTTP, server, secret);
  }

  private String log(String line) {
    return "{\"session_id\": \"" + session + "\", \"events\": [" + line(line) + "]}";
  }

  private String logs(int count) {
    return "{\"session_id\":\""
        + session
        + "\",\"events\":["
        + String.join(",", IntStream.range(0, count).mapToObj(i -> line("l" + i)).toList())
        + "]}";
  }

  private static String line(String text) {
    return "{\"type\":\"log\",\"payload\":{\"line\":\"" + text + "\"}}";
  }

  /** What stands on the session's stream beside its own status. */
  private List<Event> events() {
    return agent.client().everything(session).stream().filter(e -> !e.hasStatus()).toList();
  }

  private List<String> lines() {
    return events().stream().map(event -> event.getLog().getLine()).toList();
  }
}
