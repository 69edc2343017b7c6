package io.clawlive.server.platform.web;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.observability.Figures;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * The server's figures for Prometheus. They tell how busy the server is and of what it is made, so
 * only this machine and private networks may read them.
 */
@Controller("/metrics")
final class MetricsController {
  private final Figures figures;

  MetricsController(Figures figures) {
    this.figures = figures;
  }

  @Get(produces = Figures.CONTENT_TYPE)
  @ExecuteOn(TaskExecutors.IO)
  HttpResponse<byte[]> figures(HttpRequest<?> request) {
    InetAddress caller = Exchange.of(request).caller();
    if (caller.isLoopbackAddress() || caller.isSiteLocalAddress() || isUniqueLocal(caller)) {
      return HttpResponse.ok(figures.write().getBytes(StandardCharsets.UTF_8));
    }
    var refused = HttpResponse.<byte[]>notFound();
    return WebError.fill(
        refused, ErrorReason.ERROR_REASON_METHOD_UNKNOWN, "There is nothing at /metrics.");
  }

  /** IPv6's private addresses, fc00::/7 (RFC 4193). */
  private static boolean isUniqueLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
  }
}
