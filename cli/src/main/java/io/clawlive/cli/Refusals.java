package io.clawlive.cli;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorRule;
import io.clawlive.sdk.AlreadyExistsException;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.FailedPreconditionException;
import io.clawlive.sdk.InvalidRequestException;
import io.clawlive.sdk.NotAllowedException;
import io.clawlive.sdk.NotFoundException;
import io.clawlive.sdk.RateLimitedException;
import io.clawlive.sdk.ServerFaultException;
import io.clawlive.sdk.UnauthenticatedException;
import io.clawlive.sdk.UnavailableException;
import io.clawlive.sdk.UnsupportedException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What the SDK's failures mean here: an exit code and sentences, the last one being the remedy. */
final class Refusals {
  private Refusals() {}

  static ExitCode exitCode(ClawLiveException failure) {
    return switch (failure) {
      case NotFoundException e -> ExitCode.NOT_FOUND;
      case NotAllowedException e -> ExitCode.NOT_ALLOWED;
      case UnauthenticatedException e -> ExitCode.NOT_ALLOWED;
      case UnavailableException e -> ExitCode.UNAVAILABLE;
      case RateLimitedException e -> ExitCode.RATE_LIMITED;
      case InvalidRequestException e -> ExitCode.USAGE;
      case AlreadyExistsException e -> ExitCode.FAILED;
      case FailedPreconditionException e -> ExitCode.FAILED;
      case ServerFaultException e -> ExitCode.FAILED;
      case UnsupportedException e -> ExitCode.FAILED;
    };
  }

  static String sentences(ClawLiveException failure) {
    StringBuilder text = new StringBuilder(sentence(failure.getMessage()));
    for (String violation : failure.detail().violations()) {
      if (!text.toString().contains(violation)) {
        text.append(' ').append(sentence(violation));
      }
    }
    failure
        .retryAfter()
        .ifPresent(wait -> text.append(" Wait %d s.".formatted(Math.max(1, wait.toSeconds()))));
    remedy(failure.reason())
        .filter(remedy -> !text.toString().contains(remedy))
        .ifPresent(remedy -> text.append(' ').append(remedy));
    return text.append(" [").append(failure.reason()).append(']').toString();
  }

  private static String sentence(String text) {
    String stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }

  /** The contract declares beside every reason what a caller can do about it. */
  private static Optional<String> remedy(String reason) {
    return Arrays.stream(ErrorReason.values())
        .filter(known -> known != ErrorReason.UNRECOGNIZED)
        .filter(known -> known.name().equals("ERROR_REASON_" + reason))
        .flatMap(
            known -> known.getValueDescriptor().getOptions().getAllFields().entrySet().stream())
        .filter(option -> option.getKey().isExtension())
        .map(Map.Entry::getValue)
        .filter(ErrorRule.class::isInstance)
        .map(rule -> ((ErrorRule) rule).getRemedy())
        .findFirst();
  }
}
