package io.clawlive.server.platform.web;

import com.google.gson.JsonObject;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.context.event.HttpRequestTerminatedEvent;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line of JSON for each request when its answer is over. It names paths without their
 * query and no header, for credentials travel in both.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AccessLog implements ApplicationEventListener<HttpRequestTerminatedEvent> {
  private static final Logger LOG = LoggerFactory.getLogger("io.clawlive.access");

  private final TrustedProxies proxies;
  private final Clock clock;

  AccessLog(TrustedProxies proxies, Clock clock) {
    this.proxies = proxies;
    this.clock = clock;
  }

  @RequestFilter
  void begin(HttpRequest<?> request) {
    Exchange.of(request).caller(proxies.caller(request));
  }

  @ResponseFilter
  void answered(HttpRequest<?> request, MutableHttpResponse<?> response) {
    Exchange.of(request).status(response.code());
    if (response.getContentLength() > 0) {
      Exchange.of(request).sent(response.getContentLength());
    } else if (response.body() instanceof byte[] whole) {
      Exchange.of(request).sent(whole.length);
    }
  }

  @Override
  public void onApplicationEvent(HttpRequestTerminatedEvent event) {
    if (LOG.isInfoEnabled()) {
      HttpRequest<?> request = event.getSource();
      LOG.info("{}", line(request, Exchange.of(request)));
    }
  }

  private JsonObject line(HttpRequest<?> request, Exchange exchange) {
    var line = new JsonObject();
    line.addProperty("timestamp", clock.instant().toString());
    line.addProperty("level", exchange.status() >= 500 ? "ERROR" : "INFO");
    line.addProperty("service", "clawlive");
    line.addProperty("method", request.getMethodName());
    String endpoint = exchange.endpoint();
    line.addProperty("endpoint", endpoint == null ? request.getPath() : endpoint);
    line.addProperty("status", exchange.status());
    if (exchange.code() != null) {
      line.addProperty("code", exchange.code());
    }
    line.addProperty("duration_ms", exchange.millis());
    line.addProperty("bytes", exchange.bytes());
    line.addProperty("address", exchange.caller().getHostAddress());
    return line;
  }
}
