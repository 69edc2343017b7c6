package io.clawlive.cli.keys;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.ApiKey;
import io.clawlive.sdk.ClawLive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoke",
    description = "Revoke a key: it stops working at once, its open streams within 5 seconds.")
final class KeysRevokeCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "KEY_ID", description = "As 'clawlive keys list' shows it.")
  private String keyId = "";

  KeysRevokeCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      ApiKey key = client.keys().revoke(keyId);
      output.answer(
          KeyFields.of(key), "Revoked %s (%s).".formatted(key.getKeyId(), key.getPrefix()));
    }
  }
}
