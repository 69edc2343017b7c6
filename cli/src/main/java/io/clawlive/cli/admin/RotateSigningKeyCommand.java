package io.clawlive.cli.admin;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.SigningKey;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rotate-signing-key",
    description = {
      "Make a new key to sign access tokens with.",
      "They rotate by themselves every 30 days; this is for the day on which one may have leaked."
    })
final class RotateSigningKeyCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--revoke-old",
      description =
          "Also take the keys before it away: every access token is refused until it is refreshed.")
  private boolean revokeOld;

  RotateSigningKeyCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAsAdmin()) {
      SigningKey key = client.identity().rotateSigningKey(revokeOld);
      output.answer(
          Json.object("kid", key.getKid(), "alg", key.getAlg(), "revoked_old", revokeOld),
          "Access tokens are now signed with key %s.%s"
              .formatted(key.getKid(), revokeOld ? " Those signed before count no more." : ""));
    }
  }
}
