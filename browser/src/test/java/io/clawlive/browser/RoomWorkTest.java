package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks on the board, and decisions. */
@Timeout(120)
@ExtendWith(OnStage.class)
class RoomWorkTest {
  private final Stage stage;

  RoomWorkTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void aTaskGoesOverTheBoardByTwoPeople() {
    RoomScene room = RoomScene.open(stage, "A board");
    room.join(room.other);
    try (Tab alice = stage.tab().openRoom(room, RoomScene.HOST);
        Tab bob = stage.tab().openRoom(room, RoomScene.OTHER)) {
      alice.id("chat-draft").fill("We should test the total");
      alice.id("chat-send").click();
      alice.id("message").hover();
      alice.id("make-task").click();
      assertThat(alice.id("task-name")).hasValue("We should test the total");
      alice.id("task-text").fill("With **random** baskets");
      alice.id("save-task").click();

      assertThat(card(bob, "open")).containsText("#1 We should test the total");
      card(bob, "open").getByTestId("quick-claim").click();
      assertThat(card(alice, "work")).containsText(RoomScene.OTHER);
      card(bob, "work").getByTestId("quick-start").click();
      assertThat(card(alice, "work")).hasAttribute("data-state", "in progress");
      card(bob, "work").getByTestId("quick-submit").click();
      bob.page().getByLabel("Branch").fill("total");
      bob.page().getByLabel("Pull request").fill("https://git.example/pull/7");
      bob.id("submit-work").click();
      assertThat(bob.id("task-state")).hasText("review");
      assertThat(bob.id("task-context")).containsText("We should test the total");
      bob.page().keyboard().press("Escape");
      assertThat(card(alice, "review").locator("a"))
          .hasAttribute("href", "https://git.example/pull/7");

      card(alice, "review").locator(".title").click();
      assertThat(alice.id("task-work")).containsText("total");
      alice.id("deed-changes").click();
      alice.id("reason").fill("Negative totals, please");
      alice.id("confirm-deed").click();
      assertThat(card(bob, "work")).hasAttribute("data-state", "in progress");
      card(bob, "work").getByTestId("quick-submit").click();
      bob.page().getByLabel("Ask the members").uncheck();
      bob.id("submit-work").click();
      assertThat(alice.id("task-state")).hasText("review");
      alice.id("deed-merge").click();
      assertThat(card(bob, "done")).containsText("We should test the total");
      alice.page().keyboard().press("Escape");
      alice.id("tab-activity").click();
      assertThat(alice.id("activity")).containsText("merged #1");
      assertThat(alice.id("activity")).containsText("wants changes in #1");
    }
  }

  @Test
  void aCommandInTheTalkMakesATaskAndAWrongOneIsExplained() {
    RoomScene room = RoomScene.open(stage, "Commands");
    try (Tab tab = stage.tab().openRoom(room, RoomScene.HOST)) {
      tab.id("chat-draft").fill("/task");
      assertThat(tab.id("command-hint")).isVisible();
      tab.id("chat-send").click();
      assertThat(tab.id("chat-problem")).isVisible();
      tab.id("chat-draft").fill("/task !high Put out the fire");
      tab.id("chat-send").click();
      assertThat(tab.id("toast")).hasText("Task #1 was made");
      assertThat(card(tab, "open")).containsText("Put out the fire");
      assertThat(card(tab, "open")).containsText("high");
    }
  }

  @Test
  void aQuestionIsTalkedAboutAndDecided() {
    RoomScene room = RoomScene.open(stage, "Decisions");
    room.join(room.other, room.agent);
    room.agent.post(room.at("/approvals"), "{\"title\":\"Ship it today?\"}");
    try (Tab alice = stage.tab().openRoom(room, RoomScene.HOST);
        Tab bob = stage.tab().openRoom(room, RoomScene.OTHER);
        Tab nobody = stage.tab().openRoom(room)) {
      assertThat(alice.id("tab-approvals")).containsText("1");
      for (Tab tab : new Tab[] {alice, bob, nobody}) {
        tab.id("tab-approvals").click();
        assertThat(tab.id("approval")).containsText("Ship it today?");
      }
      assertThat(nobody.id("approve")).hasCount(0);
      bob.id("comment").fill("After lunch?");
      bob.id("discuss").click();
      assertThat(alice.id("verdict")).hasText("needs discussion");
      assertThat(alice.id("approval")).containsText("After lunch?");
      alice.id("comment").fill("Yes");
      alice.id("approve").click();
      assertThat(bob.id("verdict")).hasText("approved");
      assertThat(bob.id("approve")).hasCount(0);
      assertThat(nobody.id("verdict")).hasText("approved");
    }
  }

  private static Locator card(Tab tab, String column) {
    return tab.id("column-" + column).getByTestId("task-card");
  }
}
