package io.clawlive.server.sandbox.files;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.ListFilesRequest;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sandbox.v1.StatFileRequest;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.Together;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files in a sandbox whose owner has put programs of their own before those of the image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class LyingSandboxTest {
  private Scene scene;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException, InterruptedException {
    scene = Scene.open("docker", folder, "clawlive/sandbox:latest", "LyingSandboxTest");
  }

  @AfterAll
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private static StatFileRequest stat(String sandbox, String path) {
    return StatFileRequest.newBuilder().setSandboxId(sandbox).setPath(path).build();
  }

  private String withItsOwnPrograms() {
    return scene.create(
        SandboxSpec.newBuilder()
            .putEnv("PATH", "/nowhere")
            .putEnv("LC_ALL", "de_DE.UTF-8")
            .addVolumes(SandboxVolume.newBuilder().setName("ws").setPath("/workspace"))
            .addVolumes(SandboxVolume.newBuilder().setName("bin").setPath("/usr/local/bin")));
  }

  @Test
  void programsOfASandboxThatLieAreNotBelieved() {
    String own = withItsOwnPrograms();
    Executable stat = () -> scene.files().statFile(stat(own, "/workspace"));
    Executable read =
        () ->
            scene
                .files()
                .readFile(
                    ReadFileRequest.newBuilder()
                        .setSandboxId(own)
                        .setPath("/usr/local/bin/stat")
                        .build())
                .forEachRemaining(each -> {});
    Executable list =
        () ->
            scene
                .files()
                .listFiles(
                    ListFilesRequest.newBuilder()
                        .setSandboxId(own)
                        .setPath("/usr/local")
                        .setDepth(2)
                        .build());
    Executable write =
        () -> {
          var call = scene.writing(scene.open("/workspace/x").setSandboxId(own).setReplace(true));
          var unused = Scene.end(call, new byte[0]);
        };
    assertDoesNotThrow(stat);
    assertDoesNotThrow(list);
    assertDoesNotThrow(write);
    for (String lie :
        List.of(
            "echo lies",
            "echo zz 1 2 3 4",
            "echo 81a4 9999999999999999999 2 3 4",
            "echo 81a4 1 2 3",
            "echo '81a4 1 2 3 4 ./a//b'",
            "exec /usr/bin/head -c 1000000 /dev/zero")) {
      put(own, "stat", lie);
      for (Executable call : List.of(stat, read, list)) {
        Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, call);
      }
    }
    for (String failure : List.of("true", "exit 127", "echo no idea >&2; exit 3", "kill -9 $$")) {
      put(own, "stat", failure);
      Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, stat);
      Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, read);
    }
    put(own, "stat", "echo 'stat: /workspace: No such file or directory' >&2; exit 1");
    Refused.with(ErrorReason.ERROR_REASON_FILE_NOT_FOUND, stat);
    put(own, "stat", "exec /usr/bin/stat \"$@\"");
    put(own, "find", "exec /usr/bin/yes");
    Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, list);
    put(own, "dd", "true");
    Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, read);
    put(own, "dd", "exec /usr/bin/yes");
    assertDoesNotThrow(read);
    put(own, "sha256sum", "echo lies");
    Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, write);
    put(own, "cat", "echo 'cat: write error: Disk quota exceeded' >&2; exit 1");
    Refused.with(ErrorReason.ERROR_REASON_STORAGE_OF_SANDBOX_FULL, write);
  }

  @Test
  void aSandboxThatDoesNotReadHoldsNobody() {
    String own = withItsOwnPrograms();
    put(own, "cat", "exec /usr/bin/sleep 1000");
    var call = scene.writing(scene.open("/workspace/x").setSandboxId(own));
    // More than lies in pipes.
    assertTrue(Scene.send(call, new byte[400_000], 0, 400_000));
    Together.pause(Duration.ofMillis(1_000));
    call.cancel("enough", null);
    put(own, "cat", "exec /usr/bin/cat");
    Together.soon(
        "it let go of the path",
        Duration.ofSeconds(20),
        () -> {
          var again = scene.writing(scene.open("/workspace/x").setSandboxId(own));
          try {
            return Scene.end(again, new byte[0]).hasEntry();
          } catch (StatusRuntimeException held) {
            return false;
          }
        });
  }

  /** A program of the sandbox's own, found before the system's. */
  private void put(String sandbox, String name, String script) {
    scene
        .ada
        .processes()
        .startProcess(
            StartProcessRequest.newBuilder()
                .setSandboxId(sandbox)
                .addCommand("/bin/sh")
                .addCommand("-c")
                .addCommand(
                    "cd /usr/local/bin; printf '#!/bin/sh\\n%s\\n' \"$2\" >\"$1\";"
                        + " /bin/chmod 755 \"$1\"")
                .addCommand("sh")
                .addCommand(name)
                .addCommand(script)
                .build())
        .forEachRemaining(event ->
            assertTrue(
                !event.getEvent().hasExited() || event.getEvent().getExited().getCode() == 0));
  }
}
