package io.clawlive.server.platform.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Tells browsers what they may do with an answer: nothing that a page of this door does not do. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SecurityHeaders {
  private static final String POLICY = "content-security-policy";

  private static final String PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
          + "form-action 'self'; frame-ancestors ";

  private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

  @ResponseFilter
  void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
    addTo(response);
    response.getHeaders().set(POLICY, policy(request, response));
  }

  /** Adds those of an answer that is no page. */
  static void addTo(MutableHttpResponse<?> response) {
    MutableHttpHeaders headers = response.getHeaders();
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set(POLICY, NO_PAGE);
  }

  private static String policy(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.getContentType().filter(type -> type.getName().equals("text/html")).isEmpty()) {
      return NO_PAGE;
    }
    return PAGE + (request.getPath().startsWith("/embed/") ? "*" : "'none'");
  }
}
