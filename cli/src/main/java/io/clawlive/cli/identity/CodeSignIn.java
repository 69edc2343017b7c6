package io.clawlive.cli.identity;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.identity.v1.StartDeviceLoginResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.sdk.DeviceLogins;
import java.time.Duration;

/** Signs in by a code that is approved elsewhere, and shows that it is still waiting. */
final class CodeSignIn {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

  private final DeviceLogins logins;
  private final OutputOptions output;

  CodeSignIn(DeviceLogins logins, OutputOptions output) {
    this.logins = logins;
    this.output = output;
  }

  Tokens signIn(String label) {
    StartDeviceLoginResponse started = logins.start(label);
    output.notice("Your code is %s".formatted(started.getUserCode()));
    output.notice(where(started));
    return logins.await(started, new Waiting(started.getExpiresIn()));
  }

  private static String where(StartDeviceLoginResponse started) {
    return started.getVerificationUri().isEmpty()
        ? "Approve it on a machine where you are signed in: clawlive approve "
            + started.getUserCode()
        : "Approve it at %s, or on a machine where you are signed in: clawlive approve %s"
            .formatted(
                started.getVerificationUriComplete().isEmpty()
                    ? started.getVerificationUri()
                    : started.getVerificationUriComplete(),
                started.getUserCode());
  }

  /** Told after every question; speaks now and then. */
  private final class Waiting implements Runnable {
    private final long begun = System.nanoTime();
    private final Duration whole;
    private Duration next = SIGN_OF_LIFE;

    Waiting(int seconds) {
      whole = Duration.ofSeconds(seconds);
    }

    @Override
    public void run() {
      Duration waited = Duration.ofNanos(System.nanoTime() - begun);
      if (waited.compareTo(next) >= 0) {
        next = waited.plus(SIGN_OF_LIFE);
        output.notice(
            "Waiting; the code works for %d more minutes."
                .formatted(Math.max(0, whole.minus(waited).plusSeconds(59).toMinutes())));
      }
    }
  }
}
