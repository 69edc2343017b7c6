package io.clawlive.server.identity.oauth;

import static io.clawlive.server.identity.oauth.TestProvider.CALLBACK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.FinishOAuthRequest;
import io.clawlive.identity.v1.StartOAuthLoginRequest;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Providers that are away, slow, or answer something else than was agreed. */
final class OAuthFailureTest {
  private static final String TOKEN = "{\"access_token\":\"t0ken\",\"token_type\":\"bearer\"}";
  private static final String PERSON = "{\"id\":7,\"login\":\"octocat\"}";

  private static volatile Answer token = Answer.of(200, TOKEN);
  private static volatile Answer person = Answer.of(200, PERSON);
  private static final AtomicInteger elsewhere = new AtomicInteger();

  private static final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private static final HttpServer provider = provider();

  @AutoClose private static final TestServer server = TestServer.start(settings());

  /** What the provider does with a request. */
  private interface Answer {
    void give(HttpExchange exchange) throws IOException;

    static Answer of(int status, String body) {
      return of(status, body, "application/json");
    }

    static Answer of(int status, String body, String type) {
      return exchange -> {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
      };
    }

    /** Bytes that come one by one, for ever. */
    static Answer dripping() {
      return exchange -> {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
          while (true) {
            body.write(' ');
            body.flush();
            Together.pause(Duration.ofMillis(50));
          }
        }
      };
    }
  }

  @AfterAll
  static void stop() {
    provider.stop(0);
    threads.close();
  }

  @Test
  void aProviderThatAnswersAsAgreedLetsThePersonIn() {
    answers(Answer.of(200, TOKEN), Answer.of(200, PERSON));
    finish("github");
  }

  @Test
  void anErrorOfTheProviderIsARefusal() {
    for (int status : List.of(200, 400, 401, 403)) {
      for (String error : List.of("bad_verification_code", "access_denied", "invalid_client")) {
        assertRefused(
            ErrorReason.ERROR_REASON_OAUTH_REFUSED,
            Answer.of(status, "{\"error\":\"" + error + "\",\"error_description\":\"no\"}"),
            Answer.of(200, PERSON));
      }
    }
  }

  @Test
  void anEmptyCodeIsNotEvenSent() {
    answers(Answer.of(200, TOKEN), Answer.of(200, PERSON));
    Refused.with(ErrorReason.ERROR_REASON_OAUTH_REFUSED, () -> finish("github", " "));
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> finish("github", ""));
  }

  @Test
  void anythingElseThanATokenIsNoAnswer() {
    for (String body :
        List.of(
            "",
            "{",
            "[]",
            "null",
            "{}",
            "access_token=x&token_type=bearer",
            "{\"access_token\":7,\"token_type\":\"bearer\"}",
            "{\"access_token\":\"x\"}",
            "{\"access_token\":\"x\",\"token_type\":\"mac\"}",
            "{\"access_token\":\"x\\r\\nhost: evil\",\"token_type\":\"bearer\"}",
            "{\"a\":".repeat(10_000),
            "[".repeat(60_000))) {
      assertUnavailable(Answer.of(200, body), Answer.of(200, PERSON));
    }
    assertUnavailable(Answer.of(200, TOKEN, "text/html"), Answer.of(200, PERSON));
    assertUnavailable(Answer.of(200, TOKEN, "???"), Answer.of(200, PERSON));
    for (int status : List.of(404, 500, 502, 503)) {
      assertUnavailable(Answer.of(status, ""), Answer.of(200, PERSON));
      assertUnavailable(
          Answer.of(status, "<html>".repeat(50), "text/html"), Answer.of(200, PERSON));
    }
    assertUnavailable(Answer.of(503, "{\"error\":\"server_error\"}"), Answer.of(200, PERSON));
  }

  @Test
  void anythingElseThanAPersonIsNoAnswer() {
    for (String body :
        List.of(
            "",
            "[]",
            "{}",
            "{\"id\":7}",
            "{\"login\":\"octocat\"}",
            "{\"id\":\"7\",\"login\":\"octocat\"}",
            "{\"id\":7.5,\"login\":\"octocat\"}",
            "{\"id\":null,\"login\":\"octocat\"}",
            "{\"id\":{},\"login\":\"octocat\"}",
            "{\"id\":7,\"login\":\"\"}",
            "{\"id\":7,\"login\":7}",
            "{\"id\":7,\"login\":\"" + "x".repeat(201) + "\"}",
            "{\"id\":" + "9".repeat(500) + ",\"login\":\"octocat\"}")) {
      assertUnavailable(Answer.of(200, TOKEN), Answer.of(200, body));
    }
    for (int status : List.of(201, 401, 403, 404, 500)) {
      assertUnavailable(Answer.of(200, TOKEN), Answer.of(status, PERSON));
    }
  }

  @Test
  void aHugeAnswerIsNotReadToItsEnd() {
    String huge = "{\"pad\":\"" + "x".repeat(20 << 20) + "\"}";
    assertUnavailable(Answer.of(200, huge), Answer.of(200, PERSON));
    assertUnavailable(Answer.of(200, TOKEN), Answer.of(200, huge));
  }

  @Test
  void aSlowAnswerIsGivenUpInTimeHoweverItDrips() {
    long begun = System.nanoTime();
    assertUnavailable(exchange -> Together.pause(Duration.ofSeconds(2)), Answer.of(200, PERSON));
    assertUnavailable(Answer.dripping(), Answer.of(200, PERSON));
    assertUnavailable(Answer.of(200, TOKEN), Answer.dripping());
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(taken.compareTo(Duration.ofSeconds(6)) < 0, taken::toString);
  }

  @Test
  void noRedirectIsFollowedWithOurSecret() {
    Answer redirect =
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("location", "http:/" + provider.getAddress() + "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        };
    assertUnavailable(redirect, Answer.of(200, PERSON));
    assertUnavailable(Answer.of(200, TOKEN), redirect);
    assertEquals(0, elsewhere.get());
  }

  @Test
  void aConnectionThatBreaksIsNoAnswer() {
    assertUnavailable(HttpExchange::close, Answer.of(200, PERSON));
    assertUnavailable(
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write('{');
          exchange.close();
        },
        Answer.of(200, PERSON));
  }

  @Test
  void aProviderThatIsDownIsUnavailable() {
    Refused refused =
        Refused.with(ErrorReason.ERROR_REASON_OAUTH_UNAVAILABLE, () -> finish("gitlab"));
    assertEquals("gitlab", refused.metadata("provider"));
  }

  private static void assertUnavailable(Answer forToken, Answer forPerson) {
    assertRefused(ErrorReason.ERROR_REASON_OAUTH_UNAVAILABLE, forToken, forPerson);
  }

  private static void assertRefused(ErrorReason reason, Answer forToken, Answer forPerson) {
    answers(forToken, forPerson);
    Refused.with(reason, () -> finish("github"));
  }

  private static void answers(Answer forToken, Answer forPerson) {
    token = forToken;
    person = forPerson;
  }

  private static void finish(String name) {
    finish(name, "a-code");
  }

  private static void finish(String name, String code) {
    var begun =
        server
            .nobody()
            .oauth()
            .startOAuthLogin(
                StartOAuthLoginRequest.newBuilder()
                    .setProvider(name)
                    .setRedirectUri(CALLBACK)
                    .build());
    String state =
        TestProvider.query(URI.create(begun.getAuthorizationUrl())).getOrDefault("state", "");
    server
        .nobody()
        .oauth()
        .finishOAuth(
            FinishOAuthRequest.newBuilder()
                .setState(state)
                .setCode(code)
                .setLoginToken(begun.getLoginToken())
                .build());
  }

  private static HttpServer provider() {
    try {
      var started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      started.setExecutor(threads);
      started.createContext("/token", exchange -> token.give(exchange));
      started.createContext("/user", exchange -> person.give(exchange));
      started.createContext("/elsewhere", exchange -> elsewhere.incrementAndGet());
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] settings() {
    String base = "http://127.0.0.1:" + provider.getAddress().getPort();
    String github = "clawlive.identity.oauth.github.";
    String gitlab = "clawlive.identity.oauth.gitlab.";
    return new String[] {
      "clawlive.identity.oauth.timeout=1s",
      github + "client-id=claw",
      github + "redirect-uris=" + CALLBACK,
      github + "token-endpoint=" + base + "/token",
      github + "user-endpoint=" + base + "/user",
      gitlab + "client-id=claw",
      gitlab + "redirect-uris=" + CALLBACK,
      gitlab + "base-url=http://127.0.0.1:" + closedPort()
    };
  }

  private static int closedPort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
