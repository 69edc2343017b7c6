package io.clawlive.sdk.internal;

import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.InvalidRequestException;
import io.clawlive.sdk.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a spool's directory. */
final class SpoolFailures {
  private SpoolFailures() {}

  static UnavailableException unusable(Path directory, IOException cause) {
    return new UnavailableException(
        ErrorDetail.of(
            "SPOOL_FAILED",
            "The spool in " + directory + " cannot be used: " + cause.getMessage() + ".",
            true),
        cause);
  }

  static UnavailableException inUse(Path directory, @Nullable Throwable cause) {
    return new UnavailableException(
        ErrorDetail.of(
            "SPOOL_IN_USE", "The spool in " + directory + " is in use by another publisher.", true),
        cause);
  }

  static InvalidRequestException otherOwner(
      Path directory, String what, String found, String expected) {
    return new InvalidRequestException(
        new ErrorDetail(
            "INVALID_FIELD",
            "The spool in "
                + directory
                + " still holds events of "
                + what
                + " "
                + found
                + "; expected "
                + expected
                + ". Deliver them first, or use another directory.",
            Map.of(what, found, "expected", expected),
            List.of(),
            false,
            Optional.empty()),
        null);
  }
}
