package io.clawlive.server.sandbox.secrets;

import io.clawlive.sandbox.v1.SealingKeyStep;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.platform.secrets.SealingKeys;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Map;

/** Takes a step in the rotation of the server's keys, and writes down that it was taken. */
@Singleton
class KeysetRotation {
  private final SealingKeys keys;
  private final AuditLog audit;

  KeysetRotation(SealingKeys keys, AuditLog audit) {
    this.keys = keys;
    this.audit = audit;
  }

  /** What must be so before the step, and may take long: no transaction waits for it. */
  void prepare(SealingKeyStep step) {
    if (step == SealingKeyStep.SEALING_KEY_STEP_DROP_OLD) {
      keys.requireOldUnused();
    }
  }

  /** The file is changed last: when the entry cannot be written it stays as it was. */
  @Transactional
  void take(SealingKeyStep step) {
    switch (step) {
      case SEALING_KEY_STEP_UNSPECIFIED, SEALING_KEY_STEP_ROTATE, UNRECOGNIZED -> {
        record("rotate");
        keys.add(true);
      }
      case SEALING_KEY_STEP_ADD -> {
        record("add");
        keys.add(false);
      }
      case SEALING_KEY_STEP_PROMOTE -> {
        record("promote");
        keys.promote();
      }
      case SEALING_KEY_STEP_DROP_OLD -> {
        record("drop_old");
        keys.dropOld();
      }
      case SEALING_KEY_STEP_SHOW -> {}
    }
  }

  private void record(String step) {
    audit.record("keyset", "keyset", "", Map.of("step", step));
  }
}
