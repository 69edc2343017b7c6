package io.clawlive.server.platform.web.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.RawHttp;
import io.clawlive.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Signing in with a browser: cookies that scripts cannot read and other sites cannot use. */
final class BrowserLoginTest {
  private static final String WHO_AM_I = "/clawlive.identity.v1.IdentityService/WhoAmI";
  private static final String GRPC_WEB = "application/grpc-web+proto";

  @AutoClose private static final TestServer server = TestServer.start();
  private static final Person person = server.person("mara");
  private static final String own = "origin: http://" + server.web().getAuthority();

  @Test
  void aPasswordGivesCookiesThatNoScriptReadsAndNoTokenInTheBody() throws IOException {
    Answer answer = login(Person.PASSWORD, own);
    assertEquals(204, answer.status());
    String session = answer.cookie("clawlive_session");
    String refresh = answer.cookie("clawlive_refresh");
    for (String cookie : List.of(session, refresh)) {
      assertTrue(cookie.contains("; httponly"), cookie);
      assertTrue(cookie.contains("; max-age="), cookie);
      assertFalse(cookie.contains("; secure"), cookie);
    }
    assertTrue(session.contains("; samesite=lax") && session.contains("; path=/;"), session);
    assertTrue(refresh.contains("; samesite=strict") && refresh.contains("; path=/auth;"), refresh);
    assertEquals("no-store", answer.header("cache-control"));
  }

  @Test
  void behindTlsCookiesStayThere() throws IOException {
    String session =
        login(Person.PASSWORD, own, "x-forwarded-proto: https").cookie("clawlive_session");
    assertTrue(session.contains("; secure"), session);
  }

  @Test
  void theCookieCountsAsThePersonAtEveryDoor() throws IOException {
    String session = value(login(Person.PASSWORD, own).cookie("clawlive_session"));
    Answer who = send("GET", "/auth/session", "", "cookie: clawlive_session=" + session);
    assertEquals(200, who.status());
    assertTrue(who.body().contains("\"account_name\":\"mara\""), who.body());

    Answer rest = send("GET", "/auth/status", "", "cookie: clawlive_session=" + session);
    assertTrue(rest.body().contains("mara"), rest.body());

    assertTrue(call(session, own).body().contains("mara"));
    assertTrue(call(session, "sec-fetch-site: same-origin").body().contains("mara"));
  }

  @Test
  void aPageOfAnotherSiteChangesNothingWithTheCookie() throws IOException {
    String session = value(login(Person.PASSWORD, own).cookie("clawlive_session"));
    for (String foreign :
        new String[] {
          "origin: https://evil.example",
          "origin: null",
          "origin: http://127.0.0.1:1",
          "sec-fetch-site: cross-site",
          "sec-fetch-site: same-site",
          "x-nothing: 1"
        }) {
      Answer called = call(session, foreign);
      assertEquals("7", called.header("grpc-status"), () -> foreign + called.text());
      assertFalse(called.body().contains("mara"), foreign);
      Answer posted =
          send(
              "POST",
              "/auth/logout",
              "{}",
              "content-type: application/json",
              "cookie: clawlive_session=" + session,
              foreign);
      assertEquals(403, posted.status(), foreign);
      assertTrue(posted.body().contains("ORIGIN_REFUSED"), posted.body());
      assertEquals(403, login(Person.PASSWORD, foreign).status());
    }
    assertEquals(
        200, send("GET", "/auth/session", "", "cookie: clawlive_session=" + session).status());
  }

  @Test
  void aCredentialInTheHeaderWinsOverTheCookieAndNeedsNoOrigin() throws IOException {
    Answer called = call("no-token", "authorization: Bearer " + person.tokens().getAccessToken());
    assertTrue(called.body().contains("mara"), called.body());
  }

  @Test
  void aWrongPasswordIsRefusedWithItsReason() throws IOException {
    Answer answer = login("not the password", own);
    assertEquals(401, answer.status());
    assertTrue(answer.body().contains("LOGIN_FAILED"), answer.body());
    assertEquals("", answer.cookie("clawlive_session"));
    Answer shape = send("POST", "/auth/session", "{\"name\":1}", own);
    assertEquals(400, shape.status());
    assertEquals(400, send("POST", "/auth/session", "{", own).status());
  }

  @Test
  void aLoginGoesOnByItsRefreshCookieAndEndsWhenItIsSignedOut() throws IOException {
    Answer opened = login(Person.PASSWORD, own);
    String refresh = "cookie: clawlive_refresh=" + value(opened.cookie("clawlive_refresh"));
    assertEquals(204, send("GET", "/auth/session", "").status());
    assertEquals(401, send("GET", "/auth/session", "", refresh).status());

    Answer next = send("POST", "/auth/session:refresh", "", own, refresh);
    assertEquals(204, next.status());
    String session = value(next.cookie("clawlive_session"));
    String cookie = "cookie: clawlive_session=" + session;
    assertEquals(200, send("GET", "/auth/session", "", cookie).status());

    Answer closed = send("DELETE", "/auth/session", "", own, cookie);
    assertEquals(204, closed.status());
    assertTrue(closed.cookie("clawlive_session").contains("max-age=0"));
    assertTrue(closed.cookie("clawlive_refresh").contains("max-age=0"));
    assertEquals(401, send("GET", "/auth/session", "", cookie).status());
  }

  @Test
  void withoutTheCookieNothingIsRefreshed() throws IOException {
    assertEquals(401, send("POST", "/auth/session:refresh", "", own).status());
  }

  private static Answer login(String password, String... headers) throws IOException {
    return send(
        "POST", "/auth/session", "{\"name\":\"mara\",\"password\":\"" + password + "\"}", headers);
  }

  private static Answer call(String session, String header) throws IOException {
    try (RawHttp line = RawHttp.to(server.web())) {
      line.post(
          WHO_AM_I,
          GRPC_WEB,
          new byte[5],
          "cookie: clawlive_session=" + session,
          header,
          "connection: close");
      return new Answer(line.rest());
    }
  }

  private static Answer send(String method, String path, String body, String... headers)
      throws IOException {
    try (RawHttp line = RawHttp.to(server.web())) {
      var request = new StringBuilder();
      request.append(method).append(' ').append(path).append(" HTTP/1.1\r\nhost: ");
      request.append(server.web().getAuthority()).append("\r\nconnection: close\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      request.append("content-length: ").append(bytes.length).append("\r\n\r\n");
      return new Answer(line.send(request.toString()).send(bytes).rest());
    }
  }

  private static String value(String cookie) {
    int from = cookie.indexOf('=') + 1;
    return cookie.substring(from, cookie.indexOf(';'));
  }

  /** Everything that came back. */
  private record Answer(String text) {
    int status() {
      return Integer.parseInt(text.substring(9, 12));
    }

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    String header(String name) {
      return text.lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }

    /** The cookie as it is set, attributes in lower case. */
    String cookie(String name) {
      return text.lines()
          .filter(line ->
              line.regionMatches(true, 0, "set-cookie: " + name + "=", 0, name.length() + 13))
          .map(line -> line.substring("set-cookie: ".length()))
          .map(line -> {
            int value = line.indexOf(';');
            return line.substring(0, value)
                + line.substring(value).toLowerCase(java.util.Locale.ROOT)
                + ";";
          })
          .findFirst()
          .orElse("");
    }
  }
}
