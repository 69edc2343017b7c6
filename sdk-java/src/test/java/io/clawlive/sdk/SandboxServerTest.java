package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.FileChange;
import io.clawlive.sandbox.v1.FileChangeKind;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.WatchFilesResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs, terminals, files and snapshots of a real sandbox on a real server. */
@Timeout(120)
class SandboxServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path home;
  private static ServerUnderTest server;
  private static ClawLive live;
  private static Sandbox box;

  @BeforeAll
  static void start() {
    server = new ServerUnderTest(home, Map.of("CLAWLIVE_SANDBOX_RUNTIME", "process"));
    live = ClawLive.connect(ClawLiveOptions.of(server.address()).withToken(server.token()));
    if (!live.sandboxes().runtime().getActive().equals("process")) {
      System.err.println("NOT RUN: SandboxServerTest: bubblewrap does not run here");
      Assumptions.abort("NOT RUN: bubblewrap does not run here");
    }
    box = live.sandboxes().create().awaitRunning(PATIENCE);
  }

  @AfterAll
  static void stop() {
    if (box != null) {
      box.close();
    }
    live.close();
    server.close();
  }

  @Test
  void aProgramIsRunAndCollected() {
    ProcessResult told =
        box.run(
            ProcessOptions.of("sh", "-c", "echo $A; pwd; echo err >&2; exit 3")
                .withEnvironment("A", "b")
                .in("/tmp"));
    assertEquals("b\n/tmp\n", told.text());
    assertEquals("err\n", told.stderr().toStringUtf8());
    assertEquals(new ProcessExit(3, 0, ""), told.exit());
    ProcessResult much = box.run("head", "-c", "20000000", "/dev/zero");
    assertTrue(much.truncated());
    assertEquals(16 << 20, much.stdout().size());
    assertEquals(0, much.code());
  }

  @Test
  void inputGoesInOutputComesOutAndASignalEndsIt() throws Exception {
    try (SandboxProcess cat = box.start(ProcessOptions.of("cat").withTag("cat"));
        InputStream out = cat.stdout();
        OutputStream in = cat.input()) {
      in.write("hello".getBytes(StandardCharsets.UTF_8));
      assertEquals("hello", new String(out.readNBytes(5), StandardCharsets.UTF_8));
      assertThrows(TimeoutException.class, () -> cat.await(Duration.ofMillis(100)));
      assertEquals("cat", cat.tag());
      assertTrue(box.processes().stream().anyMatch(each -> each.getTag().equals("cat")));
      cat.signal(9);
      assertEquals(new ProcessExit(137, 9, ""), cat.await(PATIENCE));
      assertEquals(-1, out.read());
    }
    try (SandboxProcess again = box.attach("cat", 2)) {
      ProcessEvent first = again.iterator().next();
      assertEquals(new ProcessEvent.Stdout(ByteString.copyFromUtf8("llo"), 5), first);
    }
  }

  @Test
  void whoDoesNotReadIsNotInTheWay() throws Exception {
    try (SandboxProcess much = box.start("head", "-c", "50000000", "/dev/zero")) {
      assertEquals(0, much.await(PATIENCE).code());
    }
  }

  @Test
  void whatWasWrittenDuringAWaitIsReadAfterIt() throws Exception {
    try (SandboxProcess two = box.start("sh", "-c", "echo one; sleep 1; echo two")) {
      assertThrows(TimeoutException.class, () -> two.await(Duration.ofMillis(300)));
      assertEquals(0, two.await(PATIENCE).code());
      assertEquals("one\ntwo\n", new String(two.stdout().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void aTerminalHasASizeAndAnother() throws IOException {
    try (Terminal terminal = box.terminal(90, 30, "sh")) {
      terminal.type("stty size; read x; stty size; exit 4\n");
      StringBuilder shown = new StringBuilder();
      InputStream output = terminal.output();
      while (!shown.toString().contains("30 90\r\n")) {
        shown.append((char) output.read());
      }
      terminal.resize(100, 40);
      terminal.type("\n");
      String rest = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(rest.contains("40 100\r\n"), rest);
      assertEquals(4, terminal.await().code());
    }
  }

  @Test
  void filesAreMadeMovedWatchedAndRemoved() throws IOException {
    SandboxFiles files = box.files();
    files.makeFolder("/workspace/a/b", 0750);
    try (SandboxWatch<WatchFilesResponse> watch = files.watch("/workspace/a", 3)) {
      assertEquals(0, watch.poll(PATIENCE).orElseThrow().getChangesCount());
      FileEntry written =
          files.write("/workspace/a/b/f", ByteString.copyFromUtf8("text").newInput(), 0640, false);
      assertEquals(4, written.getSize());
      assertEquals(0640, written.getMode());
      List<FileChange> changes = watch.poll(PATIENCE).orElseThrow().getChangesList();
      assertTrue(
          changes.stream()
              .anyMatch(change ->
                  change.getKind() == FileChangeKind.FILE_CHANGE_KIND_CREATED
                      && change.getEntry().getPath().equals("/workspace/a/b/f")),
          changes.toString());
    }
    assertEquals(2, files.list("/workspace/a", 2).getEntriesCount());
    FileEntry moved = files.move("/workspace/a/b/f", "/workspace/a/g", false);
    assertEquals("/workspace/a/g", moved.getPath());
    try (InputStream content = files.read("/workspace/a/g", 1, 2)) {
      assertEquals("ex", new String(content.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertEquals(0750, files.stat("/workspace/a/b").getMode());
    assertThrows(
        AlreadyExistsException.class,
        () -> files.write("/workspace/a/g", InputStream.nullInputStream(), 0, false));
    files.remove("/workspace/a", true);
    files.remove("/workspace/a", true);
    assertThrows(NotFoundException.class, () -> files.stat("/workspace/a"));
  }

  @Test
  void aSnapshotIsForked() {
    ProcessResult unused = box.run("sh", "-c", "echo kept > kept");
    Snapshots snapshots = live.sandboxes().snapshots();
    Snapshot made = snapshots.awaitReady(box.snapshot("mine").getSnapshotId(), PATIENCE);
    assertEquals("mine", made.getName());
    try (Sandbox fork = snapshots.fork(made.getSnapshotId(), "").awaitRunning(PATIENCE)) {
      assertEquals("kept\n", fork.run("cat", "kept").text());
    }
    assertEquals(made.getSnapshotId(), snapshots.list().iterator().next().getSnapshotId());
    snapshots.delete(made.getSnapshotId());
    assertThrows(NotFoundException.class, () -> snapshots.get(made.getSnapshotId()));
  }
}
