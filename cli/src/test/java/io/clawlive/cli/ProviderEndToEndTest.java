package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signing in with a provider, from the command to the listener on this machine. The provider speaks
 * GitHub's wire format and knows one person; the test is the browser.
 */
@Timeout(120)
class ProviderEndToEndTest {
  private static final Pattern PAGE =
      Pattern.compile("(?m)^clawlive: (http://\\S+/authorize\\S*)$");

  @TempDir private static Path homes;

  private static HttpServer provider;
  private static ServerProcess server;
  private static volatile boolean providerAway;

  @BeforeAll
  static void serve() throws IOException {
    provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    provider.createContext(
        "/token",
        exchange ->
            answer(
                exchange, "{\"access_token\":\"gho_x\",\"token_type\":\"bearer\",\"scope\":\"\"}"));
    provider.createContext(
        "/user", exchange -> answer(exchange, "{\"id\":583231,\"login\":\"octocat\"}"));
    provider.start();
    String at = "http://127.0.0.1:" + provider.getAddress().getPort();
    String prefix = "CLAWLIVE_IDENTITY_OAUTH_GITHUB_";
    server =
        ServerProcess.start(
            Files.createDirectory(homes.resolve("machine")),
            Map.of(
                prefix + "CLIENT_ID",
                "client",
                prefix + "CLIENT_SECRET",
                "only a test",
                prefix + "REDIRECT_URIS",
                "http://127.0.0.1:%d/callback".formatted(freePort()),
                prefix + "AUTHORIZATION_ENDPOINT",
                at + "/authorize",
                prefix + "TOKEN_ENDPOINT",
                at + "/token",
                prefix + "USER_ENDPOINT",
                at + "/user"));
    person("alice")
        .runWith("correct horse battery\n", "register", "alice", "--password-stdin")
        .ok();
  }

  @AfterAll
  static void stop() {
    server.close();
    provider.stop(0);
  }

  @Test
  void aLinkedPersonSignsInAndIsUnlinkedAgain() throws Exception {
    Cli alice = person("alice");
    Cli.Live linking = alice.begin("links", "add", "github", "-o", "json");
    comeBack(linking, "code=c-1");
    assertEquals("alice", linking.result().get(20, TimeUnit.SECONDS).ok().field("account_name"));
    assertEquals("octocat", alice.run("links", "list", "-o", "json").ok().field("login"));

    Cli.Live login = person("elsewhere").begin("login", "--provider", "github", "-o", "json");
    comeBack(login, "code=c-2");
    Result signedIn = login.result().get(20, TimeUnit.SECONDS).ok();
    assertEquals("alice", signedIn.field("account_name"));
    assertFalse(signedIn.err().contains("c-2"), signedIn.err());
    assertTrue(person("elsewhere").run("doctor").ok().out().contains("login of alice"));

    alice.run("links", "remove", "github").ok();
    assertEquals("[]\n", alice.run("links", "list", "-o", "json").ok().out());
  }

  @Test
  void aPersonWhoDeclinesIsNotSignedIn() throws Exception {
    Cli.Live login = person("declined").begin("login", "--provider", "github");
    comeBack(login, "error=access_denied");
    Result result = login.result().get(20, TimeUnit.SECONDS);
    assertEquals(4, result.code());
    assertTrue(result.err().contains("You declined at the provider"), result.err());
    assertFalse(Files.exists(homes.resolve("declined/credentials.toml")));
  }

  @Test
  void aProviderThatDoesNotAnswerIsTold() throws Exception {
    Cli.Live login = person("waiting").begin("login", "--provider", "github");
    providerAway = true;
    try {
      comeBack(login, "code=c-3");
      Result result = login.result().get(20, TimeUnit.SECONDS);
      assertEquals(5, result.code(), result.err());
      assertTrue(result.err().contains("[OAUTH_UNAVAILABLE]"), result.err());
    } finally {
      providerAway = false;
    }
  }

  @Test
  void aProviderThatIsNotSetUpIsToldWithThoseThatAre() {
    Result unknown = person("vera").run("login", "--provider", "gitlab");
    assertEquals(3, unknown.code(), unknown.err());
    assertTrue(unknown.err().contains("Set up are: github."), unknown.err());
  }

  /** What the browser does after the person decided: it goes to the address to come back to. */
  private static void comeBack(Cli.Live command, String decision) throws Exception {
    Matcher page = PAGE.matcher(command.err());
    for (int i = 0; i < 200 && !page.reset(command.err()).find(); i++) {
      Thread.sleep(50);
    }
    URI back =
        URI.create(
            "%s?%s&state=%s"
                .formatted(
                    parameter(page.group(1), "redirect_uri"),
                    decision,
                    parameter(page.group(1), "state")));
    try (HttpClient browser = HttpClient.newHttpClient()) {
      assertEquals(
          200,
          browser
              .send(HttpRequest.newBuilder(back).build(), BodyHandlers.discarding())
              .statusCode());
    }
  }

  private static String parameter(String page, String name) {
    Matcher value = Pattern.compile("[?&]%s=([^&]*)".formatted(name)).matcher(page);
    assertTrue(value.find(), page);
    return URLDecoder.decode(value.group(1), StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(providerAway ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Cli person(String name) {
    return new Cli(homes.resolve(name)).with("CLAWLIVE_SERVER", server.grpc());
  }
}
