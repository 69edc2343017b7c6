package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is written in a room is shown as text, on the list and on the room's page. */
@Timeout(120)
@ExtendWith(OnStage.class)
class RoomHostileTextTest {
  private static final String IMAGE = HostileTextTest.IMAGE;
  private static final String SCRIPT = HostileTextTest.SCRIPT;
  private static final String BREAKOUT = HostileTextTest.BREAKOUT;
  private static final String MARKDOWN = HostileTextTest.MARKDOWN;

  private final Stage stage;
  private final RoomScene room;
  private final long task;

  RoomHostileTextTest(Stage stage) {
    this.stage = stage;
    room =
        RoomScene.of(
            stage,
            "{\"name\":%s,\"description\":%s,\"active\":true}"
                .formatted(Rest.quoted(IMAGE), Rest.quoted(MARKDOWN + SCRIPT)));
    room.join(room.agent);
    room.say(room.host, MARKDOWN);
    room.say(room.agent, "@" + RoomScene.HOST + " " + IMAGE + SCRIPT + BREAKOUT);
    task = room.task(room.host, IMAGE + BREAKOUT);
    room.describe(task, MARKDOWN);
    room.claim(room.agent, task);
    room.move(room.agent, task, "start");
    room.agent.post(
        room.at("/progress"),
        "{\"progress\":{\"task_id\":%d,\"percent\":40,\"message\":%s,\"files\":[%s]}}"
            .formatted(task, Rest.quoted(IMAGE + SCRIPT), Rest.quoted(BREAKOUT)));
    room.agent.post(
        room.at("/tasks/%d/work".formatted(task)),
        "{\"work\":{\"branch\":%s,\"pull_request_url\":%s,\"description\":%s}}"
            .formatted(
                Rest.quoted(IMAGE),
                Rest.quoted("https://files.example/\"><img/src=x/onerror=window.__xss=4>"),
                Rest.quoted(MARKDOWN)));
    room.agent.post(
        room.at("/approvals"),
        "{\"title\":%s,\"description\":%s}"
            .formatted(Rest.quoted(BREAKOUT), Rest.quoted(MARKDOWN)));
  }

  @Test
  void theRoomShowsItAsText() {
    try (Tab tab = stage.tab().openRoom(room, RoomScene.HOST)) {
      assertThat(tab.page().locator("h1")).hasText(IMAGE);
      assertThat(tab.id("message").nth(1)).containsText("window.__xss=1");
      assertThat(tab.id("files")).containsText(IMAGE + SCRIPT);
      assertThat(tab.id("room-about")).containsText("onerror");
      HostileTextTest.assertHarmless(tab);
      tab.id("tab-approvals").click();
      assertThat(tab.id("approval")).containsText(BREAKOUT);
      HostileTextTest.assertHarmless(tab);
      tab.id("tab-activity").click();
      assertThat(tab.id("happening").first()).isVisible();
      HostileTextTest.assertHarmless(tab);
      tab.id("tab-tasks").click();
      tab.id("task-card").locator(".title").click();
      assertThat(tab.id("task-work")).containsText(IMAGE);
      HostileTextTest.assertHarmless(tab);
      tab.page().keyboard().press("Escape");
      tab.id("find-message").fill("onerror");
      tab.id("find-message").press("Enter");
      assertThat(tab.id("hits").locator("mark").first()).hasText("onerror");
      HostileTextTest.assertHarmless(tab);
    }
  }

  @Test
  void theListShowsItAsText() {
    try (Tab tab = stage.tab().open("/rooms")) {
      assertThat(tab.id("public-rooms")).containsText(IMAGE);
      HostileTextTest.assertHarmless(tab);
    }
  }
}
