package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do in a room: look on, come in, talk, and be sent away. */
@Timeout(120)
@ExtendWith(OnStage.class)
class RoomTest {
  private final Stage stage;

  RoomTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void whoHasNoAccountSeesAPublicRoomAsItLives() {
    RoomScene room = RoomScene.open(stage, "Open to all");
    room.join(room.other);
    try (Tab tab = stage.tab().openRoom(room)) {
      assertThat(tab.id("chat-sign-in")).isVisible();
      assertThat(tab.id("how-to")).containsText("Sign in and join");
      assertThat(tab.id("chat-draft")).hasCount(0);

      room.say(room.host, "Good **morning**");
      assertThat(tab.id("message")).containsText("Good morning");
      room.task(room.host, "Write the first test");
      assertThat(tab.id("column-open").getByTestId("task-card"))
          .containsText("Write the first test");
      room.present(room.other, "somewhere");
      assertThat(member(tab, RoomScene.OTHER)).hasAttribute("data-presence", "active");
      room.join(room.agent);
      tab.id("tab-activity").click();
      assertThat(tab.id("happening").first()).containsText(RoomScene.AGENT + " joined as member");
      assertEquals(1, tab.number(Tab.ROOM + ".contexts"), "the room is read once");
      assertEquals(0, tab.number(Tab.ROOM + ".reports"), "who looks on reports no presence");
    }
  }

  @Test
  void twoPeopleTalkEditDeleteReactAndAnswer() {
    RoomScene room = RoomScene.open(stage, "A talk");
    room.join(room.other);
    try (Tab alice = stage.tab().openRoom(room, RoomScene.HOST);
        Tab bob = stage.tab().openRoom(room, RoomScene.OTHER)) {
      say(alice, "Hello @bo");
      assertThat(alice.id("completions")).containsText("@bob");
      alice.page().keyboard().press("Enter");
      assertThat(alice.id("chat-draft")).hasValue("Hello @bob ");
      alice.page().keyboard().type("how are you?");
      alice.id("chat-send").click();
      assertThat(alice.id("chat-draft")).hasValue("");
      Locator seen = bob.id("message");
      assertThat(seen).containsText("how are you?");
      assertThat(seen.locator(".mention.me")).hasText("@bob");

      seen.hover();
      bob.id("react").click();
      bob.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("👍").setExact(true))
          .click();
      assertThat(alice.id("reaction")).hasText("👍1");
      assertThat(bob.id("reaction")).hasAttribute("aria-pressed", "true");

      seen.hover();
      bob.id("reply").click();
      assertThat(bob.id("thread-back")).isVisible();
      say(bob, "Fine, thank you");
      bob.id("chat-send").click();
      assertThat(bob.id("message")).hasCount(2);
      assertThat(alice.id("replies")).hasText("1 reply");
      assertThat(alice.id("answers")).containsText("how are you?");
      bob.id("thread-back").click();
      assertThat(bob.id("message")).hasCount(2);

      Locator first = alice.id("message").first();
      first.hover();
      alice.id("edit").click();
      alice.id("edit-draft").fill("Good morning @bob");
      alice.id("edit-save").click();
      assertThat(bob.id("message").first()).containsText("Good morning");
      assertThat(bob.id("edited")).isVisible();

      Locator answer = bob.id("message").nth(1);
      answer.hover();
      bob.id("delete").click();
      bob.id("delete").click();
      assertThat(alice.id("message").nth(1)).containsText("This message was deleted");
      assertFalse(alice.is("document.body.innerText.includes('thank you')"), "the text is gone");
    }
  }

  @Test
  void aDirectMessageIsReadByItsReceiverAlone() {
    RoomScene room = RoomScene.open(stage, "A word aside");
    room.join(room.other, room.agent);
    try (Tab alice = stage.tab().openRoom(room, RoomScene.HOST);
        Tab bob = stage.tab().openRoom(room, RoomScene.OTHER);
        Tab nobody = stage.tab().openRoom(room)) {
      alice.id("addressee").selectOption(new SelectOption().setValue("@" + RoomScene.OTHER));
      say(alice, "Between us");
      alice.id("chat-send").click();
      assertThat(bob.id("message")).containsText("only to you");
      alice.id("addressee").selectOption("members");
      say(alice, "Among members");
      alice.id("chat-send").click();
      assertThat(bob.id("members-only")).isVisible();
      say(alice, "For everybody");
      alice.id("chat-send").click();
      assertThat(nobody.id("message")).hasCount(1);
      assertThat(nobody.id("message")).containsText("For everybody");
      assertThat(bob.id("message")).hasCount(3);
    }
  }

  @Test
  void whoComesByALinkSignsInAndIsLetIntoAPrivateRoom() {
    RoomScene room =
        RoomScene.of(
            stage, "{\"name\":\"Behind the door\",\"visibility\":\"private\",\"active\":true}");
    String link = Rest.field(room.host.post(room.at("/invitations"), "{}"), "url");
    assertFalse(link.contains("?"), "the secret is in the fragment alone");
    try (Tab bob = stage.tab()) {
      bob.page()
          .onRequest(request -> assertFalse(request.url().contains("invite="), request.url()));
      bob.page().navigate(link);
      assertThat(bob.id("invited")).isVisible();
      assertFalse(bob.page().url().contains("invite"), "the secret is taken out of the address");
      bob.id("join-sign-in").click();
      stage.rest(RoomScene.OTHER);
      bob.page().getByLabel("Name or e-mail").fill(RoomScene.OTHER);
      bob.page().getByLabel("Password").fill(Stage.PASSWORD);
      bob.id("login").click();
      bob.id("join").click();
      bob.untilInRoom();
      assertThat(bob.page().locator("h1")).hasText("Behind the door");
      assertThat(bob.id("private")).isVisible();
      bob.until("the role is known", Tab.ROOM + ".role === 'member'");
      assertEquals(0, bob.number("sessionStorage.length"), "the secret is forgotten");
    }
  }

  @Test
  void aRoomThatTurnsPrivateSendsSpectatorsAwayWithASentence() {
    RoomScene room = RoomScene.open(stage, "Soon closed");
    room.join(room.other);
    try (Tab nobody = stage.tab().openRoom(room);
        Tab bob = stage.tab().openRoom(room, RoomScene.OTHER)) {
      room.say(room.host, "Still open");
      assertThat(nobody.id("message")).containsText("Still open");
      room.host.put(room.at(""), "{\"visibility\":\"private\"}");
      assertThat(nobody.id("refusal")).containsText("You cannot see this room any more");
      assertThat(bob.id("private")).isVisible();
      room.say(room.host, "Among us");
      assertThat(bob.id("message")).hasCount(2);
      assertThat(nobody.id("message")).hasCount(0);
    }
  }

  @Test
  void aClosedTabIsAMemberOfflineAtOnceAndAVisitorJoinsFromThePage() {
    RoomScene room = RoomScene.open(stage, "Coming and going");
    try (Tab alice = stage.tab().openRoom(room, RoomScene.HOST)) {
      try (Tab bob = stage.tab()) {
        stage.rest(RoomScene.OTHER);
        bob.openRoom(room, RoomScene.OTHER);
        bob.id("join").click();
        assertThat(bob.id("chat-draft")).isVisible();
        assertThat(member(alice, RoomScene.OTHER)).hasAttribute("data-presence", "active");
        bob.page().navigate("about:blank");
        assertThat(member(alice, RoomScene.OTHER)).hasAttribute("data-presence", "offline");
      }
    }
  }

  @Test
  void aHostGivesRolesAndRemovesFromThePage() {
    RoomScene room = RoomScene.open(stage, "Who rules");
    room.join(room.other, room.agent);
    try (Tab alice = stage.tab().openRoom(room, RoomScene.HOST);
        Tab bob = stage.tab().openRoom(room, RoomScene.OTHER)) {
      deed(alice, RoomScene.AGENT, "Pause its work");
      assertThat(member(bob, RoomScene.AGENT).getByTestId("held")).hasText("paused");
      deed(alice, RoomScene.OTHER, "Make host");
      assertThat(bob.id("open-invite")).isVisible();
      deed(alice, RoomScene.OTHER, "Remove " + RoomScene.OTHER);
      assertThat(bob.id("join")).isVisible();
      assertThat(member(alice, RoomScene.OTHER)).hasCount(0);
    }
  }

  @Test
  void aLongTalkKeepsFewRowsAndReadsEarlierOnesOnTheWayUp() {
    RoomScene room =
        RoomScene.of(
            stage,
            "{\"name\":\"Long\",\"active\":true,\"settings\":{\"messages_per_minute\":10000}}");
    for (int i = 1; i <= 500; i++) {
      room.say(room.host, "message " + i);
    }
    try (Tab tab = stage.tab().openRoom(room)) {
      tab.until("the newest is in sight", inSight("message 500"));
      Locator box = tab.page().locator(".messages");
      for (int tries = 0; tries < 60 && tab.is(Tab.ROOM + ".hasOlder"); tries++) {
        box.evaluate("box => { box.scrollTop = 100 }");
        tab.page().waitForTimeout(60);
      }
      tab.until(
          "the first one is there",
          "/message 1$/m.test(document.querySelector('.messages').innerText)");
      tab.until("rows are few", Tab.ROOM + ".rows <= 400 && " + Tab.ROOM + ".hasNewer");
      room.say(room.host, "message 501");
      assertThat(tab.id("jump")).containsText("1 new message");
      tab.id("jump").click();
      tab.until("the newest is in sight again", inSight("message 501"));
      tab.id("find-message").fill("\"message 250\"");
      tab.page().keyboard().press("Enter");
      tab.id("hits").locator("[data-seq]").click();
      assertThat(tab.page().locator(".msg.target")).containsText("message 250");
    }
  }

  @Test
  void theListShowsOpenRoomsFindsThemAndMakesNewOnes() {
    RoomScene.open(stage, "Zebra crossing");
    try (Tab tab = stage.tab()) {
      tab.open("/rooms");
      assertThat(
              tab.id("room-card").filter(new Locator.FilterOptions().setHasText("Zebra crossing")))
          .hasCount(1);
      tab.id("find-room").fill("zebra");
      assertThat(tab.id("room-card")).hasCount(1);
      tab.id("find-room").fill("no such animal");
      assertThat(tab.id("no-room")).isVisible();

      tab.signIn(RoomScene.HOST, "/rooms");
      assertThat(tab.id("my-rooms")).containsText("Zebra crossing");
      tab.id("new-room").click();
      tab.id("room-name").fill("Made on the page");
      tab.id("create-room").click();
      assertThat(tab.page().locator("h1")).hasText("Made on the page");
      assertThat(tab.page()).hasURL(Pattern.compile("/rooms/[0-9a-f-]{36}$"));
      assertThat(tab.id("chat-empty")).isVisible();
    }
  }

  private static Locator member(Tab tab, String handle) {
    return tab.page().locator("[data-testid=member][data-handle='" + handle + "']");
  }

  private static void deed(Tab tab, String handle, String label) {
    member(tab, handle).locator("claw-menu > button").click();
    tab.page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(label)).click();
  }

  private static void say(Tab tab, String text) {
    tab.id("chat-draft").click();
    tab.page().keyboard().type(text);
  }

  /** The last row holds the text and stands within the window. */
  private static String inSight(String text) {
    return """
    (() => { const row = [...document.querySelectorAll('.msg')].at(-1);
      return row?.innerText.includes('%s') && row.getBoundingClientRect().bottom <= innerHeight; })()
    """
        .formatted(text);
  }
}
