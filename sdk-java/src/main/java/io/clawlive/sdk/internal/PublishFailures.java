package io.clawlive.sdk.internal;

import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ConnectionState;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.FailedPreconditionException;
import io.clawlive.sdk.UnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a publisher itself refuses or gives up, in sentences. */
final class PublishFailures {
  private PublishFailures() {}

  static ClawLiveException producerShared(String producerId, long committed) {
    return new FailedPreconditionException(
        ErrorDetail.of(
            "PRODUCER_SHARED",
            "Another publisher uses the producer id "
                + producerId
                + ": the server stands at "
                + committed
                + ", above every number given here. Use one id for one publisher.",
            false),
        null);
  }

  static ClawLiveException clientClosed() {
    return unavailable(
        "CLOSED", "The client was closed before its publisher delivered everything.", false, null);
  }

  static ClawLiveException closed() {
    return unavailable("CLOSED", "The publisher is closed.", false, null);
  }

  static ClawLiveException bufferFull(long events, String address, ConnectionState state) {
    return unavailable(
        "BUFFER_FULL",
        "The publisher's buffer is full with "
            + events
            + " events; the connection to "
            + address
            + " is "
            + state
            + ".",
        true,
        null);
  }

  static ClawLiveException late(
      long events, Duration timeout, String address, ConnectionState state, Throwable cause) {
    return unavailable(
        "TIMEOUT",
        events
            + " events are not committed after "
            + timeout.toMillis()
            + " ms; the connection to "
            + address
            + " is "
            + state
            + ".",
        true,
        cause);
  }

  private static ClawLiveException unavailable(
      String reason, String message, boolean retryable, @Nullable Throwable cause) {
    return new UnavailableException(ErrorDetail.of(reason, message, retryable), cause);
  }
}
