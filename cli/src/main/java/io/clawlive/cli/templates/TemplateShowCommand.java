package io.clawlive.cli.templates;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = {
      "Show a template with what it extends.",
      "Values from the server's environment are not shown, only whether they are set."
    })
final class TemplateShowCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "TEMPLATE", description = "Its key.")
  private String template = "";

  TemplateShowCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      output.answer(TemplateFields.of(client.templates().get(template)));
    }
  }
}
