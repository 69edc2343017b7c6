package io.clawlive.server.identity.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.OAuth2HttpRouterKt;
import okhttp3.Headers;

/**
 * An OAuth 2.0 server that checks codes, clients and PKCE, dressed up as GitHub and GitLab, and a
 * browser to visit it with. Whoever types a name into its page is that person.
 */
final class TestProvider implements AutoCloseable {
  static final String CALLBACK = "http://127.0.0.1:7777/callback";
  static final String OTHER_CALLBACK = "https://watch.example.com/signed-in";

  private static final String SECRET = "s3cret-of-the-application";

  /** Codes that were given and not used yet, with the address they were sent to. */
  private final Map<String, String> codes = new ConcurrentHashMap<>();

  private final MockOAuth2Server server =
      new MockOAuth2Server(
          new OAuth2Config(true),
          OAuth2HttpRouterKt.get("/github/page", TestProvider::page),
          OAuth2HttpRouterKt.get("/gitlab/page", TestProvider::page),
          OAuth2HttpRouterKt.post("/github/access_token", request -> token(request, 200)),
          OAuth2HttpRouterKt.post("/gitlab/access_token", request -> token(request, 401)),
          OAuth2HttpRouterKt.get("/github/user", request -> user(request, "login")),
          OAuth2HttpRouterKt.get("/gitlab/user", request -> user(request, "username")));
  private final HttpClient browser = HttpClient.newHttpClient();

  /** What stands in the address that the browser comes back to. */
  record Back(String state, String code) {}

  TestProvider() {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  /** The settings of a server that uses this provider under a name. */
  String[] settings(String name) {
    String key = "clawlive.identity.oauth." + name + ".";
    String base = server.url(name).toString();
    return new String[] {
      key + "client-id=claw",
      key + "client-secret=" + SECRET,
      key + "redirect-uris=" + CALLBACK + "," + OTHER_CALLBACK,
      key + "authorization-endpoint=" + base + "/page",
      key + "token-endpoint=" + base + "/access_token",
      key + "user-endpoint=" + base + "/user"
    };
  }

  /** Opens an address in the browser and signs in there. */
  Back visit(String authorizationUrl, String person) {
    HttpResponse<String> page = send(HttpRequest.newBuilder(URI.create(authorizationUrl)));
    URI form = URI.create(page.headers().firstValue("location").orElseThrow());
    HttpResponse<String> back =
        send(
            HttpRequest.newBuilder(form)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + URLEncoder.encode(person, UTF_8))));
    String address = back.headers().firstValue("location").orElseThrow();
    Map<String, String> query = query(URI.create(address));
    var given = new Back(query.getOrDefault("state", ""), query.getOrDefault("code", ""));
    codes.put(given.code(), address.substring(0, address.indexOf('?')));
    return given;
  }

  /** The parameters of an address. */
  static Map<String, String> query(URI address) {
    var query = new HashMap<String, String>();
    for (String pair : address.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return query;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return browser.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The server behind speaks OpenID Connect, whose requests all carry its scope. */
  private static OAuth2HttpResponse page(OAuth2HttpRequest request) {
    String address =
        request
            .getUrl()
            .toString()
            .replace("/page?", "/authorize?")
            .replace("scope=", "scope=openid+");
    return new OAuth2HttpResponse(Headers.of("location", address), 302, "", null);
  }

  /**
   * Holds what the server behind does not: the application's secret, that a code works once, and
   * where it was sent to.
   *
   * @param refusal the status of an error, which is no error's at GitHub
   */
  private OAuth2HttpResponse token(OAuth2HttpRequest request, int refusal) {
    String body = String.valueOf(request.getBody());
    Map<String, String> form = query(URI.create("http://form/?" + body));
    String sentTo = codes.remove(form.getOrDefault("code", ""));
    if (!SECRET.equals(form.get("client_secret")) || !form.get("redirect_uri").equals(sentTo)) {
      return json(refusal, "{\"error\":\"bad_verification_code\"}");
    }
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(request.getUrl().toString().replace("/access_token", "/token")))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    return json(answer.statusCode() == 200 ? 200 : refusal, answer.body());
  }

  private static OAuth2HttpResponse json(int status, String body) {
    return new OAuth2HttpResponse(
        Headers.of("content-type", "application/json; charset=utf-8"), status, body, null);
  }

  /**
   * People are numbered, and may take another name: "octocat=hubot" is octocat, now named hubot.
   */
  private static OAuth2HttpResponse user(OAuth2HttpRequest request, String field) {
    try {
      String token = String.valueOf(request.getHeaders().get("authorization")).substring(7);
      String typed = SignedJWT.parse(token).getJWTClaimsSet().getSubject();
      String[] names = typed.split("=");
      String body =
          "{\"id\":%d,\"%s\":\"%s\",\"email\":\"x@example.com\"}"
              .formatted(names[0].hashCode() & 0xffffffffL, field, names[names.length - 1]);
      return json(200, body);
    } catch (ParseException e) {
      return json(401, "{}");
    }
  }

  @Override
  public void close() {
    browser.close();
    server.shutdown();
  }
}
