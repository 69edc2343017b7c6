package io.clawlive.cli.secrets;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "rm", description = "Remove a secret. Sandboxes that run keep it until they stop.")
final class SecretRemoveCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;
  @Mixin private final ScopeOptions scope = new ScopeOptions();

  @Parameters(paramLabel = "NAME", description = "Name of the secret.")
  private String name = "";

  SecretRemoveCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = scope.connect(server)) {
      boolean deleted = client.secrets().delete(scope.agent(), name);
      output.answer(
          Json.object("name", name, "deleted", deleted),
          deleted ? "Removed " + name + "." : "There was no " + name + ".");
    }
  }
}
