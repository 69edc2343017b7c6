package io.clawlive.cli.identity;

import io.clawlive.cli.connection.Credential;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.sdk.ClawLive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "login",
    description = {
      "Sign in to a server, and make that server the profile's.",
      "Without options it shows a code that you approve where you are signed in already.",
      "What was signed in before is replaced; the login goes on by itself while it is used.",
      "Passwords and tokens are asked for without showing them, or read from standard input; they",
      "are never arguments, because arguments are visible to every user of a machine."
    })
final class LoginCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;
  @Mixin private final PasswordInput password;

  @ArgGroup private @Nullable Way way;

  /** How to sign in. */
  static final class Way {
    @Option(names = "--name", paramLabel = "NAME", description = "Sign in with a password.")
    private @Nullable String name;

    @Option(
        names = "--provider",
        paramLabel = "PROVIDER",
        description = "Sign in with an account at github or gitlab, in a browser on this machine.")
    private @Nullable String provider;

    @Option(
        names = "--with-token",
        description = "Store an API key, read from standard input or asked for.")
    private boolean withToken;
  }

  private final Shell shell;
  private final SignIn signIn;

  LoginCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
    password = new PasswordInput(shell);
    signIn = new SignIn(shell, server, output);
  }

  @Override
  public void run() {
    Way chosen = way == null ? new Way() : way;
    if (password.isFromInput() && chosen.name == null) {
      throw new Failure(
          ExitCode.USAGE, "--password-stdin goes with --name NAME, whose password it is.");
    }
    if (chosen.withToken) {
      withToken();
    } else if (chosen.name != null) {
      withPassword(chosen.name);
    } else if (chosen.provider != null) {
      withProvider(chosen.provider);
    } else {
      withCode();
    }
  }

  private void withPassword(String name) {
    String typed = password.present("Password of %s at %s".formatted(name, signIn.address()));
    try (ClawLive client = signIn.connect()) {
      signIn.keep(client.identity().login(name, typed, signIn.label()));
    }
  }

  private void withProvider(String provider) {
    try (ClawLive client = signIn.connect()) {
      signIn.keep(
          new BrowserSignIn(client.oauth(), shell, output)
              .signIn(
                  provider,
                  back -> {
                    var begun = client.oauth().startLogin(provider, back);
                    return new BrowserSignIn.Begun(
                        begun.getAuthorizationUrl(), begun.getLoginToken());
                  })
              .getTokens());
    }
  }

  private void withCode() {
    try (ClawLive client = signIn.connect()) {
      if (client.identity().whoAmI().getFirstAccount()) {
        output.notice("This server has no account yet. Make the first: clawlive register NAME");
      }
      signIn.keep(new CodeSignIn(client.deviceLogins(), output).signIn(signIn.label()));
    }
  }

  private void withToken() {
    Prompt prompt = new Prompt(shell);
    String token =
        (prompt.isPossible() ? prompt.secret("Token for " + signIn.address(), "") : prompt.input())
            .strip();
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new Failure(
          ExitCode.USAGE,
          "That is not a token. Expected one line such as cl_…, without spaces around it.");
    }
    try (ClawLive client =
        ServerOptions.connect(signIn.address(), new Credential(token, "login"))) {
      WhoAmIResponse caller = client.identity().whoAmI();
      if (caller.getRole() == Role.ROLE_SPECTATOR && caller.getAccountId().isEmpty()) {
        throw new Failure(
            ExitCode.NOT_ALLOWED,
            signIn.address() + " does not know this token. Check it for lost letters.");
      }
      signIn.keep(token, caller);
    }
  }
}
