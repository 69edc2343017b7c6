package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.sdk.AlreadyExistsException;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.InvalidRequestException;
import io.clawlive.sdk.NotAllowedException;
import io.clawlive.sdk.NotFoundException;
import io.clawlive.sdk.RateLimitedException;
import io.clawlive.sdk.StreamEndedException;
import io.clawlive.sdk.UnauthenticatedException;
import io.clawlive.sdk.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalsTest {
  static Stream<Arguments> failures() {
    ErrorDetail detail = ErrorDetail.of("X", "It failed.", false);
    return Stream.of(
        Arguments.of(new NotFoundException(detail, null), 3),
        Arguments.of(new NotAllowedException(detail, null), 4),
        Arguments.of(new UnauthenticatedException(detail, null), 4),
        Arguments.of(new UnavailableException(detail, null), 5),
        Arguments.of(new RateLimitedException(detail, null), 6),
        Arguments.of(new InvalidRequestException(detail, null), 2),
        Arguments.of(new AlreadyExistsException(detail, null), 1),
        Arguments.of(new StreamEndedException(detail, null), 1));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureOfTheSdkHasItsExitCode(ClawLiveException failure, int code) {
    assertEquals(code, Refusals.exitCode(failure).code());
  }

  @Test
  void theRemedyOfTheContractIsAddedToTheMessage() {
    assertEquals(
        "There is no session x. Check the id; 'clawlive sessions' lists what there is."
            + " [SESSION_NOT_FOUND]",
        Refusals.sentences(
            new NotFoundException(
                ErrorDetail.of("SESSION_NOT_FOUND", "There is no session x", false), null)));
  }

  @Test
  void fieldsAndDelaysAreTold() {
    ErrorDetail detail =
        new ErrorDetail(
            "OTHER",
            "Refused.",
            Map.of(),
            List.of("handle: too short"),
            true,
            Optional.of(Duration.ofSeconds(12)));
    assertEquals(
        "Refused. handle: too short. Wait 12 s. [OTHER]",
        Refusals.sentences(new RateLimitedException(detail, null)));
  }

  @Test
  void theNumbersAreThoseOfTheHelp() {
    assertEquals(
        List.of(0, 1, 2, 3, 4, 5, 6, 130),
        Stream.of(ExitCode.values()).map(ExitCode::code).toList());
  }
}
