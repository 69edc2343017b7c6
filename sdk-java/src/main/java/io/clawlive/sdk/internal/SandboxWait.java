package io.clawlive.sdk.internal;

import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.FailedPreconditionException;
import io.clawlive.sdk.UnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits for a sandbox to run, and tells why it does not. */
public final class SandboxWait {
  private SandboxWait() {}

  /** Looks at one report after the other until it runs or will not. */
  public static Sandbox running(
      String id, Duration timeout, Function<Duration, Optional<Sandbox>> reports) {
    long end = System.nanoTime() + timeout.toNanos();
    Sandbox last = null;
    while (true) {
      Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
      Optional<Sandbox> report = reports.apply(left);
      if (report.isEmpty()) {
        throw left.isZero() || System.nanoTime() >= end ? late(id, timeout, last) : over(id, last);
      }
      last = report.get();
      switch (last.getState()) {
        case SANDBOX_STATE_RUNNING -> {
          return last;
        }
        case SANDBOX_STATE_FAILED,
            SANDBOX_STATE_STOPPED,
            SANDBOX_STATE_STOPPING,
            SANDBOX_STATE_DELETING,
            SANDBOX_STATE_DELETED ->
            throw over(id, last);
        case SANDBOX_STATE_CREATING,
            SANDBOX_STATE_STARTING,
            SANDBOX_STATE_UNSPECIFIED,
            UNRECOGNIZED -> {}
      }
    }
  }

  private static UnavailableException late(String id, Duration timeout, @Nullable Sandbox last) {
    return new UnavailableException(
        ErrorDetail.of(
            "TIMEOUT",
            "The sandbox %s did not run within %d ms; %s."
                .formatted(id, timeout.toMillis(), state(last)),
            true),
        null);
  }

  private static FailedPreconditionException over(String id, @Nullable Sandbox last) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("sandbox_id", id);
    if (last != null) {
      metadata.put("state", word(last.getState(), "SANDBOX_STATE_"));
      metadata.put("reason", word(last.getReason(), "SANDBOX_REASON_"));
      if (last.hasExitCode()) {
        metadata.put("exit_code", Integer.toString(last.getExitCode()));
      }
    }
    return new FailedPreconditionException(
        new ErrorDetail(
            "SANDBOX_NOT_RUNNING",
            "The sandbox %s does not run: %s.".formatted(id, state(last)),
            metadata,
            List.of(),
            false,
            Optional.empty()),
        null);
  }

  private static String state(@Nullable Sandbox last) {
    if (last == null) {
      return "nothing was told of it";
    }
    String reason = word(last.getReason(), "SANDBOX_REASON_").replace('_', ' ');
    return "it is "
        + word(last.getState(), "SANDBOX_STATE_")
        + (reason.equals("unspecified") ? "" : " (" + reason + ")")
        + (last.hasExitCode() ? ", its program ended with " + last.getExitCode() : "")
        + (last.getMessage().isEmpty() ? "" : ": " + last.getMessage().replaceAll("\\.$", ""));
  }

  private static String word(Enum<?> value, String prefix) {
    return value.name().replace(prefix, "").toLowerCase(Locale.ROOT);
  }
}
