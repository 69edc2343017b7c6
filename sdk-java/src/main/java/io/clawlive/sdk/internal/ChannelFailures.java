package io.clawlive.sdk.internal;

import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a channel itself refuses or gives up, in sentences. */
final class ChannelFailures {
  private ChannelFailures() {}

  static ClawLiveException closed() {
    return unavailable("CLOSED", "The agent's channel is closed.", false, null);
  }

  static ClawLiveException bufferFull() {
    return unavailable(
        "BUFFER_FULL",
        "The agent's channel has 1000 requests without an answer. Wait for some first.",
        true,
        null);
  }

  static ClawLiveException cursorsUnusable(Throwable cause) {
    return unavailable(
        "CURSORS_FAILED",
        "The agent's positions cannot be kept: " + cause.getMessage() + ".",
        false,
        cause);
  }

  static ClawLiveException cursorsUnusable(Path file, IOException cause) {
    return unavailable(
        "CURSORS_FAILED",
        "The agent's positions cannot be kept in " + file + ": " + cause.getMessage() + ".",
        false,
        cause);
  }

  static ClawLiveException cursorsInUse(Path file) {
    return unavailable(
        "CURSORS_IN_USE", "The positions in " + file + " are in use by another agent.", true, null);
  }

  private static ClawLiveException unavailable(
      String reason, String message, boolean retryable, @Nullable Throwable cause) {
    return new UnavailableException(ErrorDetail.of(reason, message, retryable), cause);
  }
}
