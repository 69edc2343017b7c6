package io.clawlive.cli;

import io.clawlive.cli.shell.Shell;

/** Entry of the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(Commands.commandLine(Shell.ofProcess(), args).execute(args));
  }
}
