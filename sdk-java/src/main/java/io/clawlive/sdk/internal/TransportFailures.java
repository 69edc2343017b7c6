package io.clawlive.sdk.internal;

import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.ServerFaultException;
import io.clawlive.sdk.UnauthenticatedException;
import io.clawlive.sdk.UnavailableException;
import io.grpc.Status;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Failures that no Claw Live server explained: nobody listens, something else listens, the
 * connection broke. Each becomes a sentence that names the address and what to do.
 */
final class TransportFailures {
  // What gRPC's own server says when its code throws; a Claw Live server explains itself.
  private static final String UNHANDLED = "Application error processing RPC";

  private TransportFailures() {}

  static ClawLiveException of(Status status, String address) {
    String text = text(status);
    return switch (status.getCode()) {
      case UNAVAILABLE, UNKNOWN, INTERNAL -> connection(status, text, address);
      case DEADLINE_EXCEEDED ->
          fail("TIMEOUT", "The server at " + address + " did not answer in time.", true, status);
      case UNIMPLEMENTED -> foreign(address, status);
      case CANCELLED, ABORTED -> lost(address, text, status);
      case UNAUTHENTICATED ->
          new UnauthenticatedException(
              ErrorDetail.of(
                  "CREDENTIAL_INVALID", address + " refused the credential: " + text, false),
              status.getCause());
      default ->
          new ServerFaultException(
              ErrorDetail.of(
                  status.getCode().name(),
                  "The server at "
                      + address
                      + " answered "
                      + status.getCode()
                      + " without a reason: "
                      + text,
                  false),
              status.getCause());
    };
  }

  private static ClawLiveException connection(Status status, String text, String address) {
    if (has(status.getCause(), SSLException.class)
        || text.toLowerCase(Locale.ROOT).contains("ssl")) {
      return fail(
          "NOT_A_SERVER",
          "No encrypted connection to "
              + address
              + ": "
              + root(status, text)
              + ". Check whether that server uses TLS and with which certificate.",
          false,
          status);
    }
    if (text.contains(UNHANDLED)) {
      return new ServerFaultException(
          ErrorDetail.of("INTERNAL", "The server at " + address + " failed: " + text + ".", false),
          status.getCause());
    }
    if (text.contains("HTTP status code")
        || text.contains("content-type")
        || isOtherProtocol(status.getCause())) {
      return foreign(address, status);
    }
    if (has(status.getCause(), UnknownHostException.class)
        || text.contains("Unable to resolve host")) {
      return fail(
          "NO_SERVER",
          "The name in " + address + " is not known. Check the address.",
          true,
          status);
    }
    if (has(status.getCause(), ConnectException.class)) {
      return fail(
          "NO_SERVER",
          "No server answers at "
              + address
              + ". Start it with 'clawlive serve' or check the address.",
          true,
          status);
    }
    return lost(address, text, status);
  }

  private static ClawLiveException foreign(String address, Status status) {
    return fail(
        "NOT_A_SERVER",
        "What answers at " + address + " is not a Claw Live gRPC server. Check host and port.",
        false,
        status);
  }

  private static ClawLiveException lost(String address, String text, Status status) {
    return fail(
        "CONNECTION_LOST",
        "The connection to " + address + " was lost: " + text + ".",
        true,
        status);
  }

  private static ClawLiveException fail(
      String reason, String message, boolean retryable, Status status) {
    return new UnavailableException(ErrorDetail.of(reason, message, retryable), status.getCause());
  }

  private static String text(Status status) {
    String text = status.getDescription();
    return text == null || text.isBlank() ? status.getCode().name() : text.strip();
  }

  private static String root(Status status, String text) {
    Throwable cause = status.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause == null ? null : cause.getMessage();
    return message == null ? text : message;
  }

  /** Whether the first bytes of the answer were not HTTP/2. */
  private static boolean isOtherProtocol(@Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      String message = at.getMessage();
      if (message != null
          && (message.contains("First received frame was not SETTINGS")
              || message.contains("Unexpected HTTP/1.x"))) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(@Nullable Throwable cause, Class<? extends Throwable> type) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }
}
