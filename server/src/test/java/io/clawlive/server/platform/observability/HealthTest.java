package io.clawlive.server.platform.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgres;
import io.clawlive.server.testing.TestDatabase;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthTest {
  @AutoClose private static final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aServerThatCanWorkSaysSo() throws Exception {
    try (var server = TestServer.start()) {
      String up = "{\"status\":\"up\",\"dependencies\":{\"postgres\":\"up\"}}";
      assertEquals("200 {\"status\":\"up\"}", get(server, "/health/live"));
      assertEquals("200 " + up, get(server, "/health/ready"));
      assertEquals("200 " + up, get(server, "/health"));
    }
  }

  @Test
  void withoutPostgresItLivesAndIsNotReadyUntilPostgresIsBack(@TempDir Path data) throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(TestDatabase.settings(data));
    try (var server = TestServer.startOn(TestDatabase.createOn(postgres))) {
      postgres.close();
      assertEquals("200 {\"status\":\"up\"}", get(server, "/health/live"));
      assertEquals(
          "503 {\"status\":\"down\",\"dependencies\":{\"postgres\":\"down\"}}",
          get(server, "/health/ready"));
    } finally {
      postgres.close();
    }
  }

  @Test
  void withoutRedisItIsReady() throws Exception {
    try (var redis = TestRedis.start();
        var server = TestServer.start(redis.property())) {
      assertEquals(
          "200 {\"status\":\"up\",\"dependencies\":{\"postgres\":\"up\",\"redis\":\"up\"}}",
          get(server, "/health/ready"));
      redis.kill();
      assertEquals(
          "200 {\"status\":\"up\",\"dependencies\":{\"postgres\":\"up\",\"redis\":\"down\"}}",
          get(server, "/health/ready"));
    }
  }

  @Test
  void aServerOnItsWayDownTakesNoMore() throws Exception {
    try (var server = TestServer.start()) {
      server.bean(Health.class).stopping();
      assertEquals(
          "503 {\"status\":\"stopping\",\"dependencies\":{\"postgres\":\"up\"}}",
          get(server, "/health/ready"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/beans", "/routes", "/info", "/threaddump", "/flyway", "/metrics/x"})
  void thePagesOfTheFrameworkAreShut(String page) throws Exception {
    try (var server = TestServer.start()) {
      assertTrue(get(server, page).startsWith("404 {"), page);
    }
  }

  private static String get(TestServer server, String path) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.web().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
