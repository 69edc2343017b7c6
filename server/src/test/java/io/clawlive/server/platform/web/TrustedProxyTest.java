package io.clawlive.server.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxyTest {
  @AutoClose private static final HttpClient http = HttpClient.newHttpClient();

  @Test
  void ratesCountWhoIsBehindATrustedProxy() throws Exception {
    try (var server =
        TestServer.start("clawlive.web.trusted-proxies=127.0.0.0/8", MovableClock.PROPERTY)) {
      String path = search(server);
      assertEquals(429, last(server, path, "203.0.113.7", 121));
      assertEquals(200, last(server, path, "203.0.113.8", 1), "somebody else");
      assertEquals(429, last(server, path, "203.0.113.8, 203.0.113.7", 1), "the nearest counts");
      assertEquals(429, last(server, path, "203.0.113.7, 127.0.0.9", 1), "a proxy before a proxy");
    }
  }

  @Test
  void whatACallerSaysOfItselfIsNotBelieved() throws Exception {
    try (var server = TestServer.start()) {
      assertEquals(200, last(server, search(server), "203.0.113.7", 121));
      assertEquals(200, last(server, "/metrics", "203.0.113.7", 1));
    }
  }

  @Test
  void metricsAreNotForWhoIsBehindATrustedProxy() throws Exception {
    try (var server = TestServer.start("clawlive.web.trusted-proxies=127.0.0.1")) {
      assertEquals(404, last(server, "/metrics", "203.0.113.7", 1));
      assertEquals(200, last(server, "/metrics", "10.1.2.3", 1));
      assertEquals(200, last(server, "/metrics", "not an address", 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.2, 10.0.0.2, 10.0.0.3",
    "10.0.0.0/8, 10.9.9.9, 11.0.0.1",
    "fd00::/8, fd12::1, fe80::1"
  })
  void anAddressOrANetworkIsTaken(String network, String in, String out) {
    assertTrue(TrustedProxies.network(network).matches(end(in)));
    assertTrue(!TrustedProxies.network(network).matches(end(out)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "proxy.example.com", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "/8"})
  void anythingElseIsRefused(String network) {
    assertFalse(TrustedProxies.isNetwork(network));
  }

  private static InetSocketAddress end(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 1);
  }

  /** A path that 120 calls a minute of one address may ask for. */
  private static String search(TestServer server) {
    Worker worker = server.worker("counted");
    return "/v1/sessions/" + worker.stream() + "/search?query=x";
  }

  /** The status of the last of so many calls. */
  private static int last(TestServer server, String path, String forwardedFor, int calls)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.web().resolve(path))
            .header("X-Forwarded-For", forwardedFor)
            .build();
    IntStream.range(1, calls)
        .parallel()
        .forEach(call -> http.sendAsync(request, HttpResponse.BodyHandlers.discarding()).join());
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
