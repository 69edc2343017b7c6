package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signing in on the login page, and talking beside a session. */
@Timeout(120)
@ExtendWith(OnStage.class)
class ChatTest {
  private final Stage stage;
  private String session = "";

  ChatTest(Stage stage) {
    this.stage = stage;
  }

  @BeforeEach
  void startSession() {
    session = stage.session("A talk");
  }

  @Test
  void whoIsSignedInWritesAndReacts() {
    try (Tab tab = stage.tab().open("/login?next=/s/" + session);
        Tab other = stage.tab().openSession(session)) {
      signIn(tab, Stage.PASSWORD);
      tab.untilConnected();

      tab.id("chat-draft").fill("Looks **good** to me");
      tab.id("chat-send").click();
      Locator message = tab.id("message");
      assertThat(message).containsText("Looks good to me");
      assertThat(message.locator(".said strong")).hasText("good");
      assertThat(tab.id("chat-draft")).hasValue("");
      assertThat(other.id("message")).containsText("Looks good to me");
      assertThat(other.id("message").locator(".by")).containsText(Stage.PERSON);

      message.locator(".reaction.add").click();
      message.getByRole(AriaRole.BUTTON, exactly("👍")).click();
      Locator reaction = message.locator(".reaction[aria-pressed]");
      assertThat(reaction).hasText("👍1");
      assertThat(reaction).hasAttribute("aria-pressed", "true");
      assertThat(other.id("message").locator(".reaction")).hasText("👍1");
      reaction.click();
      assertThat(other.id("message").locator(".reaction")).hasCount(0);
    }
  }

  @Test
  void whoWroteAMessageEditsAndDeletesIt() {
    try (Tab tab = stage.tab().open("/login?next=/s/" + session);
        Tab other = stage.tab().openSession(session)) {
      signIn(tab, Stage.PASSWORD);
      tab.untilConnected();
      tab.id("chat-draft").fill("Loks good");
      tab.id("chat-send").click();
      assertThat(other.id("message")).containsText("Loks good");
      tab.id("message").getByTestId("edit").click();
      tab.id("edit-draft").fill("Looks good");
      tab.id("edit-save").click();
      assertThat(other.id("message")).containsText("Looks good");
      assertThat(other.id("edited")).isVisible();
      assertThat(other.page().locator("claw-log")).containsText("Looks good");
      tab.id("message").getByTestId("delete").click();
      tab.id("message").getByTestId("delete").click();
      assertThat(other.id("deleted")).isVisible();
      assertThat(other.page().locator("claw-log")).not().containsText("Looks good");
      assertThat(other.id("message").getByTestId("edit")).hasCount(0);
    }
  }

  private static Locator.GetByRoleOptions exactly(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void whoIsSignedOutIsInvitedToSignIn() {
    stage.publish(session, out -> out.chat("somebody", "hello"));
    try (Tab tab = stage.tab().openSession(session)) {
      assertThat(tab.id("message")).containsText("hello");
      assertThat(tab.id("chat-draft")).hasCount(0);
      assertThat(tab.id("chat-sign-in")).isVisible();
      tab.id("chat-sign-in").getByRole(AriaRole.LINK).click();
      assertThat(tab.id("login")).isVisible();
      signIn(tab, Stage.PASSWORD);
      assertThat(tab.id("chat-draft")).isVisible();
      tab.id("sign-out").click();
      assertThat(tab.id("chat-sign-in")).isVisible();
      assertEquals(List.of(), tab.context().cookies(), "no cookie stays");
    }
  }

  @Test
  void aWrongPasswordIsToldAndScriptsSeeNoToken() {
    try (Tab tab = stage.tab().open("/login")) {
      signIn(tab, "a wrong password");
      assertThat(tab.id("login-problem")).isVisible();
      signIn(tab, Stage.PASSWORD);
      assertThat(tab.id("sign-out")).isVisible();
      assertEquals("", tab.page().evaluate("document.cookie"));
      assertEquals(
          0, tab.number("Object.keys(localStorage).length + Object.keys(sessionStorage).length"));
      List<Cookie> cookies = tab.context().cookies();
      assertTrue(cookies.size() >= 2, "a session and a refresh cookie: " + cookies.size());
      assertTrue(cookies.stream().allMatch(cookie -> cookie.httpOnly), "all are HttpOnly");
    }
  }

  @Test
  void aSessionThatEndedHasAClosedChat() {
    stage.publish(session, out -> out.chat("somebody", "bye"));
    stage.agent().sessions().end(session);
    try (Tab tab = stage.tab().openSession(session)) {
      assertThat(tab.id("message")).containsText("bye");
      assertThat(tab.id("chat")).containsText("The session has ended");
      assertThat(tab.id("chat-draft")).hasCount(0);
    }
  }

  static void signIn(Tab tab, String password) {
    tab.page().getByLabel("Name or e-mail").fill(Stage.PERSON);
    tab.page().getByLabel("Password").fill(password);
    tab.id("login").click();
  }
}
