package io.clawlive.cli.identity;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "register",
    description = {
      "Make an account for yourself and sign in with it.",
      "The first account of a server is its administrator; later administrators make accounts,",
      "unless the server is set to open registration."
    })
final class RegisterCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;
  @Mixin private final PasswordInput password;

  @Parameters(
      paramLabel = "NAME",
      description = "2 to 32 of A-Z a-z 0-9 - _, beginning with a letter or digit.")
  private String name = "";

  private final SignIn signIn;

  RegisterCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
    password = new PasswordInput(shell);
    signIn = new SignIn(shell, server, output);
  }

  @Override
  public void run() {
    String chosen = password.chosen("New password for %s at %s".formatted(name, signIn.address()));
    try (ClawLive client = signIn.connect()) {
      signIn.keep(client.identity().register(name, chosen).getTokens());
    }
  }
}
