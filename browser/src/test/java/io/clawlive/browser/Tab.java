package io.clawlive.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tab in a window of its own. Whatever a page must never do (ask another host, break the content
 * security policy, fail in a script, open a dialog, run what was smuggled in) is noticed here and
 * fails the test when the tab closes.
 */
final class Tab implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final String WITNESS =
      """
      addEventListener('securitypolicyviolation', (event) =>
        console.error('policy violated: ' + event.violatedDirective + ' by ' + event.blockedURI));
      """;

  private final BrowserContext context;
  private final Page page;
  private final String base;
  private final List<String> faults = new CopyOnWriteArrayList<>();

  Tab(Browser browser, String base, Look look) {
    this.base = base;
    context =
        browser.newContext(
            new NewContextOptions()
                .setBaseURL(base)
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.scheme())
                .setLocale("en-GB"));
    context.setDefaultTimeout((double) PATIENCE.toMillis());
    context.addInitScript(WITNESS);
    page = context.newPage();
    page.onRequest(request -> {
      if (!request.url().startsWith(base + "/") && !request.url().startsWith("data:")) {
        faults.add("asked another host: " + request.url());
      }
    });
    page.onPageError(error -> faults.add("a script failed: " + error));
    page.onConsoleMessage(this::heard);
    page.onDialog(dialog -> {
      faults.add("a dialog opened: " + dialog.message());
      dialog.dismiss();
    });
  }

  private void heard(ConsoleMessage message) {
    // The browser reports every answer above 399 and every lost connection; pages tell people of
    // those.
    if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
      faults.add("the console has an error: " + message.text());
    }
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /** Opens a path of the server. */
  Tab open(String path) {
    page.navigate(base + path);
    return this;
  }

  /** Opens a session's page and waits until it is live, or complete when the session has ended. */
  Tab openSession(String session) {
    open("/s/" + session);
    untilConnected();
    return this;
  }

  /** Opens a room's page as a visitor and waits until it is live. */
  Tab openRoom(RoomScene room) {
    open(room.path());
    untilInRoom();
    return this;
  }

  /** Signs in and opens a room's page. */
  Tab openRoom(RoomScene room, String name) {
    signIn(name, room.path());
    untilInRoom();
    return this;
  }

  /** Signs in on the login page and goes on to a path. */
  void signIn(String name, String next) {
    open("/login?next=" + next);
    page.getByLabel("Name or e-mail").fill(name);
    page.getByLabel("Password").fill(Stage.PASSWORD);
    id("login").click();
    id("sign-out").waitFor();
  }

  void untilInRoom() {
    until("the room is live", ROOM + "?.state === 'live'");
  }

  void untilConnected() {
    until("the page is connected", "['live', 'ended'].includes(%s.state)".formatted(MODEL));
  }

  /** What the page's script says the model is: {@code MODEL.lastSequence} and the like. */
  static final String MODEL = "document.querySelector('claw-session')?.model";

  /** The same of a room's page. */
  static final String ROOM = "document.querySelector('claw-room')?.model";

  /** The same of a sandbox's page. */
  static final String SANDBOX = "document.querySelector('claw-sandbox')?.model";

  /** What the terminal of a sandbox's page says of itself. */
  static final String TERMINAL = "document.querySelector('claw-sandbox')?.terminal";

  Locator id(String testId) {
    return page.getByTestId(testId);
  }

  /** A row of the log. */
  Locator row(long sequence) {
    return page.locator("claw-log .row[data-seq='" + sequence + "']");
  }

  long number(String expression) {
    return page.evaluate(expression) instanceof Number value ? value.longValue() : -1;
  }

  /** Whether it is true; not while the page is on its way to another one. */
  boolean is(String expression) {
    try {
      return Boolean.TRUE.equals(page.evaluate(expression));
    } catch (PlaywrightException e) {
      if (e.getMessage().contains("Execution context was destroyed")) {
        return false;
      }
      throw e;
    }
  }

  /** Waits until an expression is true in the page. */
  void until(String what, String expression) {
    until(PATIENCE, what, expression);
  }

  void until(Duration limit, String what, String expression) {
    Until.holds(
        limit,
        () ->
            what
                + "; the page says "
                + page.evaluate(
                    "JSON.stringify([%s ?? %s ?? %s, %s])"
                        .formatted(MODEL, ROOM, SANDBOX, TERMINAL)),
        () -> is(expression));
  }

  /** Everything that went wrong so far. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() {
    context.close();
    assertEquals(List.of(), faults(), "what a page must never do");
  }
}
