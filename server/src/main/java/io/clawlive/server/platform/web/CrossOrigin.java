package io.clawlive.server.platform.web;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of the configured origins call. No answer allows cookies, so such a page acts with the
 * credential it brings and never as the person who is signed in here.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
final class CrossOrigin {
  private static final String EXPOSED =
      "grpc-status, grpc-message, grpc-status-details-bin, retry-after";
  private static final String DAY_SECONDS = "86400";

  private final WebConfiguration configuration;

  CrossOrigin(WebConfiguration configuration) {
    this.configuration = configuration;
  }

  /** Answers a browser that asks whether it may send a request. */
  @RequestFilter
  @Nullable HttpResponse<?> preflight(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    if (request.getMethod() != HttpMethod.OPTIONS
        || !headers.contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
      return null;
    }
    MutableHttpResponse<?> answer = HttpResponse.noContent();
    allow(request, answer);
    if (origin(request).isPresent()) {
      answer.header(
          HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, PATCH, DELETE");
      headers
          .findFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS)
          .ifPresent(asked -> answer.header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked));
      answer.header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY_SECONDS);
    }
    return answer;
  }

  @ResponseFilter
  void allow(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (configuration.origins() == null) {
      return;
    }
    // Caches must not give the answer to one origin to another.
    MutableHttpHeaders headers = response.getHeaders();
    headers.set(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    origin(request)
        .ifPresent(origin -> {
          headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
          headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        });
  }

  private Optional<String> origin(HttpRequest<?> request) {
    return request.getHeaders().findFirst(HttpHeaders.ORIGIN).filter(configuration::takes);
  }
}
