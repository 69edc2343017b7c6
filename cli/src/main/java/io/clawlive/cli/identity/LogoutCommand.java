package io.clawlive.cli.identity;

import io.clawlive.cli.connection.Credential;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.Target;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.UnauthenticatedException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "logout",
    description = {
      "End the login at the server and forget it here.",
      "A key is only forgotten; the stored keys of agents stay."
    })
final class LogoutCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  LogoutCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    Target target = server.target();
    Optional<Credential> signedIn = target.signedIn();
    boolean login = target.home().credentials().login(target.server()).isPresent();
    boolean ended = login && end(target, signedIn.orElseThrow());
    target.home().credentials().forget(target.server());
    output.answer(
        Json.object(
            "server",
            target.address().toString(),
            "forgotten",
            signedIn.isPresent(),
            "login_ended",
            ended),
        words(target, signedIn.isPresent(), login, ended));
  }

  private static boolean end(Target target, Credential credential) {
    try (ClawLive client = ServerOptions.connect(target.address(), credential)) {
      client.identity().logout();
      return true;
    } catch (UnauthenticatedException over) {
      return false; // It had ended before; what is left is to forget it.
    }
  }

  private static String words(Target target, boolean was, boolean login, boolean ended) {
    if (!was) {
      return "You were not signed in to %s.".formatted(target.address());
    }
    if (!login) {
      return ("The key for %s is forgotten here. It goes on working; 'clawlive keys revoke' ends"
              + " it.")
          .formatted(target.address());
    }
    return ended
        ? "Signed out of %s.".formatted(target.address())
        : "The login at %s had ended before; it is forgotten here.".formatted(target.address());
  }
}
