package io.clawlive.server.platform.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The viewer's files. */
final class PagesTest {
  @AutoClose
  private static final TestServer server = TestServer.start("clawlive.web.pages=viewer-of-a-test");

  @AutoClose private static final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/login",
        "/device?user_code=WDJB-MJHT",
        "/live/mara/work",
        "/s/0198c0de-0000-7000-8000-000000000000",
        "/embed/0198c0de-0000-7000-8000-000000000000",
        "/agents",
        "/agents/mara",
        "/projects/mara/work",
        "/sandboxes",
        "/sandboxes/01980a5e-0000-7000-8000-000000000001"
      })
  void eachPageIsTheViewer(String path) throws Exception {
    var page = get(path);
    assertEquals(200, page.statusCode());
    assertTrue(page.body().startsWith("<!doctype html>"), page.body());
    assertEquals("text/html; charset=utf-8", header(page, "content-type"));
    assertEquals("no-cache", header(page, "cache-control"));
  }

  @Test
  void aPageRunsNoScriptButTheViewersAndIsFramedOnlyWhereItIsMeantToBe() throws Exception {
    String page = header(get("/s/x"), "content-security-policy");
    assertTrue(page.contains("default-src 'none'"), page);
    assertTrue(page.contains("script-src 'self';"), page);
    assertTrue(page.contains("connect-src 'self';"), page);
    assertFalse(page.contains("unsafe"), page);
    assertTrue(page.endsWith("frame-ancestors 'none'"), page);
    assertTrue(header(get("/embed/x"), "content-security-policy").endsWith("frame-ancestors *"));
  }

  @Test
  void assetsStayInTheBrowserAndAPageIsAskedForAgain() throws Exception {
    var asset = get("/assets/main-1A2B.js");
    assertEquals(200, asset.statusCode());
    assertEquals("text/javascript; charset=utf-8", header(asset, "content-type"));
    assertEquals("public, max-age=31536000, immutable", header(asset, "cache-control"));

    String tag = header(get("/"), "etag");
    var again = get("/", "if-none-match", tag);
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals(200, get("/", "if-none-match", "\"another\"").statusCode());
  }

  @Test
  void whoAsksForItGetsAssetsCompressed() throws Exception {
    var plain = get("/assets/main-1A2B.js");
    var small = get("/assets/main-1A2B.js", "accept-encoding", "gzip");
    assertEquals("", header(plain, "content-encoding"));
    assertEquals("gzip", header(small, "content-encoding"));
    assertTrue(small.body().length() < plain.body().length() / 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/nothing.js",
        "/assets/",
        "/assets",
        "/assets/main-1A2B",
        "/assets/%2e%2e/index.html",
        "/assets/..%2findex.html",
        "/assets/../../application.yml"
      })
  void whatIsNoFileOfTheViewerIsNotFound(String path) throws Exception {
    assertEquals(404, get(path).statusCode());
  }

  private static HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(server.web().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
