package io.clawlive.server.platform.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.server.platform.web.json.JsonText;
import io.clawlive.server.streams.StreamsDrain;
import io.clawlive.server.testing.Events;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams as server-sent events. */
@Timeout(20)
final class SseTest {
  @AutoClose private static final TestServer server = TestServer.start();
  @AutoClose private static final HttpClient http = HttpClient.newHttpClient();
  private static int handles;

  private final Worker worker = server.worker("sse-" + ++handles);
  private final RestClient nobody = RestClient.of(http, server, null);

  /** One server-sent event. */
  private record Sent(String id, String event, String data) {}

  /** An open stream of server-sent events. */
  private record Stream(HttpResponse<InputStream> response, BufferedReader lines)
      implements AutoCloseable {
    /** The next event; null at the end. */
    @Nullable Sent next() throws IOException {
      Map<String, String> fields = new HashMap<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && fields.containsKey("data")) {
          return new Sent(
              fields.getOrDefault("id", ""),
              fields.getOrDefault("event", "message"),
              fields.get("data"));
        }
        int colon = line.indexOf(':');
        if (colon > 0) {
          fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
      }
      return null;
    }

    /** The next event of this name. */
    Sent until(String event) throws IOException {
      Sent sent = next();
      while (sent != null && !sent.event.equals(event)) {
        sent = next();
      }
      assertNotNull(sent, "the stream ended before " + event);
      return sent;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private Stream open(String path, String... headers) throws Exception {
    var response = http.send(nobody.request(path, headers).build(), BodyHandlers.ofInputStream());
    assertEquals(200, response.statusCode());
    assertTrue(
        response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream"));
    return new Stream(
        response,
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  private static String events(String stream) {
    return "/v1/sessions/" + stream + "/events";
  }

  @Test
  void aSessionIsFollowedFromItsBeginningToItsEnd() throws Exception {
    String stream = worker.stream();
    worker.append(stream, Events.log(1, "one"));
    try (Stream watch = open(events(stream) + "?follow=1")) {
      Sent status = watch.next();
      assertEquals("status", status.event());
      assertEquals("1", status.id());
      Sent log = watch.next();
      assertEquals("log", log.event());
      assertEquals("2", log.id());
      assertTrue(log.data().contains("\"line\":\"one\""), log::data);
      assertEquals("2", watch.until("caught_up").id());
      worker.append(stream, Events.log(2, "two"));
      assertTrue(watch.until("log").data().contains("\"line\":\"two\""));
      worker.end(stream);
      assertEquals("4", watch.until("status").id());
      assertEquals("{\"sequence\":4}", watch.until("ended").data());
      assertEquals(null, watch.next());
    }
  }

  @Test
  void askedForAsEventsTheSamePathIsFollowed() throws Exception {
    String stream = worker.stream();
    try (Stream watch = open(events(stream) + "?tail=0", "accept", "text/event-stream")) {
      assertEquals("caught_up", watch.next().event());
    }
    nobody.get(events(stream) + "?follow=0").is(200);
    nobody.get(events(stream) + "?follow=perhaps").is(400);
    nobody.get("/v1/agents", "accept", "text/event-stream").is(406);
    nobody.get("/v1/agents", "accept", "text/html").is(406);
  }

  @Test
  void whoComesAgainWithItsLastEventMissesNothingAndGetsNothingTwice() throws Exception {
    String stream = worker.stream();
    List<Long> seen = new ArrayList<>();
    int total = 500;
    Thread writer =
        Thread.ofVirtual()
            .start(() ->
                LongStream.rangeClosed(1, total)
                    .forEach(n -> {
                      if (n % 50 == 0) {
                        worker.append(
                            stream,
                            "p",
                            LongStream.rangeClosed(n - 49, n)
                                .mapToObj(i -> Events.log(i, "" + i))
                                .toList());
                      }
                    }));
    String last = "0";
    while (seen.size() < total + 1) {
      try (Stream watch =
          open(events(stream) + "?follow=1&after_sequence=0", "Last-Event-ID", last)) {
        // Goes away in the middle again and again.
        for (int i = 0; i < 73 && seen.size() < total + 1; i++) {
          Sent sent = watch.next();
          if (sent.event().equals("log") || sent.event().equals("status")) {
            seen.add(Long.parseLong(sent.id()));
          }
          last = sent.id().isEmpty() ? last : sent.id();
        }
      }
    }
    writer.join();
    assertEquals(LongStream.rangeClosed(1, total + 1).boxed().toList(), seen);
  }

  @Test
  void aBrowserThatComesBackToWhatHasEndedIsToldNotToComeAgain() throws Exception {
    String stream = worker.stream();
    worker.end(stream);
    assertEquals(204, nobody.get(events(stream) + "?follow=1", "Last-Event-ID", "2").status());
    try (Stream watch = open(events(stream) + "?follow=1", "Last-Event-ID", "1")) {
      assertEquals("2", watch.until("status").id());
    }
    nobody.get(events(stream) + "?follow=1", "Last-Event-ID", "x").is(400);
    assertEquals(
        "SEQUENCE_IN_FUTURE",
        nobody.get(events(stream) + "?follow=1", "Last-Event-ID", "99").is(400).at("error.reason"));
  }

  @Test
  void aRefusedStreamIsAnsweredLikeAnyRefusedCall() {
    String unknown = "0198c0de-0000-7000-8000-000000000000";
    var answer = nobody.get(events(unknown) + "?follow=1").is(404);
    assertEquals("STREAM_NOT_FOUND", answer.at("error.reason"));
  }

  @Test
  void aStreamThatFailsOnItsWaySaysSoOrIsCutOff() throws Exception {
    String stream = worker.stream();
    try (Stream watch = open(events(stream) + "?follow=1", "grpc-timeout", "1S")) {
      String error = watch.until("error").data();
      assertTrue(error.contains("\"status\":\"DEADLINE_EXCEEDED\""), error);
      assertEquals(null, watch.next());
    }
    var json = nobody.request("/v1/sessions/" + stream + "/watch", "grpc-timeout", "1S").build();
    assertThrows(IOException.class, () -> http.send(json, BodyHandlers.ofString()));
  }

  @Test
  void aServerThatStopsTellsWhoFollowsToComeAgain() throws Exception {
    try (TestServer other = TestServer.start()) {
      Worker busy = other.worker("busy");
      var request =
          RestClient.of(http, other, null).request(events(busy.stream()) + "?follow=1").build();
      var response = http.send(request, BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        var watch = new Stream(response, lines);
        watch.until("caught_up");
        other.bean(StreamsDrain.class).drain();
        assertTrue(watch.until("error").data().contains("SERVER_STOPPING"));
      }
    }
  }

  @Test
  void aWatchEndsSoonAfterItsReaderIsGone() throws Exception {
    String stream = worker.stream();
    try (var socket = new Socket(server.web().getHost(), server.web().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + events(stream) + "?follow=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      while (!lines.readLine().contains("caught_up")) {
        // Reads up to there.
      }
      assertEquals(1, viewers(stream));
      socket.setSoLinger(true, 0);
    }
    Instant gone = Instant.now();
    while (viewers(stream) > 0) {
      assertTrue(Duration.between(gone, Instant.now()).toMillis() < 2_000, "still watched");
      Thread.sleep(20);
    }
  }

  @Test
  void aReaderThatStopsReadingHoldsBackTheStreamAndLosesNothing() throws Exception {
    String stream = worker.stream();
    String line = "x".repeat(10_000);
    int batches = 20;
    for (int batch = 0; batch < batches; batch++) {
      long from = batch * 100L;
      worker.append(
          stream,
          "p",
          LongStream.rangeClosed(from + 1, from + 100).mapToObj(n -> Events.log(n, line)).toList());
    }
    try (Stream watch = open(events(stream) + "?follow=1&after_sequence=1")) {
      // 20 MB wait behind a reader that does not read.
      Thread.sleep(1_000);
      int events = batches * 100;
      IntStream.rangeClosed(2, events + 1)
          .forEach(sequence -> {
            try {
              assertEquals(Integer.toString(sequence), watch.next().id());
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
    }
  }

  @Test
  void aReplayIsSentAsEventsToo() throws Exception {
    String stream = worker.stream();
    worker.append(stream, Events.log(1, "one"));
    try (Stream replay =
        open("/v1/sessions/" + stream + "/replay", "accept", "text/event-stream")) {
      List<String> names = new ArrayList<>();
      for (Sent sent = replay.next(); sent != null; sent = replay.next()) {
        names.add(sent.event());
        JsonText.parse(sent.data().getBytes(StandardCharsets.UTF_8));
      }
      assertEquals(List.of("session", "status", "log"), names.subList(0, 3));
    }
  }

  private int viewers(String stream) {
    return server
        .nobody()
        .sessions()
        .getSession(GetSessionRequest.newBuilder().setSessionId(stream).build())
        .getSession()
        .getViewers();
  }
}
