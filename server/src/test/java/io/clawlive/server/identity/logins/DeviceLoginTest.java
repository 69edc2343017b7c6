package io.clawlive.server.identity.logins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.ApproveDeviceLoginRequest;
import io.clawlive.identity.v1.DenyDeviceLoginRequest;
import io.clawlive.identity.v1.GetDeviceLoginRequest;
import io.clawlive.identity.v1.PollDeviceLoginRequest;
import io.clawlive.identity.v1.StartDeviceLoginRequest;
import io.clawlive.identity.v1.StartDeviceLoginResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A program shows a code, a person approves it elsewhere. */
final class DeviceLoginTest {
  @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);

  @Test
  void whatAPersonApprovesComesInAsThatPersonOnce() {
    Client ann = server.person("ann").client();
    StartDeviceLoginResponse started = start("clawlive on laptop");
    Refused.with(ErrorReason.ERROR_REASON_DEVICE_LOGIN_PENDING, () -> poll(started));

    var seen =
        ann.devices()
            .getDeviceLogin(
                GetDeviceLoginRequest.newBuilder().setUserCode(started.getUserCode()).build())
            .getDeviceLogin();
    assertEquals("clawlive on laptop", seen.getLabel());
    assertEquals("127.0.0.1", seen.getAddress());

    // A person types what is on a screen: in any case, with or without the dash.
    String typed = started.getUserCode().replace("-", "").toLowerCase(Locale.ROOT);
    approve(ann, typed);
    Tokens tokens = poll(started);
    assertEquals(
        "ann",
        server
            .as(tokens.getAccessToken())
            .identity()
            .whoAmI(WhoAmIRequest.getDefaultInstance())
            .getAccountName());
    Refused.with(ErrorReason.ERROR_REASON_DEVICE_LOGIN_NOT_FOUND, () -> poll(started));
    Refused.with(ErrorReason.ERROR_REASON_DEVICE_LOGIN_NOT_FOUND, () -> approve(ann, typed));
  }

  @Test
  void whatIsDeniedStaysOut() {
    Client ann = server.person("denier").client();
    StartDeviceLoginResponse started = start("somebody else");
    ann.devices()
        .denyDeviceLogin(
            DenyDeviceLoginRequest.newBuilder().setUserCode(started.getUserCode()).build());
    Refused.with(ErrorReason.ERROR_REASON_DEVICE_LOGIN_DENIED, () -> poll(started));
    Refused.with(
        ErrorReason.ERROR_REASON_DEVICE_LOGIN_NOT_FOUND, () -> approve(ann, started.getUserCode()));
  }

  @Test
  void aCodeWorksTenMinutes() {
    StartDeviceLoginResponse started = start("");
    assertEquals(600, started.getExpiresIn());
    server.bean(MovableClock.class).advance(Duration.ofMinutes(10).plusSeconds(1));
    Client late = server.person("late").client();
    Refused.with(
        ErrorReason.ERROR_REASON_DEVICE_LOGIN_NOT_FOUND,
        () -> approve(late, started.getUserCode()));
    Refused.with(ErrorReason.ERROR_REASON_DEVICE_LOGIN_NOT_FOUND, () -> poll(started));
  }

  @Test
  void aCodeIsEasyToReadAndHardToGuess() {
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      String code = start("").getUserCode();
      assertTrue(code.matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}"), code);
      codes.add(code);
    }
    assertEquals(50, codes.size());
  }

  @Test
  void whoGuessesCodesIsStopped() {
    Client guesser = server.person("guesser").client();
    for (int i = 0; i < 10; i++) {
      Refused.with(
          ErrorReason.ERROR_REASON_DEVICE_LOGIN_NOT_FOUND, () -> approve(guesser, "BBBB-BBBB"));
    }
    Refused.with(ErrorReason.ERROR_REASON_RATE_LIMITED, () -> approve(guesser, "BBBB-BBBB"));
  }

  private static StartDeviceLoginResponse start(String label) {
    return server
        .nobody()
        .devices()
        .startDeviceLogin(StartDeviceLoginRequest.newBuilder().setLabel(label).build());
  }

  private static Tokens poll(StartDeviceLoginResponse started) {
    return server
        .nobody()
        .devices()
        .pollDeviceLogin(
            PollDeviceLoginRequest.newBuilder().setDeviceCode(started.getDeviceCode()).build())
        .getTokens();
  }

  private static void approve(Client by, String code) {
    by.devices()
        .approveDeviceLogin(ApproveDeviceLoginRequest.newBuilder().setUserCode(code).build());
  }
}
