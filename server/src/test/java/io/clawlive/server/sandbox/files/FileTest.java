package io.clawlive.server.sandbox.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileServiceGrpc;
import io.clawlive.sandbox.v1.FileType;
import io.clawlive.sandbox.v1.ListFilesRequest;
import io.clawlive.sandbox.v1.ListProcessesRequest;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.ReadFileResponse;
import io.clawlive.sandbox.v1.RemoveFileRequest;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sandbox.v1.StatFileRequest;
import io.clawlive.sandbox.v1.StopSandboxRequest;
import io.clawlive.sandbox.v1.WatchFilesRequest;
import io.clawlive.sandbox.v1.WatchFilesResponse;
import io.clawlive.sandbox.v1.WriteFileRequest;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.Together;
import io.clawlive.streams.v1.SandboxState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files in sandboxes that are processes, with the GNU tools of the machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FileTest implements FileCases {
  private Scene scene;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException, InterruptedException {
    scene = Scene.open("process", folder, "", "FileTest");
  }

  @AfterAll
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  @Override
  public Scene scene() {
    return scene;
  }

  private static StatFileRequest stat(String sandbox, String path) {
    return StatFileRequest.newBuilder().setSandboxId(sandbox).setPath(path).build();
  }

  private WatchFilesRequest watch(String sandbox) {
    return WatchFilesRequest.newBuilder().setSandboxId(sandbox).setPath("/workspace").build();
  }

  @Test
  void toAStrangerThereIsNoSandbox() {
    Client bob = scene.server.person("bob").client();
    Refused.with(
        ErrorReason.ERROR_REASON_SANDBOX_NOT_FOUND,
        () ->
            FileServiceGrpc.newBlockingStub(bob.channel())
                .statFile(stat(scene.sandbox, "/workspace")));
    var call = FileServiceGrpc.newBlockingV2Stub(bob.channel()).writeFile();
    assertTrue(
        Scene.send(call, WriteFileRequest.newBuilder().setOpen(scene.open("/workspace/his"))));
    Refused.with(ErrorReason.ERROR_REASON_SANDBOX_NOT_FOUND, () -> Scene.answer(call));
  }

  @Test
  void pathsThatAreNoneAreRefusedByName() {
    for (String path :
        List.of(
            "relative",
            "./a",
            "/workspace/../etc",
            "/..",
            "/nul\0inside",
            "/" + "x".repeat(256),
            "/" + "ä".repeat(128))) {
      Refused refused =
          Refused.with(
              ErrorReason.ERROR_REASON_INVALID_FIELD,
              () -> scene.files().statFile(stat(scene.sandbox, path)));
      assertEquals("path", refused.metadata("field"));
    }
    for (String root : List.of("//", "/.")) {
      Refused.with(
          ErrorReason.ERROR_REASON_INVALID_FIELD,
          () ->
              scene
                  .files()
                  .removeFile(
                      RemoveFileRequest.newBuilder()
                          .setSandboxId(scene.sandbox)
                          .setPath(root)
                          .setRecursive(true)
                          .build()));
    }
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> scene.write("/a/../b", "x"));
    assertEquals("/dev/null", scene.stat("/dev/null").getPath());
  }

  @Test
  void aSandboxThatStopsEndsWhatWatchesItAndAnswersNoMore() {
    String own = scene.create(SandboxSpec.newBuilder());
    List<Iterator<WatchFilesResponse>> watching = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      watching.add(scene.files().watchFiles(watch(own)));
      assertEquals(0, watching.getLast().next().getChangesCount());
    }
    Refused.with(
        ErrorReason.ERROR_REASON_TOO_MANY_PROCESSES,
        () -> scene.files().watchFiles(watch(own)).next());
    assertEquals(
        0,
        scene
            .ada
            .processes()
            .listProcesses(ListProcessesRequest.newBuilder().setSandboxId(own).build())
            .getProcessesCount());
    var unused =
        scene
            .ada
            .sandboxes()
            .stopSandbox(StopSandboxRequest.newBuilder().setSandboxId(own).build());
    watching.forEach(
        each -> Refused.with(ErrorReason.ERROR_REASON_SANDBOX_STATE_REFUSED, each::next));
    scene.becomes(own, SandboxState.SANDBOX_STATE_STOPPED);
    Refused.with(
        ErrorReason.ERROR_REASON_SANDBOX_STATE_REFUSED,
        () -> scene.files().statFile(stat(own, "/workspace")));
  }

  @Test
  void aServerThatStopsLetsGoOfItsCalls(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (Scene other = Scene.open("process", folder, "", "FileTest")) {
      var watching = other.files().watchFiles(watch(other.sandbox));
      assertEquals(0, watching.next().getChangesCount());
      other.server.bean(FileCalls.class).letGo();
      Refused.with(ErrorReason.ERROR_REASON_SERVER_STOPPING, watching::next);
      var writing = other.writing(other.open("/workspace/late"));
      Refused.with(ErrorReason.ERROR_REASON_SERVER_STOPPING, () -> Scene.answer(writing));
    }
  }

  /** What the program wrote lies in pipes for longer than it lived. */
  @Test
  void whoReadsSlowlyReadsEverything() throws Exception {
    for (int size : List.of(350_000, 420_000, 490_000)) {
      byte[] data = new byte[size];
      var unused = scene.write(scene.open("/workspace/slow" + size), data);
      var call =
          scene
              .lasting()
              .readFile(
                  ReadFileRequest.newBuilder()
                      .setSandboxId(scene.sandbox)
                      .setPath("/workspace/slow" + size)
                      .build());
      assertEquals(size, call.read().getEntry().getSize());
      Together.pause(Duration.ofMillis(3_000));
      long read = 0;
      ReadFileResponse part = call.read();
      while (part.hasData()) {
        read += part.getData().size();
        part = call.read();
      }
      assertEquals(size, read);
      assertEquals(ByteString.copyFrom(Sha256.of(data)), part.getEnd().getSha256());
    }
  }

  @Test
  void programsOfASandboxThatLieAreNotBelieved() {
    String own =
        scene.create(
            SandboxSpec.newBuilder()
                .putEnv("PATH", "/nowhere")
                .putEnv("LC_ALL", "de_DE.UTF-8")
                .addVolumes(SandboxVolume.newBuilder().setName("ws").setPath("/workspace"))
                .addVolumes(SandboxVolume.newBuilder().setName("bin").setPath("/usr/local/bin")));
    FileEntry entry = scene.files().statFile(stat(own, "/workspace")).getEntry();
    assertEquals(FileType.FILE_TYPE_FOLDER, entry.getType());
    for (String lie :
        List.of(
            "true",
            "echo lies",
            "echo zz 1 2 3 4",
            "echo 81a4 9999999999999999999 2 3 4",
            "exit 127",
            "echo no idea >&2; exit 3",
            "exec /usr/bin/yes",
            "exec /usr/bin/yes 81a4 1 2 3 4 >&2")) {
      for (String program : List.of("stat", "find", "sha256sum", "dd", "cat")) {
        put(own, program, lie);
      }
      for (Executable call : calls(own)) {
        Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, call);
      }
    }
    put(own, "stat", "echo 'stat: /workspace/x: No such file or directory' >&2; exit 1");
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_NOT_FOUND,
        () -> scene.files().statFile(stat(own, "/workspace")));
  }

  private List<Executable> calls(String sandbox) {
    return List.of(
        () -> scene.files().statFile(stat(sandbox, "/workspace")),
        () ->
            scene
                .files()
                .listFiles(
                    ListFilesRequest.newBuilder()
                        .setSandboxId(sandbox)
                        .setPath("/workspace")
                        .build()),
        () ->
            scene
                .files()
                .readFile(
                    ReadFileRequest.newBuilder()
                        .setSandboxId(sandbox)
                        .setPath("/usr/local/bin/stat")
                        .build())
                .forEachRemaining(each -> {}),
        () -> scene.files().watchFiles(watch(sandbox)).next(),
        () -> {
          var call =
              scene.writing(scene.open("/workspace/x").setSandboxId(sandbox).setReplace(true));
          var unused = Scene.end(call, new byte[0]);
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
        .forEachRemaining(
            event ->
                assertTrue(
                    !event.getEvent().hasExited() || event.getEvent().getExited().getCode() == 0));
  }
}
