package io.clawlive.cli;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputClosed;
import io.clawlive.sdk.ClawLiveException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where whatever went wrong becomes a sentence and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return switch (failure) {
      case OutputClosed closed -> ExitCode.OK.code();
      case InterruptedException interrupted -> ExitCode.INTERRUPTED.code();
      case CancellationException cancelled -> ExitCode.INTERRUPTED.code();
      case ParameterException usage -> handleParseException(usage, new String[0]);
      case Failure known -> tell(command, known.exitCode(), known.getMessage());
      case ClawLiveException refused ->
          behind(refused)
              .map(known -> tell(command, known.exitCode(), known.getMessage()))
              .orElseGet(
                  () -> tell(command, Refusals.exitCode(refused), Refusals.sentences(refused)));
      case IllegalArgumentException usage -> tell(command, ExitCode.USAGE, unforeseen(usage));
      default -> tell(command, ExitCode.FAILED, unforeseen(failure));
    };
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    tell(command, ExitCode.USAGE, failure.getMessage());
    List<String> suggestions =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    PrintWriter err = command.getErr();
    if (!suggestions.isEmpty()) {
      err.println("Did you mean: " + String.join(", ", suggestions) + "?");
    }
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCode.USAGE.code();
  }

  /** What the token source of a client met on this machine, such as a file it cannot write. */
  private static Optional<Failure> behind(Throwable refused) {
    return Stream.iterate(refused, Objects::nonNull, Throwable::getCause)
        .filter(Failure.class::isInstance)
        .map(Failure.class::cast)
        .findFirst();
  }

  private static int tell(CommandLine command, ExitCode code, String sentence) {
    command.getOut().flush();
    command.getErr().println("clawlive: " + sentence);
    command.getErr().flush();
    return code.code();
  }

  private static String unforeseen(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
