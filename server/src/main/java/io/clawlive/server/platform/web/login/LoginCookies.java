package io.clawlive.server.platform.web.login;

import io.clawlive.identity.v1.Tokens;
import io.clawlive.server.platform.web.WebCaller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** The cookies of a login, and of one at a provider that has begun. */
@Singleton
final class LoginCookies {
  private static final String REFRESH = "clawlive_refresh";
  private static final String OAUTH = "clawlive_oauth";
  private static final String FOR_AUTH = "/auth";
  private static final Duration OAUTH_LIFETIME = Duration.ofMinutes(10);

  private final Clock clock;

  LoginCookies(Clock clock) {
    this.clock = clock;
  }

  /**
   * A login at a provider that has begun.
   *
   * @param token secret of this browser
   * @param next path to go to afterwards
   */
  record Begun(String token, String next) {}

  /** Keeps the tokens of a login in the browser. */
  void keep(HttpRequest<?> request, MutableHttpResponse<?> response, Tokens tokens) {
    response.cookie(
        cookie(request, WebCaller.SESSION_COOKIE, tokens.getAccessToken(), "/")
            .sameSite(SameSite.Lax)
            .maxAge(tokens.getExpiresIn()));
    long seconds = tokens.getRefreshExpiresAt().getSeconds() - clock.instant().getEpochSecond();
    response.cookie(
        cookie(request, REFRESH, tokens.getRefreshToken(), FOR_AUTH)
            .sameSite(SameSite.Strict)
            .maxAge(seconds));
  }

  /** Forgets the login. */
  void forget(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.cookie(
        cookie(request, WebCaller.SESSION_COOKIE, "", "/").sameSite(SameSite.Lax).maxAge(0));
    response.cookie(cookie(request, REFRESH, "", FOR_AUTH).sameSite(SameSite.Strict).maxAge(0));
  }

  Optional<String> refreshToken(HttpRequest<?> request) {
    return value(request, REFRESH);
  }

  /** Keeps what the way back from a provider needs. */
  void keepBegun(HttpRequest<?> request, MutableHttpResponse<?> response, Begun begun) {
    String next =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(begun.next().getBytes(StandardCharsets.UTF_8));
    response.cookie(
        cookie(request, OAUTH, begun.token() + "." + next, FOR_AUTH)
            .sameSite(SameSite.Lax)
            .maxAge(OAUTH_LIFETIME));
  }

  Optional<Begun> begun(HttpRequest<?> request) {
    return value(request, OAUTH)
        .filter(text -> text.indexOf('.') > 0)
        .map(text -> {
          int point = text.indexOf('.');
          return new Begun(text.substring(0, point), decoded(text.substring(point + 1)));
        });
  }

  void forgetBegun(HttpRequest<?> request, MutableHttpResponse<?> response) {
    response.cookie(cookie(request, OAUTH, "", FOR_AUTH).sameSite(SameSite.Lax).maxAge(0));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException changed) {
      return "/";
    }
  }

  private static Optional<String> value(HttpRequest<?> request, String name) {
    return request
        .getCookies()
        .findCookie(name)
        .map(Cookie::getValue)
        .filter(text -> !text.isEmpty());
  }

  private static Cookie cookie(HttpRequest<?> request, String name, String value, String path) {
    return Cookie.of(name, value).path(path).httpOnly(true).secure(isSecure(request));
  }

  /** Whether the browser came by TLS, to this door or to a proxy before it. */
  private static boolean isSecure(HttpRequest<?> request) {
    return request.isSecure()
        || request.getHeaders().findFirst("x-forwarded-proto").filter("https"::equals).isPresent();
  }
}
