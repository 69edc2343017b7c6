package io.clawlive.bench;

import picocli.CommandLine;

/** Starts the harness. */
public final class Main {
  private Main() {}

  /** Runs the workloads that the arguments name. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }
}
