package io.clawlive.bench;

import picocli.CommandLine;

/** Starts the harness. */
public final class Main {
  private Main() {}

  /** Runs the workloads that the arguments name. */
  public static void main(String[] args) {
    // The script gives a --work of its own before those of its caller.
    var command = new CommandLine(new BenchCommand()).setOverwrittenOptionsAllowed(true);
    System.exit(command.execute(args));
  }
}
