package io.clawlive.server.platform.web;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.InnerDoor;
import io.clawlive.server.platform.grpc.Refusal;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import java.util.Optional;

/** Who makes a request of the web door, as a call of the inner door tells it. */
public final class WebCaller {
  /** The cookie that holds an access token. */
  public static final String SESSION_COOKIE = "clawlive_session";

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private WebCaller() {}

  /** Options of a call made for this request: they carry its network address. */
  public static CallOptions options(HttpRequest<?> request) {
    return CallOptions.DEFAULT.withOption(InnerDoor.CALLER, Exchange.of(request).caller());
  }

  /**
   * Puts the credential of this request into the headers of a call: the authorization header, or
   * else the cookie of a signed-in browser.
   *
   * @throws Refusal when a page of another site sent the cookie with a request that may change
   *     something
   */
  public static void authorize(HttpRequest<?> request, Metadata headers) {
    headers.discardAll(AUTHORIZATION);
    credential(request).ifPresent(credential -> headers.put(AUTHORIZATION, credential));
  }

  private static Optional<String> credential(HttpRequest<?> request) {
    Optional<String> header = request.getHeaders().findFirst(HttpHeaders.AUTHORIZATION);
    if (header.isPresent()) {
      return header;
    }
    Optional<String> cookie = request.getCookies().findCookie(SESSION_COOKIE).map(Cookie::getValue);
    if (cookie.isPresent()) {
      requireOwnOrigin(request);
    }
    return cookie.map(token -> "Bearer " + token);
  }

  /**
   * Browsers send cookies whoever asks them to; only a page of this very origin may change
   * something by them.
   *
   * @throws Refusal when another page did
   */
  public static void requireOwnOrigin(HttpRequest<?> request) {
    if (isSafe(request) || isOwnOrigin(request)) {
      return;
    }
    throw Refusal.of(
        ErrorReason.ERROR_REASON_ORIGIN_REFUSED,
        "The browser's cookie came with a request of another site's page, or of one that does not"
            + " name its origin.");
  }

  private static boolean isSafe(HttpRequest<?> request) {
    return switch (request.getMethod()) {
      case GET, HEAD, OPTIONS -> true;
      default -> false;
    };
  }

  private static boolean isOwnOrigin(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    Optional<String> origin = headers.findFirst(HttpHeaders.ORIGIN);
    if (origin.isPresent()) {
      String host = headers.findFirst(HttpHeaders.HOST).orElse("");
      return origin.get().equals("http://" + host) || origin.get().equals("https://" + host);
    }
    return headers.findFirst("sec-fetch-site").filter("same-origin"::equals).isPresent();
  }
}
