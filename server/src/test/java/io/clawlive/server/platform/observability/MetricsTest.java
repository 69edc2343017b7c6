package io.clawlive.server.platform.observability;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.SessionStatus;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  /** A metric's name in a query, before its labels, its range or the end of its function. */
  private static final Pattern NAME =
      Pattern.compile("\\b((?:clawlive|jvm|process|hikaricp|system)_[a-z0-9_]+)");

  @AutoClose private static final TestServer server = TestServer.start("clawlive.live.beat=200ms");
  @AutoClose private static final HttpClient http = HttpClient.newHttpClient();
  private static final Worker worker = server.worker("measured");

  @Test
  void whatHappensIsCounted() {
    String stream = worker.stream();
    double before = value("clawlive_events_ingested_total{type=\"thought\"}");
    worker.append(stream, thought(1, "a"), log(2, "b"), thought(3, "c"));
    assertEquals(before + 2, value("clawlive_events_ingested_total{type=\"thought\"}"));
    assertTrue(value("clawlive_commit_seconds_count") >= 1);
    assertTrue(value("clawlive_writer_batch_sum") >= 3);

    double errors = value("clawlive_errors_total{code=\"SESSION_NOT_FOUND\"}");
    Refused.with(
        ErrorReason.ERROR_REASON_SESSION_NOT_FOUND,
        () ->
            server
                .nobody()
                .sessions()
                .getSession(
                    GetSessionRequest.newBuilder()
                        .setSessionId("01900000-0000-7000-8000-000000000000")
                        .build()));
    assertEquals(errors + 1, value("clawlive_errors_total{code=\"SESSION_NOT_FOUND\"}"));
    assertTrue(
        value(
                "clawlive_api_latency_ms_count{endpoint=\"clawlive.live.v1.SessionService/GetSession\"}")
            >= 1);
  }

  @Test
  void watchersAreCountedWhileTheyWatch() {
    String stream = worker.stream();
    double begun = value("clawlive_viewers_total");
    double open = value("clawlive_watchers");
    try (Watching watch = server.nobody().watch(stream)) {
      watch.next();
      assertEquals(begun + 1, value("clawlive_viewers_total"));
      assertEquals(open + 1, value("clawlive_watchers"));
      assertEquals(0, value("clawlive_watcher_lag_events"));
    }
    awaitValue("clawlive_watchers", open);
    assertEquals(begun + 1, value("clawlive_viewers_total"));
  }

  @Test
  void runningSessionsAreCountedAtTheNextBeat() {
    String stream = worker.stream();
    awaitValue("clawlive_sessions_active", running());
    worker.end(stream);
    awaitValue("clawlive_sessions_active", running());
  }

  private static long running() {
    return server
        .admin()
        .sessions()
        .listSessions(ListSessionsRequest.newBuilder().setPageSize(200).build())
        .getSessionsList()
        .stream()
        .filter(session -> session.getStatus() != SessionStatus.SESSION_STATUS_ENDED)
        .count();
  }

  @Test
  void everyMetricOfTheDashboardAndTheAlertsIsThere() throws Exception {
    // One of each, so that every labelled series exists.
    String stream = worker.stream();
    worker.append(stream, thought(1, "a"));
    whatHappensIsCounted();
    String figures = figures();
    var missing = new TreeSet<String>();
    for (String file : List.of("grafana/clawlive.json", "prometheus/alerts.yaml")) {
      String text = Files.readString(Path.of("..", "deploy").resolve(file));
      var names = NAME.matcher(text).results().map(found -> found.group(1)).distinct().toList();
      assertTrue(names.size() >= 3, () -> file + " names metrics: " + names);
      for (String name : names) {
        if (Stream.of(" ", "{").noneMatch(end -> figures.contains("\n" + name + end))) {
          missing.add(name);
        }
      }
    }
    assertEquals(new TreeSet<>(), missing);
  }

  private static void awaitValue(String series, double expected) {
    Together.soon(series + " " + expected, Duration.ofSeconds(10), () -> value(series) == expected);
  }

  private static double value(String series) {
    return figures()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private static String figures() {
    HttpRequest metrics = HttpRequest.newBuilder(server.web().resolve("/metrics")).build();
    HttpResponse<String> answer =
        http.sendAsync(metrics, HttpResponse.BodyHandlers.ofString()).join();
    assertEquals(200, answer.statusCode());
    return answer.body();
  }
}
