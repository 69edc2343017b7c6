package io.clawlive.server.sandbox.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.SealingKeyStep;
import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgres;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.TestDatabase;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Puts 200 canaries as secrets, well and badly, and looks for each of them, in every form that a
 * text takes on its way to a disk, in all that the server keeps and says.
 */
final class CanaryTest {
  private static final int EACH = 40;

  private final List<String> canaries = new ArrayList<>();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();

  @TempDir private Path home;

  @Test
  void noneOfTwoHundredSecretsIsOnDiskOrInAnAnswer() throws Exception {
    var log = new Log();
    Path data = home.resolve("data");
    try (var postgres = EmbeddedPostgres.start(TestDatabase.settings(data))) {
      var database = TestDatabase.createOn(postgres);
      log.begin();
      try (var server = TestServer.startOn(database, "clawlive.secrets.reseal=100ms")) {
        variables(server);
        files(server);
        overTheWeb(server);
        refused(server);
        deliveredAndResealed(server);
        assertEquals(200, canaries.size());
        answers(server);
        database.execute("CHECKPOINT");
        dump(database);
      } finally {
        log.end();
      }
    }
    List<byte[]> places = new ArrayList<>();
    places.add(String.join("\n", said).getBytes(UTF_8));
    try (var files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        places.add(Files.readAllBytes(file));
      }
    }
    assertTrue(places.size() > 500, "the data directory was read");
    assertEquals(List.of(), found(places, canaries));
    assertEquals(
        List.of("PLANTED_NAME"),
        found(places, List.of("PLANTED_NAME")),
        "the search finds what is there");
  }

  private String canary() {
    String canary = "canary-" + UUID.randomUUID();
    canaries.add(canary);
    return canary;
  }

  private void variables(TestServer server) {
    Worker agent = server.person("ann").worker("anns-agent");
    Shelf own = Shelf.of(agent.client());
    for (int i = 0; i < EACH / 2; i++) {
      // The first is overwritten, which must not leave it behind.
      own.put("VARIABLE_" + i, canary());
      say(own.put("VARIABLE_" + i, canary()));
    }
    own.put("PLANTED_NAME", "x");
  }

  private void files(TestServer server) {
    Shelf own = Shelf.of(server.person("bob").client());
    for (int i = 0; i < EACH; i++) {
      say(own.putFile("FILE_" + i, "file-" + i, canary()));
    }
    for (int i = 0; i < EACH / 2; i++) {
      assertTrue(own.delete("FILE_" + i));
    }
  }

  /** Half of them in Base64, as it should be; the others plain, which many are not. */
  private void overTheWeb(TestServer server) throws IOException, InterruptedException {
    Worker agent = server.person("eve").worker("eves-agent");
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < EACH; i++) {
        String canary = canary();
        String value =
            i % 2 == 0 ? Base64.getEncoder().encodeToString(canary.getBytes(UTF_8)) : canary + "!";
        say(
            post(
                http,
                server.web().resolve("/api/secrets"),
                agent.key(),
                "{\"name\": \"WEB_" + i + "\", \"value\": \"" + value + "\"}"));
      }
      say(get(http, server.web().resolve("/api/secrets"), agent.key()));
      say(get(http, server.web().resolve("/metrics"), agent.key()));
    }
    assertEquals(EACH / 2, Shelf.of(agent.client()).list().size());
  }

  private void refused(TestServer server) {
    Client dan = server.person("dan").client();
    for (int i = 0; i < EACH; i++) {
      String canary = canary();
      var request = PutSecretRequest.newBuilder().setValue(ByteString.copyFromUtf8(canary + "\0"));
      String agent = i % 4 == 0 ? "eves-agent" : "";
      request.setName(i % 4 == 1 ? "lower" : "REFUSED").setAgent(agent);
      if (i % 4 == 2) {
        request.setValue(ByteString.copyFromUtf8(canary.repeat(2_000)));
      }
      refused(() -> new Shelf(dan, agent).put(request));
      refused(() -> new Shelf(server.nobody(), agent).put(request));
    }
  }

  private void deliveredAndResealed(TestServer server) {
    Worker agent = server.worker("carols-agent");
    Shelf own = Shelf.of(agent.client());
    for (int i = 0; i < EACH; i++) {
      own.put("GIVEN_" + i, canary());
    }
    say(Shelf.step(server.admin(), SealingKeyStep.SEALING_KEY_STEP_ROTATE));
    UUID id = UUID.fromString(agent.agentId());
    UUID account =
        UUID.fromString(
            server.database().read("SELECT account_id FROM agents WHERE id = ?", id).getFirst());
    server.database().execute("UPDATE sandbox_secrets SET name = 'MOVED' WHERE name = 'GIVEN_3'");
    var delivered = server.bean(Secrets.class).of(account, id);
    assertEquals(EACH - 1, delivered.size());
    said.add(delivered.toString());
    own.list().forEach(this::say);
  }

  private void answers(TestServer server) {
    say(
        server
            .admin()
            .audit()
            .listAuditEntries(ListAuditEntriesRequest.newBuilder().setPageSize(200).build()));
    said.add(server.bean(MeterRegistry.class).getMeters().toString());
    for (String agent : List.of("anns-agent", "eves-agent", "carols-agent")) {
      new Shelf(server.admin(), agent).list().forEach(this::say);
    }
  }

  private void say(Message answer) {
    said.add(answer.toString());
    said.add(answer.toByteString().toString(ISO_8859_1));
  }

  private void say(String answer) {
    said.add(answer);
  }

  private void refused(Executable call) {
    var refusal = assertThrows(StatusRuntimeException.class, call);
    said.add(refusal + " " + StatusProto.fromThrowable(refusal) + " " + refusal.getTrailers());
  }

  private static String post(HttpClient http, URI address, String key, String body)
      throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(address)
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String get(HttpClient http, URI address, String key)
      throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(address).header("authorization", "Bearer " + key).build(),
            BodyHandlers.ofString())
        .body();
  }

  /** Every row of every table as text, with bytes in hexadecimal. */
  private void dump(TestDatabase database) {
    for (String table :
        database.read("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
      said.add(table);
      said.addAll(database.read("SELECT t::text FROM \"" + table + "\" t"));
    }
  }

  /** Which of these texts stand in one of the places, in any of their forms. */
  private static List<String> found(List<byte[]> places, List<String> texts) {
    List<String> haystacks = places.stream().map(place -> new String(place, ISO_8859_1)).toList();
    return texts.stream()
        .filter(text ->
            forms(text).stream()
                .anyMatch(form -> haystacks.stream().anyMatch(place -> place.contains(form))))
        .toList();
  }

  private static List<String> forms(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    List<String> forms = new ArrayList<>();
    forms.add(text);
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    forms.add(new String(text.getBytes(UTF_16LE), ISO_8859_1));
    forms.add(new String(text.getBytes(UTF_16BE), ISO_8859_1));
    for (int shift = 0; shift < 3; shift++) {
      // Base64 of the text where it stands at any place within other bytes, without its edges.
      byte[] moved = new byte[bytes.length + shift];
      System.arraycopy(bytes, 0, moved, shift, bytes.length);
      String encoded = Base64.getEncoder().withoutPadding().encodeToString(moved);
      forms.add(encoded.substring(4, encoded.length() - 4));
    }
    return forms;
  }

  /** What the server logs, at the finest level that an operator can set. */
  private final class Log extends AppenderBase<ILoggingEvent> {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.clawlive");

    void begin() {
      ours.setLevel(Level.TRACE);
      setContext(root.getLoggerContext());
      start();
      root.addAppender(this);
    }

    void end() {
      root.detachAppender(this);
      ours.setLevel(Level.INFO);
    }

    @Override
    protected void append(ILoggingEvent event) {
      said.add(event.getLoggerName() + " " + event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        said.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
  }
}
