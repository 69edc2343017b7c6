package io.clawlive.server.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.RawHttp;
import io.clawlive.server.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Pages of other origins call only where they are named. */
final class CorsTest {
  private static final String GET_AGENT = "/clawlive.agents.v1.AgentService/GetAgent";

  @AutoClose private static final TestServer closed = TestServer.start();

  @AutoClose
  private static final TestServer open =
      TestServer.start("clawlive.web.origins=https://dash.example.com,http://localhost:5173");

  @Test
  void noOtherOriginIsLetInByDefault() throws IOException {
    for (String origin :
        new String[] {"https://dash.example.com", "null", "http://localhost:3000"}) {
      assertFree(preflight(closed.web(), origin));
      assertFree(call(closed.web(), origin));
    }
  }

  @Test
  void aNamedOriginMayAskAndReadTheEndOfACall() throws IOException {
    String answer = preflight(open.web(), "https://dash.example.com");
    assertTrue(answer.startsWith("http/1.1 204"), answer);
    assertEquals("https://dash.example.com", header(answer, "access-control-allow-origin"));
    assertEquals("content-type,x-grpc-web", header(answer, "access-control-allow-headers"));
    assertTrue(header(answer, "access-control-allow-methods").contains("post"), answer);

    String called = call(open.web(), "http://localhost:5173");
    assertEquals("http://localhost:5173", header(called, "access-control-allow-origin"));
    assertEquals(
        "grpc-status, grpc-message, grpc-status-details-bin, retry-after",
        header(called, "access-control-expose-headers"));
    assertEquals("origin", header(called, "vary"));
  }

  @Test
  void noOriginEverGetsCookies() throws IOException {
    assertEquals(
        "",
        header(
            preflight(open.web(), "https://dash.example.com"), "access-control-allow-credentials"));
    assertEquals(
        "",
        header(call(open.web(), "https://dash.example.com"), "access-control-allow-credentials"));
  }

  @Test
  void anOriginThatIsNotNamedLetterByLetterIsAStranger() throws IOException {
    for (String origin :
        new String[] {
          "https://dash.example.com.evil.example",
          "https://evil.example",
          "http://dash.example.com",
          "https://dash.example.com:8443",
          "null"
        }) {
      assertFree(preflight(open.web(), origin));
      assertFree(call(open.web(), origin));
    }
  }

  private static void assertFree(String answer) {
    assertEquals("", header(answer, "access-control-allow-origin"), answer);
    assertEquals("", header(answer, "access-control-allow-methods"), answer);
  }

  private static String preflight(URI door, String origin) throws IOException {
    try (RawHttp line = RawHttp.to(door)) {
      line.send(
          """
          OPTIONS %s HTTP/1.1\r
          host: x\r
          origin: %s\r
          access-control-request-method: POST\r
          access-control-request-headers: content-type,x-grpc-web\r
          \r
          """
              .formatted(GET_AGENT, origin));
      return line.head();
    }
  }

  private static String call(URI door, String origin) throws IOException {
    try (RawHttp line = RawHttp.to(door)) {
      line.post(GET_AGENT, "application/grpc-web", new byte[5], "origin: " + origin);
      return line.head();
    }
  }

  private static String header(String answer, String name) {
    return answer
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }
}
