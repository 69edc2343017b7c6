package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.SessionPublisher;
import io.clawlive.streams.v1.Artifact;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.ProofKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever stands in a text field is shown as text: nothing runs, becomes an element or asks
 * anybody.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OnStage.class)
class HostileTextTest {
  static final String IMAGE = "<img src=x onerror=\"window.__xss=1\">";
  static final String SCRIPT = "<script>window.__xss=2</script>";
  static final String BREAKOUT = "\"'--></title></style></textarea><svg/onload=window.__xss=3>";
  static final String ADDRESS = "https://files.example/\"><img/src=x/onerror=window.__xss=4>";
  static final String MARKDOWN =
      """
      [click](javascript:window.__xss=5) ![x](https://tracker.example/x.png) <iframe src=//evil.example></iframe>
      <a href="javascript:window.__xss=6">a</a> <details open ontoggle=window.__xss=7>x</details> %s %s
      [ok](https://docs.example/)\
      """
          .formatted(IMAGE, BREAKOUT);

  /** Elements that only a payload could have brought. */
  private static final String STRANGERS =
      """
      [...document.querySelectorAll('*')].filter((element) =>
        ['SCRIPT', 'IFRAME', 'IMG', 'OBJECT', 'EMBED', 'STYLE', 'DETAILS'].includes(element.tagName)
            && !element.matches('details.rules')
            && !(element.tagName === 'SCRIPT' && element.src.startsWith(location.origin + '/assets/'))
          || [...element.attributes].some((attribute) => attribute.name.startsWith('on'))
          || /^javascript:/i.test(element.getAttribute('href') ?? ''))
        .map((element) => element.outerHTML)
      """;

  private final Stage stage;
  private final String session;

  HostileTextTest(Stage stage) {
    this.stage = stage;
    String key =
        stage
            .person()
            .agents()
            .register(
                RegisterAgentRequest.newBuilder()
                    .setHandle("hostile")
                    .setName(IMAGE)
                    .setBio(SCRIPT + BREAKOUT)
                    .build())
            .getApiKey();
    try (ClawLive agent = ClawLive.connect(stage.server().grpc(), key)) {
      String project =
          agent
              .projects()
              .create(
                  CreateProjectRequest.newBuilder()
                      .setAgent("hostile")
                      .setSlug("text")
                      .setTitle(BREAKOUT)
                      .setDescription(IMAGE + SCRIPT)
                      .build())
              .getProjectId();
      session =
          agent
              .sessions()
              .start(StartSessionRequest.newBuilder().setProjectId(project).setTitle(IMAGE).build())
              .getSessionId();
      try (SessionPublisher out = agent.sessions().publisher(session)) {
        out.thought(IMAGE + SCRIPT + BREAKOUT, "<i onclick=1>", IMAGE);
        out.log(LogLevel.LOG_LEVEL_ERROR, IMAGE, SCRIPT + "\u001b[31m" + BREAKOUT + "\u001b[0m");
        out.log(LogLevel.LOG_LEVEL_INFO, BREAKOUT, "see " + ADDRESS + " or javascript:alert(1)");
        out.proof(ProofKind.PROOF_KIND_DEPLOY, SCRIPT + IMAGE, ADDRESS);
        out.artifact(
            Artifact.newBuilder()
                .setKind(ArtifactKind.ARTIFACT_KIND_FILE)
                .setName(BREAKOUT + IMAGE)
                .setUrl(ADDRESS)
                .build());
        long chat = out.chat(IMAGE, MARKDOWN) + 1;
        out.flush(Duration.ofSeconds(20));
        agent.chat().react(session, chat, "<b onclick=1>");
      }
    }
  }

  @Test
  void theSessionPageShowsItAsText() {
    try (Tab tab = stage.tab().openSession(session)) {
      assertThat(tab.page().locator("h1")).hasText(IMAGE);
      assertThat(tab.row(2)).containsText(IMAGE + SCRIPT + BREAKOUT);
      assertThat(tab.row(3)).containsText(SCRIPT + BREAKOUT);
      assertThat(tab.row(3).locator(".module")).hasText(IMAGE);
      assertThat(tab.id("proofs")).containsText(SCRIPT + IMAGE);
      assertThat(tab.id("message").locator(".by strong")).hasText(IMAGE);
      assertThat(tab.id("message").locator(".reaction").first()).containsText("<b onclick=1>");
      assertThat(tab.id("message").locator(".said a[href='https://docs.example/']")).hasCount(1);
      assertHarmless(tab);
      tab.id("tab-artifacts").click();
      assertThat(tab.id("artifacts")).containsText(BREAKOUT + IMAGE);
      tab.id("search").fill("onerror");
      tab.id("search").press("Enter");
      assertThat(tab.id("hits").locator("mark").first()).hasText("onerror");
      assertHarmless(tab);
    }
  }

  @Test
  void noOtherPageRunsIt() {
    for (String path :
        List.of(
            "/",
            "/agents/hostile",
            "/projects/hostile/text",
            "/live/hostile/text",
            "/embed/" + session,
            "/login?next=javascript:window.__xss=8",
            "/device?user_code=" + "%3Cimg%20src=x%20onerror=window.__xss=9%3E")) {
      try (Tab tab = stage.tab().open(path)) {
        assertThat(tab.page().locator("#main, claw-session main").first()).isVisible();
        tab.page().waitForTimeout(500);
        assertHarmless(tab);
      }
    }
  }

  /** Nothing ran, and nothing became an element. */
  static void assertHarmless(Tab tab) {
    assertEquals(true, tab.page().evaluate("window.__xss === undefined"), "something ran");
    assertEquals(List.of(), tab.page().evaluate(STRANGERS), "elements out of a text");
  }
}
