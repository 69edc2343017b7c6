package io.clawlive.cli;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * The server is a program of its own that the launcher starts. This entry stands in the help, and
 * hands over where somebody runs the command line without the launcher's script.
 */
@Command(
    name = "serve",
    description = "Run the server on this machine. 'clawlive serve --help' lists its options.")
final class ServeCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String launcher = System.getProperty("clawlive.launcher");
    if (launcher == null) {
      throw new Failure(
          ExitCode.FAILED,
          "The server is started by the script 'clawlive' at the top of the project. Run"
              + " './clawlive serve' there.");
    }
    List<String> command = new ArrayList<>(List.of(launcher, "serve"));
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
