package io.clawlive.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.playwright.options.AriaRole;
import io.clawlive.identity.v1.StartDeviceLoginResponse;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.NotAllowedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person lets a program in, or turns it away, on the page that its code leads to. */
@Timeout(120)
@ExtendWith(OnStage.class)
class DeviceLoginTest {
  private static final String LABEL = "build <b>machine</b> 7";

  private final Stage stage;

  DeviceLoginTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void whoSignsInOnTheWayLetsTheProgramIn() {
    try (ClawLive program = ClawLive.connect(stage.server().grpc());
        Tab tab = stage.tab()) {
      StartDeviceLoginResponse started = program.deviceLogins().start(LABEL);
      tab.open("/device?user_code=" + started.getUserCode());
      tab.page().locator("main").getByRole(AriaRole.LINK).click();
      ChatTest.signIn(tab, Stage.PASSWORD);
      assertThat(tab.id("device-code")).hasText(started.getUserCode());
      assertThat(tab.id("device")).containsText(LABEL);
      tab.id("approve").click();
      assertThat(tab.page().getByRole(AriaRole.STATUS)).containsText("It is in");
      assertEquals(Stage.PERSON, program.deviceLogins().await(started).getAccountName());
    }
  }

  @Test
  void aProgramThatIsTurnedAwayGetsNothing() {
    try (ClawLive program = ClawLive.connect(stage.server().grpc());
        Tab tab = stage.tab().open("/login?next=/device")) {
      StartDeviceLoginResponse started = program.deviceLogins().start(LABEL);
      ChatTest.signIn(tab, Stage.PASSWORD);
      tab.page().locator("#code").fill(started.getUserCode());
      tab.page().locator("#code").press("Enter");
      tab.id("deny").click();
      assertThat(tab.page().getByRole(AriaRole.STATUS)).containsText("It was turned away");
      assertThrows(NotAllowedException.class, () -> program.deviceLogins().await(started));
      assertFalse(tab.page().content().contains(started.getDeviceCode()), "the program's secret");
    }
  }
}
