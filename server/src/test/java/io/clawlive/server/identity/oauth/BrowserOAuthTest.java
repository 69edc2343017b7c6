package io.clawlive.server.identity.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.TestServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser goes to a provider, signs in there, and comes back signed in here. */
final class BrowserOAuthTest {
  @AutoClose private static final TestProvider provider = new TestProvider();
  @AutoClose private static final TestServer server = start();
  @AutoClose private static final HttpClient browser = HttpClient.newHttpClient();

  @Test
  void aBrowserComesBackSignedInToWhereItWas() throws Exception {
    var away = get("/auth/oauth/github/start?next=" + encoded("/live/mara/work?f=1"), "");
    assertEquals(302, away.statusCode());
    String begun = cookie(away, "clawlive_oauth");
    assertTrue(begun.contains("HTTPOnly") && begun.contains("SameSite=Lax"), begun);
    assertFalse(location(away).contains(value(begun).substring(0, 20)), location(away));

    TestProvider.Back back = provider.visit(location(away), "octocat");
    String way = "/auth/oauth/callback?state=" + back.state() + "&code=" + encoded(back.code());
    assertEquals("/login?error=refused", location(get(way, "")), "another browser");

    away = get("/auth/oauth/github/start?next=" + encoded("/live/mara/work?f=1"), "");
    back = provider.visit(location(away), "octocat");
    way = "/auth/oauth/callback?state=" + back.state() + "&code=" + encoded(back.code());
    var home = get(way, "clawlive_oauth=" + value(cookie(away, "clawlive_oauth")));
    assertEquals(302, home.statusCode());
    assertEquals("/live/mara/work?f=1", location(home));
    assertTrue(cookie(home, "clawlive_oauth").contains("Max-Age=0"));
    var who = get("/auth/session", "clawlive_session=" + value(cookie(home, "clawlive_session")));
    assertTrue(who.body().contains("\"octocat\""), who.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/ok\r\nset-cookie: a=b",
        ""
      })
  void nobodyIsSentElsewhere(String next) throws Exception {
    var away = get("/auth/oauth/github/start?next=" + encoded(next), "");
    TestProvider.Back back = provider.visit(location(away), "octocat");
    var home =
        get(
            "/auth/oauth/callback?state=" + back.state() + "&code=" + encoded(back.code()),
            "clawlive_oauth=" + value(cookie(away, "clawlive_oauth")));
    assertEquals("/", location(home));
  }

  @Test
  void whatDoesNotWorkLeadsToTheLoginPage() throws Exception {
    assertEquals("/login?error=refused", location(get("/auth/oauth/nowhere/start", "")));
    assertEquals(
        "/login?error=refused",
        location(get("/auth/oauth/callback?state=x&code=y", "clawlive_oauth=token.Lw")));
    assertEquals(
        "/login?error=refused",
        location(get("/auth/oauth/callback?error=access_denied", "clawlive_oauth=token.Lw")));
  }

  private static TestServer start() {
    var settings = new ArrayList<>(List.of(provider.settings("github")));
    settings.add(
        "clawlive.identity.oauth.github.redirect-uris=http://127.0.0.1:7777/auth/oauth/callback");
    settings.add("clawlive.identity.open-registration=true");
    return TestServer.start(settings.toArray(String[]::new));
  }

  private static HttpResponse<String> get(String path, String cookie)
      throws IOException, InterruptedException {
    return browser.send(
        HttpRequest.newBuilder(server.web().resolve(path)).header("cookie", cookie).build(),
        BodyHandlers.ofString());
  }

  private static String location(HttpResponse<?> response) {
    return response.headers().firstValue("location").orElse("");
  }

  private static String cookie(HttpResponse<?> response, String name) {
    return response.headers().allValues("set-cookie").stream()
        .filter(line -> line.startsWith(name + "="))
        .findFirst()
        .orElse("");
  }

  private static String value(String cookie) {
    return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
