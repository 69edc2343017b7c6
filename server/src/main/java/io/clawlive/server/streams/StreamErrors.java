package io.clawlive.server.streams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.postgres.PostgresErrors;
import java.sql.SQLException;
import java.util.UUID;

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

  static Refusal ended(UUID stream) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_STREAM_ENDED,
        "The stream " + stream + " has ended and takes no more events.",
        "stream_id",
        stream.toString());
  }

  static Refusal inFuture(long position, long last) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_SEQUENCE_IN_FUTURE,
        "The stream reaches sequence %,d; there is no %,d yet.".formatted(last, position),
        "after_sequence",
        Long.toString(position),
        "last_sequence",
        Long.toString(last));
  }

  /** Refuses a producer that takes a name of the server's own. */
  static void refuseServersName(String field, String producer) {
    if (producer.startsWith(EventLog.SERVERS)) {
      throw Refusal.invalidField(
          field + ": names that begin with 'clawlive.' are the server's own.", field);
    }
  }

  static Refusal unavailable() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE,
        "PostgreSQL does not answer; nothing of this call was acknowledged.");
  }

  /** What a failed read means to the caller. */
  static RuntimeException of(SQLException e) {
    return PostgresErrors.isTransient(e) ? unavailable() : new IllegalStateException(e);
  }

  static Refusal stopping() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_SERVER_STOPPING, "The server is stopping; connect again.");
  }
}
