package io.clawlive.cli.identity;

import io.clawlive.cli.connection.Address;
import io.clawlive.cli.connection.Credential;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.home.Home;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.sdk.ClawLive;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "login",
    description = {
      "Store a credential for a server, and make that server the profile's.",
      "The token is asked for without showing it, or read from standard input with --with-token;",
      "it is never an argument, because arguments are visible to every user of a machine."
    })
final class LoginCommand implements Runnable {
  private static final int LONGEST = 4096;

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(names = "--with-token", description = "Read the token from standard input.")
  private boolean withToken;

  private final Shell shell;

  LoginCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    Home home = server.home();
    Address address = server.namedServer().orElseGet(() -> server.target().address());
    String profile = server.namedProfile().orElseGet(home.profiles()::usual);
    String token = withToken ? read() : ask(address);
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new Failure(
          ExitCode.USAGE,
          "That is not a token. Expected one line such as cl_…, without spaces around it.");
    }
    try (ClawLive client = ServerOptions.connect(address, new Credential(token, "login"))) {
      WhoAmIResponse answer = client.identity().whoAmI();
      if (answer.getRole() == Role.ROLE_SPECTATOR) {
        throw new Failure(
            ExitCode.NOT_ALLOWED,
            address + " does not know this token. Check it for lost letters.");
      }
      home.credentials().setToken(address.filed(), token);
      home.profiles().setServer(profile, address.toString());
      Caller caller = new Caller(answer);
      Map<String, Object> fields = caller.fields();
      fields.put("server", address.toString());
      fields.put("profile", profile);
      output.answer(
          fields,
          "Signed in to %s as %s (profile %s).".formatted(address, caller.words(), profile));
    }
  }

  private String read() {
    try {
      return new String(shell.in().readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED, "The token cannot be read from standard input: " + e.getMessage(), e);
    }
  }

  // From JDK 25 on there is no console again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static String ask(Address address) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new Failure(
          ExitCode.USAGE,
          "There is no terminal to ask for the token. Give it on standard input: clawlive login"
              + " --with-token < file");
    }
    char[] token = console.readPassword("Token for %s: ", address);
    return token == null ? "" : new String(token).strip();
  }
}
