package io.clawlive.server;

import picocli.CommandLine;

/** Starts the server program. */
public final class Main {
  private Main() {}

  /** Runs {@code serve}. */
  public static void main(String[] args) {
    var command = new CommandLine(new ServerCommand());
    command.setExecutionExceptionHandler((failure, line, parsed) -> {
      if (failure instanceof StartException told) {
        line.getErr().println("clawlive: " + told.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
      }
      throw failure;
    });
    System.exit(command.execute(args));
  }
}
