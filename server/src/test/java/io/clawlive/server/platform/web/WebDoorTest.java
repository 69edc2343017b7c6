package io.clawlive.server.platform.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.server.testing.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The web door as a whole. */
final class WebDoorTest {
  @AutoClose private static final TestServer server = TestServer.start();
  @AutoClose private static final HttpClient http = HttpClient.newHttpClient();

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    var answer =
        http.send(
            HttpRequest.newBuilder(server.web().resolve("/nothing")).build(),
            BodyHandlers.ofString());
    assertEquals(404, answer.statusCode());
    assertEquals(
        "{\"error\":{\"code\":404,\"status\":\"NOT_FOUND\",\"reason\":\"METHOD_UNKNOWN\","
            + "\"message\":\"There is nothing at /nothing.\"}}",
        answer.body());
    assertEquals("nosniff", answer.headers().firstValue("x-content-type-options").orElse(""));
    assertEquals(
        "default-src 'none'; frame-ancestors 'none'",
        answer.headers().firstValue("content-security-policy").orElse(""));
  }
}
