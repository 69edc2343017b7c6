package io.clawlive.cli;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Shell;

/** Entry of the command line. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Arguments.exact(args)));
  }

  private static int run(String[] args) {
    try {
      return Commands.commandLine(Shell.ofProcess(), args).execute(args);
    } catch (LinkageError | VirtualMachineError e) {
      // Not a command's failure but the program's: it was rebuilt under our feet, or memory is out.
      System.err.println("clawlive: The program itself failed: " + e + ". Repeat the command.");
      return ExitCode.FAILED.code();
    }
  }
}
