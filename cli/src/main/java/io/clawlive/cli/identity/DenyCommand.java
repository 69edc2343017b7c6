package io.clawlive.cli.identity;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "deny", description = "Turn away the program that shows this code.")
final class DenyCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "CODE", description = "As shown by the program, such as WDJB-MJHT.")
  private String code = "";

  DenyCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      client.deviceLogins().deny(code);
      output.answer(Json.object("denied", true), "It is turned away.");
    }
  }
}
