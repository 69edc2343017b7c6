package io.clawlive.server.sandbox.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.FileServiceGrpc;
import io.clawlive.sandbox.v1.ListProcessesRequest;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.ReadFileResponse;
import io.clawlive.sandbox.v1.RemoveFileRequest;
import io.clawlive.sandbox.v1.SandboxSpec;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files in sandboxes that are processes, with the GNU tools of the machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
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
}
