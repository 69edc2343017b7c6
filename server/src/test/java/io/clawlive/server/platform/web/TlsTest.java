package io.clawlive.server.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.streams.Audiences;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.WebChannel;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web door with a certificate of its own: TLS, and many streams on one connection. */
final class TlsTest {
  @TempDir private static Path folder;
  private static SelfSigned identity;
  private static TestServer server;
  private static HttpClient http;

  @BeforeAll
  static void open() throws Exception {
    identity = SelfSigned.in(folder);
    server =
        TestServer.start(
            new TlsFiles(identity.certificate(), identity.key())
                .settings(0).entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new));
    http = identity.client();
  }

  @AfterAll
  static void close() {
    http.shutdownNow();
    server.close();
  }

  @Test
  void theDoorSpeaksHttp2() throws Exception {
    assertEquals("https", server.web().getScheme());
    var answer =
        http.send(
            HttpRequest.newBuilder(server.web().resolve("/nothing")).build(),
            BodyHandlers.ofString());
    assertEquals(Version.HTTP_2, answer.version());
    assertEquals(404, answer.statusCode());
  }

  @Test
  void manyStreamsShareOneConnectionAndEachEndsAlone() {
    Worker worker = server.worker("shared");
    String stream = worker.stream();
    var viewer = new Client(WebChannel.over(http, server.web()), null);
    assertEquals(
        "shared",
        viewer
            .agents()
            .getAgent(GetAgentRequest.newBuilder().setAgent("shared").build())
            .getAgent()
            .getHandle());
    var watches = new ArrayList<Watching>();
    for (int i = 0; i < 20; i++) {
      Watching watch = viewer.watch(stream);
      watch.until(MarkCase.CAUGHT_UP);
      watches.add(watch);
    }
    watches.subList(0, 15).forEach(Watching::close);
    Together.soon(
        "five watchers",
        Duration.ofSeconds(2),
        () -> server.bean(Audiences.class).watching(UUID.fromString(stream)) == 5);
    worker.end(stream);
    watches.subList(15, 20).forEach(watch -> watch.until(MarkCase.ENDED));
  }

  @Test
  void serverSentEventsShareItTooAndEachEndsAlone() throws Exception {
    Worker worker = server.worker("sse-shared");
    String stream = worker.stream();
    var request =
        HttpRequest.newBuilder(server.web().resolve("/v1/sessions/" + stream + "/events?follow=1"))
            .build();
    var followers = new ArrayList<BufferedReader>();
    for (int i = 0; i < 10; i++) {
      var answer = http.send(request, BodyHandlers.ofInputStream());
      assertEquals(Version.HTTP_2, answer.version());
      var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
      skipTo("event: caught_up", lines);
      followers.add(lines);
    }
    for (BufferedReader closed : followers.subList(0, 7)) {
      closed.close();
    }
    Together.soon(
        "three followers",
        Duration.ofSeconds(2),
        () -> server.bean(Audiences.class).watching(UUID.fromString(stream)) == 3);
    worker.end(stream);
    for (BufferedReader open : followers.subList(7, 10)) {
      skipTo("event: ended", open);
      open.close();
    }
  }

  private static void skipTo(String wanted, BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (!wanted.equals(line)) {
      assertNotNull(line, "the stream ended before " + wanted);
      line = lines.readLine();
    }
  }

  @Test
  void filesThatCannotBeUsedAreToldInOneSentence(@TempDir Path other) throws Exception {
    Path nothing = other.resolve("nothing.pem");
    Path text = Files.writeString(other.resolve("text.pem"), "no certificate");
    assertTold("--tls-cert " + nothing + " is not a file", nothing, identity.key());
    assertTold("--tls-key " + nothing + " is not a file", identity.certificate(), nothing);
    assertTold("--tls-cert " + text + " is not a valid certificate", text, identity.key());
    assertTold("--tls-key " + text + " is not a private key", identity.certificate(), text);
    assertTold(
        "is not the private key of",
        identity.certificate(),
        SelfSigned.in(Files.createDirectory(other.resolve("second"))).key());
  }

  private static void assertTold(String sentence, Path certificate, Path key) throws IOException {
    String told =
        assertThrows(NotUsableException.class, () -> new TlsFiles(certificate, key).settings(0))
            .getMessage();
    assertTrue(String.valueOf(told).contains(sentence), told);
    assertEquals(1, String.valueOf(told).lines().count());
  }
}
