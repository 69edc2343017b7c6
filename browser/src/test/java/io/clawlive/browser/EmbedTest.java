package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session inside somebody else's page. */
@Timeout(60)
@ExtendWith(OnStage.class)
class EmbedTest {
  private final Stage stage;
  private final HttpServer elsewhere;
  private final URI site;

  EmbedTest(Stage stage) throws IOException {
    this.stage = stage;
    elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.createContext("/", this::answer);
    elsewhere.start();
    site = URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort());
  }

  @AfterEach
  void close() {
    elsewhere.stop(0);
  }

  @Test
  void anotherSiteShowsASessionAsItHappens() {
    String session = stage.session("Embedded");
    try (Tab tab = stage.tab()) {
      FrameLocator frame = frame(tab, "/embed/" + session);
      assertThat(frame.locator("h1")).hasText("Embedded");
      stage.publish(session, out -> out.thought("seen from afar"));
      assertThat(frame.locator("claw-log")).containsText("seen from afar");
      assertThat(frame.locator("header.app-head")).hasCount(0);
      assertThat(frame.getByTestId("chat-draft")).hasCount(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/login", "/device"})
  void nothingThatTakesAPasswordOrADecisionIsShownInsideAnotherSite(String path) {
    try (Tab tab = stage.tab()) {
      assertThat(frame(tab, path).locator("body")).containsText("blocked");
    }
  }

  /**
   * A page of another site with a page of ours in it; its own requests are not looked at. The site
   * is on this machine too, for browsers let no page from elsewhere frame what is on it.
   */
  private FrameLocator frame(Tab tab, String path) {
    Page outside = tab.context().newPage();
    outside.navigate(site.resolve("/?" + path).toString());
    return outside.frameLocator("iframe");
  }

  /** Answers with a frame of what the query names. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String framed = stage.server().web() + exchange.getRequestURI().getRawQuery();
      byte[] page =
          "<!doctype html><iframe width=600 height=400 src='%s'></iframe>"
              .formatted(framed)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "text/html");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
    }
  }
}
