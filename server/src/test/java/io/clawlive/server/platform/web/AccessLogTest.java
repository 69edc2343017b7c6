package io.clawlive.server.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.RawHttp;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.WebChannel;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One line of JSON for each request, and no secret in any. */
final class AccessLogTest {
  private static final String CANARY = "canary-5f1c";

  @AutoClose private static final TestServer server = TestServer.start();
  @AutoClose private static final WebChannel channel = WebChannel.binary(server.web());
  private static final Worker worker = server.worker("logged");

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger("io.clawlive.access");

  @BeforeEach
  void listen() {
    lines.start();
    log.setLevel(Level.INFO);
    log.setAdditive(false);
    log.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(lines);
    log.setLevel(null);
    log.setAdditive(true);
  }

  @Test
  void aCallIsToldWithWhatItWasAndHowItEnded() {
    Instant before = Instant.now();
    new Client(channel, null)
        .agents()
        .getAgent(GetAgentRequest.newBuilder().setAgent("logged").build());
    JsonObject line = lines(1).getFirst();
    assertEquals("clawlive.agents.v1.AgentService/GetAgent", line.get("endpoint").getAsString());
    assertEquals("POST", line.get("method").getAsString());
    assertEquals(200, line.get("status").getAsInt());
    assertEquals("OK", line.get("code").getAsString());
    assertEquals("INFO", line.get("level").getAsString());
    assertEquals("clawlive", line.get("service").getAsString());
    assertEquals("127.0.0.1", line.get("address").getAsString());
    assertTrue(line.get("bytes").getAsLong() > 20, line.toString());
    assertTrue(line.get("duration_ms").getAsLong() < 10_000, line.toString());
    Instant told = Instant.parse(line.get("timestamp").getAsString());
    assertFalse(told.isBefore(before.minusSeconds(1)), line.toString());
  }

  @Test
  void aStreamIsToldWhenItIsOver() {
    String stream = worker.stream();
    try (Watching watch = new Client(channel, null).watch(stream)) {
      watch.until(MarkCase.CAUGHT_UP);
      Together.pause(Duration.ofMillis(300));
      assertEquals(0, lines.list.size());
    }
    JsonObject line = lines(1).getFirst();
    assertEquals("clawlive.streams.v1.StreamService/Watch", line.get("endpoint").getAsString());
    assertEquals("CANCELLED", line.get("code").getAsString());
    assertTrue(line.get("duration_ms").getAsLong() >= 300, line.toString());
    assertTrue(line.get("bytes").getAsLong() > 20, line.toString());
  }

  @Test
  void noSecretIsTold() throws IOException {
    try (RawHttp line = RawHttp.to(server.web())) {
      line.send(
          """
          GET /nothing?token=%1$s&code=%1$s HTTP/1.1\r
          host: x\r
          authorization: Bearer %1$s\r
          cookie: clawlive_session=%1$s\r
          x-api-key: %1$s\r
          \r
          """
              .formatted(CANARY));
      assertTrue(line.status().startsWith("http/1.1 404"));
    }
    JsonObject line = lines(1).getFirst();
    assertEquals("/nothing", line.get("endpoint").getAsString());
    assertEquals(404, line.get("status").getAsInt());
    assertFalse(line.toString().contains(CANARY), line.toString());
  }

  @Test
  void aPathCannotForgeALine() throws IOException {
    try (RawHttp line = RawHttp.to(server.web())) {
      line.send("GET /a%22%2c%22status%22:200%0a%7b HTTP/1.1\r\nhost: x\r\n\r\n");
      line.head();
    }
    assertEquals(1, lines(1).size());
    assertEquals(1, lines.list.getFirst().getFormattedMessage().lines().count());
  }

  private List<JsonObject> lines(int count) {
    Together.soon(count + " lines", Duration.ofSeconds(5), () -> lines.list.size() >= count);
    return lines.list.stream()
        .map(event -> JsonParser.parseString(event.getFormattedMessage()).getAsJsonObject())
        .toList();
  }
}
