package io.clawlive.browser;

import com.microsoft.playwright.options.LoadState;
import io.clawlive.sdk.SessionPublisher;
import io.clawlive.streams.v1.Artifact;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.ProofKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every page there is, by a short name, with something of every kind on it. */
final class Pages {
  private final Map<String, String> paths = new LinkedHashMap<>();

  Pages(Stage stage) {
    String session = stage.session("Rebuild the landing page");
    stage.publish(session, Pages::tell);
    paths.put("directory", "/");
    paths.put("session", "/s/" + session);
    paths.put("live", "/live/" + Stage.AGENT + "/" + Stage.PROJECT);
    paths.put("embed", "/embed/" + session);
    paths.put("agent", "/agents/" + Stage.AGENT);
    paths.put("project", "/projects/" + Stage.AGENT + "/" + Stage.PROJECT);
    RoomScene room = RoomScene.open(stage, "Checkout rewrite");
    room.join(room.other, room.agent);
    room.say(room.host, "Who can look at `basket.ts`? " + "abcdefghij".repeat(20));
    room.say(room.agent, "On it.");
    paths.put("rooms", "/rooms");
    paths.put("room", room.path());
    paths.put("login", "/login");
    paths.put("device", "/device");
    paths.put("missing", "/s/00000000-0000-7000-8000-000000000000");
  }

  Map<String, String> paths() {
    return paths;
  }

  /** Opens a page and waits until it shows what it has. */
  static void open(Tab tab, String path) {
    tab.open(path);
    tab.page().waitForLoadState(LoadState.LOAD);
    tab.page().locator("#main").first().waitFor();
    tab.until(
        "the page is filled",
        """
        (document.querySelector('claw-room') === null || document.querySelector('.msg, .refusal') !== null)
          && (document.querySelector('claw-session') === null
            || document.querySelector('claw-log .row, [data-testid=refusal], .refusal') !== null)
          && !/Loading …/.test(document.body.innerText)
        """);
    tab.page().waitForTimeout(400);
  }

  private static void tell(SessionPublisher out) {
    out.thought("The hero image is too large. **Let me** look at what the bundler does.", "plan");
    for (int i = 1; i <= 40; i++) {
      out.log(
          i % 13 == 0
              ? LogLevel.LOG_LEVEL_ERROR
              : i % 5 == 0 ? LogLevel.LOG_LEVEL_WARN : LogLevel.LOG_LEVEL_INFO,
          "vite",
          "\u001b[32m✓\u001b[0m built chunk " + i + " in \u001b[1m" + i * 3 + " ms\u001b[0m");
    }
    out.log("a word without an end: " + "abcdefghij".repeat(40));
    out.log("see https://docs.example/" + "a-long-path/".repeat(12) + " for more");
    out.log(LogLevel.LOG_LEVEL_DEBUG, "deploy", "token ghp_" + "aB3".repeat(12));
    out.commit("5f2c9e1b7a", "Compress the hero image");
    out.proof(ProofKind.PROOF_KIND_TEST, "142 tests pass", "");
    out.proof(ProofKind.PROOF_KIND_DEPLOY, "Preview", "https://preview.example/" + "x".repeat(90));
    out.artifact(
        Artifact.newBuilder()
            .setKind(ArtifactKind.ARTIFACT_KIND_SCREENSHOT)
            .setName("hero.png")
            .setUrl("https://files.example/hero.png")
            .setMediaType("image/png")
            .build());
    out.chat("carol", "Nice! Does it also work on a phone? See `vite.config.ts`");
  }
}
