package io.clawlive.server.platform.web;

import com.google.gson.JsonObject;
import io.clawlive.server.platform.observability.Health;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;

/**
 * Whether the server lives, and whether calls should come to it, for whoever starts and balances.
 */
@Controller("/health")
final class HealthController {
  private final Health health;

  HealthController(Health health) {
    this.health = health;
  }

  /** Answers 200 as long as the process can answer at all. */
  @Get(value = "/live", produces = WebError.JSON)
  byte[] live() {
    var body = new JsonObject();
    body.addProperty("status", "up");
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Answers 200 when the server can do its work and 503 when it cannot. */
  @Get(
      uris = {"/", "/ready"},
      produces = WebError.JSON)
  @ExecuteOn(TaskExecutors.IO)
  HttpResponse<byte[]> ready() {
    Health.Report report = health.check();
    var dependencies = new JsonObject();
    report
        .dependencies()
        .forEach((name, answers) -> dependencies.addProperty(name, answers ? "up" : "down"));
    var body = new JsonObject();
    body.addProperty("status", report.ready() ? "up" : report.stopping() ? "stopping" : "down");
    body.add("dependencies", dependencies);
    return HttpResponse.<byte[]>status(
            report.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
