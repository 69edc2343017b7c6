package io.clawlive.sdk.internal;

import io.clawlive.identity.v1.StartDeviceLoginResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.FailedPreconditionException;
import io.clawlive.sdk.RateLimitedException;
import io.clawlive.sdk.UnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks for the tokens of a device login, again and again, until they come or cannot come. */
public final class ApprovalWait {
  private final StartDeviceLoginResponse started;
  private final Runnable onWaiting;
  private final long begun = System.nanoTime();

  /** For a login that has begun; {@code onWaiting} runs before each wait. */
  public ApprovalWait(StartDeviceLoginResponse started, Runnable onWaiting) {
    this.started = started;
    this.onWaiting = onWaiting;
  }

  /** Asks until there are tokens; throws what ends the waiting. */
  public Tokens until(Function<String, Tokens> poll) {
    Duration interval = Duration.ofSeconds(Math.max(1, started.getInterval()));
    while (true) {
      Duration pause = interval;
      try {
        return poll.apply(started.getDeviceCode());
      } catch (FailedPreconditionException pending) {
        throwUnless(pending.reason().equals("DEVICE_LOGIN_PENDING"), pending);
      } catch (RateLimitedException early) {
        pause = early.retryAfter().orElse(interval);
        throwUnless(!isOver(), early);
      } catch (UnavailableException away) {
        // Once the code's time is over the answer can only be that nothing waits under it.
        throwUnless(away.retryable() && !isOver(), away);
      }
      onWaiting.run();
      sleep(pause);
    }
  }

  private boolean isOver() {
    return System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(started.getExpiresIn());
  }

  private static void throwUnless(boolean bearable, ClawLiveException failure) {
    if (!bearable) {
      throw failure;
    }
  }

  private static void sleep(Duration pause) {
    Interrupts.during(() -> {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      return pause;
    });
  }
}
