package io.clawlive.server.streams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;

/** The refusals that several parts of the log give. */
final class StreamErrors {
  private StreamErrors() {}

  static Refusal notFound(String id) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_STREAM_NOT_FOUND,
        "There is no stream " + id + ".",
        "stream_id",
        id);
  }

  static Refusal unavailable() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE,
        "PostgreSQL does not answer; nothing of this call was acknowledged.");
  }

  static Refusal stopping() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_SERVER_STOPPING, "The server is stopping; connect again.");
  }
}
