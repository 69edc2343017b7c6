package io.clawlive.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.doctor.Check.Status;
import io.clawlive.sandbox.v1.GetRuntimeStatusResponse;
import io.clawlive.sandbox.v1.Runtime;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeChecksTest {
  private static final Runtime DOCKER =
      Runtime.newBuilder()
          .setName("docker")
          .setUsable(true)
          .setVersion("20.10.24")
          .setProcessors(2)
          .setMemoryBytes(1L << 30)
          .addMissing("The size of volumes is not limited.")
          .build();
  private static final Runtime NO_BWRAP =
      Runtime.newBuilder()
          .setName("process")
          .setMessage("The program bwrap is not installed.")
          .build();

  @Test
  void oneThatWorksIsEnough() {
    List<Check> checks =
        RuntimeChecks.of(
            GetRuntimeStatusResponse.newBuilder()
                .setActive("docker")
                .addRuntimes(DOCKER)
                .addRuntimes(NO_BWRAP)
                .build());
    assertTrue(checks.stream().allMatch(check -> check.status() == Status.OK), checks.toString());
    assertEquals(
        "version 20.10.24, 2 processors, 1,024 MiB. The size of volumes is not limited.",
        checks.getFirst().detail());
    assertTrue(checks.get(1).detail().contains("bwrap is not installed"));
  }

  @Test
  void whereNoneWorksEachSaysWhyAndWhatToDo() {
    List<Check> checks =
        RuntimeChecks.of(
            GetRuntimeStatusResponse.newBuilder()
                .addRuntimes(DOCKER.toBuilder().setUsable(false).setMessage("No socket."))
                .addRuntimes(NO_BWRAP)
                .build());
    assertEquals(3, checks.size());
    assertTrue(checks.stream().allMatch(check -> check.status() == Status.WARN));
    assertFalse(checks.stream().anyMatch(check -> check.remedy().isEmpty()));
    assertTrue(checks.get(0).remedy().contains("Docker 20.10"));
    assertTrue(checks.get(1).remedy().contains("bubblewrap"));
  }

  @Test
  void aMissingDefaultImageAndAServerWithoutRuntimesAreTold() {
    Check image =
        RuntimeChecks.of(
                GetRuntimeStatusResponse.newBuilder()
                    .setActive("docker")
                    .addRuntimes(DOCKER)
                    .setDefaultImage("clawlive/sandbox:latest")
                    .addImages("busybox:latest")
                    .build())
            .getLast();
    assertEquals(Status.WARN, image.status());
    assertTrue(image.detail().contains("clawlive/sandbox:latest"));
    assertEquals(
        Status.WARN,
        RuntimeChecks.of(GetRuntimeStatusResponse.getDefaultInstance()).getFirst().status());
  }
}
