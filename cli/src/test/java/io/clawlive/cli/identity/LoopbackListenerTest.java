package io.clawlive.cli.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LoopbackListenerTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final HttpClient browser = HttpClient.newHttpClient();
  private URI address;

  @BeforeEach
  void choosePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = URI.create("http://127.0.0.1:%d/callback".formatted(free.getLocalPort()));
    }
  }

  @Test
  void whatTheBrowserBringsBackIsTaken() throws Exception {
    try (LoopbackListener listener = expecting("s-1")) {
      HttpResponse<String> page = get("?code=c%2F1&state=s-1");
      assertEquals(200, page.statusCode());
      assertTrue(page.body().contains("You can close this page"), page.body());
      assertEquals("no-referrer", page.headers().firstValue("Referrer-Policy").orElse(""));
      assertFalse(page.body().contains("c/1"), "the page does not repeat the code");
      assertEquals(new LoopbackListener.Answer("s-1", "c/1"), listener.await(SOON));
    }
  }

  @Test
  void whatIsNotTheAnswerChangesNothing() throws Exception {
    try (LoopbackListener listener = expecting("s-1")) {
      assertEquals(404, get("?code=forged&state=other").statusCode());
      assertEquals(404, get("?error=access_denied").statusCode());
      assertEquals(404, get("?state=s-1").statusCode());
      assertEquals(404, get("/deeper?code=c&state=s-1").statusCode());
      assertEquals(200, get("?code=real&state=s-1").statusCode());
      assertEquals("real", listener.await(SOON).code());
    }
  }

  @Test
  void nothingIsTakenBeforeTheLoginHasBegun() throws Exception {
    try (LoopbackListener listener = LoopbackListener.at(address)) {
      assertEquals(404, get("?code=early&state=s-1").statusCode());
      listener.expect(LoopbackListener.parameters(URI.create("http://p.example/?state=s-1")));
      assertEquals(200, get("?code=c&state=s-1").statusCode());
    }
  }

  @Test
  void aPersonWhoDeclinedIsToldSo() throws Exception {
    try (LoopbackListener listener = expecting("s-1")) {
      get("?error=access_denied&state=s-1");
      Failure failure = assertThrows(Failure.class, () -> listener.await(SOON));
      assertEquals(ExitCode.NOT_ALLOWED, failure.exitCode());
      assertTrue(failure.getMessage().startsWith("You declined"), failure.getMessage());
    }
  }

  @Test
  void anotherErrorIsShownWithoutWhatCouldSteerTheTerminal() throws Exception {
    try (LoopbackListener listener = expecting("s-1")) {
      get("?error=server_error&error_description=try%1B%5B2Jlater&state=s-1");
      Failure failure = assertThrows(Failure.class, () -> listener.await(SOON));
      assertEquals("The provider refused: server_error trylater", failure.getMessage());
    }
  }

  @Test
  void nobodyWhoComesBackIsWaitedForOnlySoLong() {
    try (LoopbackListener listener = expecting("s-1")) {
      Failure failure = assertThrows(Failure.class, () -> listener.await(Duration.ofMillis(50)));
      assertTrue(failure.getMessage().contains("Start the login again"), failure.getMessage());
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket other =
        new ServerSocket(address.getPort(), 1, InetAddress.getByName("127.0.0.1"))) {
      Failure failure = assertThrows(Failure.class, () -> LoopbackListener.at(address));
      assertTrue(
          failure.getMessage().startsWith("Port %d of ".formatted(other.getLocalPort())),
          failure.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8976/callback, true",
    "http://localhost:8976/, true",
    "http://[::1]:8976/x, true",
    "https://127.0.0.1:8976/callback, false",
    "http://127.0.0.1/callback, false",
    "http://127.0.0.1.evil.example:8976/, false",
    "https://live.example/auth/callback, false",
    "not an address, false"
  })
  void onlyPlainHttpToThisMachineCanBeListenedTo(String redirectUri, boolean usable) {
    assertEquals(usable, LoopbackListener.usable(redirectUri).isPresent());
  }

  private LoopbackListener expecting(String state) {
    LoopbackListener listener = LoopbackListener.at(address);
    listener.expect(
        LoopbackListener.parameters(
            URI.create("https://provider.example/authorize?client_id=x&state=" + state)));
    return listener;
  }

  private HttpResponse<String> get(String rest) throws IOException, InterruptedException {
    return browser.send(
        HttpRequest.newBuilder(URI.create(address + rest)).build(), BodyHandlers.ofString());
  }
}
