package io.clawlive.cli.admin;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sandbox.v1.RotateSecretKeysResponse;
import io.clawlive.sandbox.v1.SealingKey;
import io.clawlive.sandbox.v1.SealingKeyStep;
import io.clawlive.sdk.ClawLive;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rotate-secret-keys",
    description = {
      "Change the keys that seal secrets in the server's database.",
      "Rotate, and when no rows are left that an older key sealed, drop the old keys.",
      "Where servers have copies of the keyset file: add, copy the file, promote."
    })
final class RotateSecretKeysCommand implements Runnable {
  /** What may be done. */
  enum Step {
    ROTATE(SealingKeyStep.SEALING_KEY_STEP_ROTATE),
    ADD(SealingKeyStep.SEALING_KEY_STEP_ADD),
    PROMOTE(SealingKeyStep.SEALING_KEY_STEP_PROMOTE),
    DROP_OLD(SealingKeyStep.SEALING_KEY_STEP_DROP_OLD),
    SHOW(SealingKeyStep.SEALING_KEY_STEP_SHOW);

    final SealingKeyStep step;

    Step(SealingKeyStep step) {
      this.step = step;
    }

    @Override
    public String toString() {
      return step.name()
          .replace("SEALING_KEY_STEP_", "")
          .replace("_", "-")
          .toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      defaultValue = "ROTATE",
      description = "One of ${COMPLETION-CANDIDATES}. Default: rotate.")
  private Step step = Step.ROTATE;

  RotateSecretKeysCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAsAdmin()) {
      RotateSecretKeysResponse answer = client.secrets().rotateKeys(step.step);
      List<Map<String, Object>> keys =
          answer.getKeysList().stream()
              .map(key -> Json.object("key_id", key.getKeyId(), "primary", key.getPrimary()))
              .toList();
      String primary =
          answer.getKeysList().stream()
              .filter(SealingKey::getPrimary)
              .map(SealingKey::getKeyId)
              .findFirst()
              .orElse("none");
      output.answer(
          Json.object("keys", keys, "rows_left", answer.getRowsLeft()),
          "Key %s seals; %d keys in all. Sealed with another key: %d rows."
              .formatted(primary, keys.size(), answer.getRowsLeft()));
    }
  }
}
