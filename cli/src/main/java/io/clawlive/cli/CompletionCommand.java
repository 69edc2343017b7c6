package io.clawlive.cli;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options in bash and zsh.",
      "",
      "  source <(clawlive completion)",
      ""
    })
final class CompletionCommand implements Runnable {
  @Mixin private final OutputOptions output;
  private final Shell shell;

  CompletionCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
  }

  @Override
  public void run() {
    String script = AutoComplete.bash("clawlive", Commands.all(shell));
    output.answer(Json.object("shells", "bash, zsh", "script", script), script);
  }
}
