package io.clawlive.cli.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.sandbox.Progress.Goal;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Sandbox FAILED =
      Sandbox.newBuilder()
          .setSandboxId("the-id")
          .setName("build")
          .setState(SandboxState.SANDBOX_STATE_FAILED)
          .setReason(SandboxReason.SANDBOX_REASON_IMAGE_MISSING)
          .setMessage("There is no image python:99.")
          .build();

  @Test
  void whyItDoesNotRunIsToldWithWhereToLook() {
    assertEquals(
        "Sandbox build does not run: it is failed (image missing: There is no image python:99.)."
            + " 'clawlive sandbox logs the-id' shows what it wrote.",
        Progress.elsewhere(Goal.RUNNING, FAILED));
    assertFalse(Progress.isThere(Goal.RUNNING, FAILED));
    assertTrue(Progress.isThere(Goal.STOPPED, FAILED), "it does not run");
    assertNull(Progress.elsewhere(Goal.DELETED, FAILED), "it is about to go");
  }

  @Test
  void aProgramThatEndedWellDidWhatItWasMadeFor() {
    Sandbox.Builder ended =
        FAILED.toBuilder()
            .setState(SandboxState.SANDBOX_STATE_STOPPED)
            .setReason(SandboxReason.SANDBOX_REASON_EXITED)
            .setMessage("");
    assertTrue(Progress.isThere(Goal.RUNNING, ended.setExitCode(0).build()));
    Sandbox badly = ended.setExitCode(137).build();
    assertFalse(Progress.isThere(Goal.RUNNING, badly));
    assertTrue(String.valueOf(Progress.elsewhere(Goal.RUNNING, badly)).contains("exit code 137"));
  }

  @Test
  void oneThatIsRemovedWillNotRun() {
    Sandbox going =
        FAILED.toBuilder()
            .setState(SandboxState.SANDBOX_STATE_DELETING)
            .setReason(SandboxReason.SANDBOX_REASON_REQUESTED)
            .setMessage("")
            .build();
    assertEquals("Sandbox build is deleting.", Progress.elsewhere(Goal.RUNNING, going));
    assertNull(Progress.elsewhere(Goal.DELETED, going));
  }
}
