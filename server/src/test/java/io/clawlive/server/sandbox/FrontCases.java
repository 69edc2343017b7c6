package io.clawlive.server.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.CreateSnapshotRequest;
import io.clawlive.sandbox.v1.EnsureSandboxRequest;
import io.clawlive.sandbox.v1.ForkSnapshotRequest;
import io.clawlive.sandbox.v1.GetSnapshotRequest;
import io.clawlive.sandbox.v1.ListSnapshotsRequest;
import io.clawlive.sandbox.v1.RestoreSnapshotRequest;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.SnapshotState;
import io.clawlive.sandbox.v1.StartSandboxRequest;
import io.clawlive.sandbox.v1.StopSandboxRequest;
import io.clawlive.sandbox.v1.UpdateSandboxRequest;
import io.clawlive.server.sandbox.runtime.FoundSandbox;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The life of a sandbox and its copies through the front door, whatever runs it. */
interface FrontCases {
  /** Every file with its type, mode, owner, names, time and target, and what is in it. */
  String EVERYTHING =
      """
      cd /workspace
      stat -c '%f %u %g %h' .
      find . -mindepth 1 -exec stat -c '%n %f %u %g %h %Y' {} + | sort
      find . -type f -exec sha256sum {} + | sort
      find . -type l -exec readlink {} ';' | sort
      """;

  String SOME_FILES =
      """
      cd /workspace
      umask 022
      mkdir -p a/b empty 'with space' && chmod 1777 empty && chmod 0700 a/b
      head -c 3000000 /dev/urandom > a/b/large && chmod 0640 a/b/large
      echo run > run && ln run a/hard && ln -s ../run a/soft && ln -s /etc/none gone
      echo set > set && chmod 6755 set
      echo x > 'with space/-o'
      printf 'x' > 'with space/new
      line'
      touch -d @1000000000 run
      mkfifo pipe
      echo kept > /data/kept
      """;

  TestServer server();

  Front front();

  private static String restore(Front front, Snapshot snapshot) {
    return front
        .ada()
        .snapshots()
        .restoreSnapshot(
            RestoreSnapshotRequest.newBuilder().setSnapshotId(snapshot.getSnapshotId()).build())
        .getSandbox()
        .getSandboxId();
  }

  private static Sandbox named(String id) {
    return Sandbox.newBuilder().setSandboxId(id).build();
  }

  @Test
  default void aSandboxIsMadeUsedStoppedStartedAndDeleted() {
    Front front = front();
    Sandbox made =
        front.create(
            SandboxSpec.newBuilder()
                .addCommand("sh")
                .addCommand("-c")
                .addCommand("echo started; exec sleep 600")
                .setMemoryMb(64));
    Sandbox runs = front.awaits(made, SandboxState.SANDBOX_STATE_RUNNING);
    front.shell(runs, "echo first > /workspace/first; echo gone > /tmp/gone");
    Sandbox smaller =
        front
            .ada()
            .sandboxes()
            .updateSandbox(
                UpdateSandboxRequest.newBuilder()
                    .setSandboxId(made.getSandboxId())
                    .setMemoryMb(48)
                    .build())
            .getSandbox();
    assertEquals(48, smaller.getSpec().getMemoryMb());
    var unused =
        front
            .ada()
            .sandboxes()
            .stopSandbox(StopSandboxRequest.newBuilder().setSandboxId(made.getSandboxId()).build());
    front.awaits(made, SandboxState.SANDBOX_STATE_STOPPED);
    var alsoUnused =
        front
            .ada()
            .sandboxes()
            .startSandbox(
                StartSandboxRequest.newBuilder().setSandboxId(made.getSandboxId()).build());
    front.awaits(made, SandboxState.SANDBOX_STATE_RUNNING);
    assertEquals("first\n", front.shell(made, "cat /workspace/first; ls /tmp"));
    front.delete(made);
    List<Event> story = front.ada().everything(made.getSandboxId());
    assertEquals(
        2, story.stream().filter(event -> event.getLog().getLine().equals("started")).count());
    assertEquals(
        SandboxState.SANDBOX_STATE_DELETED, story.getLast().getSandbox().getState(), "the last");
  }

  @Test
  default void whatNeedsTooMuchMemorySaysSo() {
    Front front = front();
    Sandbox greedy =
        front.create(
            SandboxSpec.newBuilder()
                .addCommand("sh")
                .addCommand("-c")
                .addCommand("x=0123456789abcdef; while :; do x=$x$x; done")
                .setMemoryMb(32));
    Sandbox ended = front.awaits(greedy, SandboxState.SANDBOX_STATE_STOPPED);
    assertEquals(SandboxReason.SANDBOX_REASON_OUT_OF_MEMORY, ended.getReason(), ended + "");
    front.delete(greedy);
  }

  @Test
  default void ofTwentyWhoAskAtOnceAllGetTheSame() {
    Front front = front();
    Client eve = server().person("eve").client();
    List<Sandbox> all =
        Together.run(
            Collections.nCopies(
                20,
                () ->
                    eve.sandboxes()
                        .ensureSandbox(EnsureSandboxRequest.getDefaultInstance())
                        .getSandbox()));
    assertEquals(1, all.stream().map(Sandbox::getSandboxId).distinct().count());
  }

  @Test
  default void aSnapshotGivesBackEveryFileWithItsOwnerAndMode() {
    Front front = front();
    Sandbox first = front.running();
    front.shell(first, SOME_FILES);
    String before = front.shell(first, EVERYTHING);
    Snapshot snapshot = front.snapshot(first);
    assertEquals(SnapshotState.SNAPSHOT_STATE_READY, snapshot.getState(), snapshot + "");
    assertEquals(2, snapshot.getVolumesCount());
    assertTrue(snapshot.getVolumes(0).getBytes() > 3_000_000, snapshot + "");
    assertEquals("goes on\n", front.shell(first, "echo goes on"));

    // Put back where it stands.
    front.shell(first, "rm -r /workspace/a; echo other > /workspace/run; echo new > /data/new");
    assertEquals(first.getSandboxId(), restore(front, snapshot));
    Sandbox back = front.awaits(first, SandboxState.SANDBOX_STATE_RUNNING);
    assertEquals(SandboxReason.SANDBOX_REASON_RESTORED, back.getReason());
    assertEquals("", back.getSourceSnapshotId());
    assertEquals(before, front.shell(first, EVERYTHING));
    assertEquals("kept\n", front.shell(first, "ls /data"));

    // Put back where it is gone.
    front.delete(first);
    Sandbox again = named(restore(front, snapshot));
    assertNotEquals(first.getSandboxId(), again.getSandboxId());
    assertEquals(
        first.getName(), front.awaits(again, SandboxState.SANDBOX_STATE_RUNNING).getName());
    assertEquals(before, front.shell(again, EVERYTHING));

    // A new one beside it, of its own.
    Sandbox fork =
        front
            .ada()
            .snapshots()
            .forkSnapshot(
                ForkSnapshotRequest.newBuilder()
                    .setSnapshotId(snapshot.getSnapshotId())
                    .setName("fork-of-it")
                    .build())
            .getSandbox();
    front.awaits(fork, SandboxState.SANDBOX_STATE_RUNNING);
    assertEquals(before, front.shell(fork, EVERYTHING));
    front.shell(fork, "rm -r /workspace/a");
    assertEquals(before, front.shell(again, EVERYTHING));

    front.delete(snapshot);
    Refused.with(ErrorReason.ERROR_REASON_SNAPSHOT_NOT_FOUND, () -> front.get(snapshot));
    assertTrue(Files.notExists(files(snapshot)));
    front.delete(again);
    front.delete(fork);
  }

  private Path files(Snapshot snapshot) {
    return front().folder().resolve("snapshots").resolve(snapshot.getSnapshotId());
  }

  @Test
  default void nothingChangesWhileItIsCopied() {
    Front front = front();
    Sandbox busy = front.running();
    front.shell(
        busy,
        """
        cd /workspace
        head -c 40000000 /dev/zero > filler
        (while :; do echo >> first; echo >> second; done) >/dev/null 2>&1 &
        sleep 0.5
        """);
    Snapshot snapshot = front.snapshot(busy);
    assertEquals(SnapshotState.SNAPSHOT_STATE_READY, snapshot.getState(), snapshot + "");
    Sandbox back = named(restore(front, snapshot));
    front.awaits(back, SandboxState.SANDBOX_STATE_RUNNING);
    // The writer is held still between two lines at most.
    String[] both =
        front.shell(back, "cd /workspace; wc -l < first; wc -l < second").strip().split("\\s+");
    int apart = Integer.parseInt(both[0]) - Integer.parseInt(both[1]);
    assertTrue(apart == 0 || apart == 1, () -> String.join(" ", both));
    front.delete(snapshot);
    front.delete(back);
  }

  @Test
  default void aDamagedSnapshotIsNotPutBack() throws IOException {
    Front front = front();
    Sandbox first = front.running();
    front.shell(first, "echo some > /workspace/some");
    Snapshot snapshot = front.snapshot(first);
    Path file = files(snapshot).resolve("workspace.tar.gz");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Sandbox fork =
        front
            .ada()
            .snapshots()
            .forkSnapshot(
                ForkSnapshotRequest.newBuilder().setSnapshotId(snapshot.getSnapshotId()).build())
            .getSandbox();
    Sandbox failed = front.awaits(fork, SandboxState.SANDBOX_STATE_FAILED);
    assertEquals(SandboxReason.SANDBOX_REASON_SNAPSHOT_UNUSABLE, failed.getReason());
    assertTrue(failed.getMessage().contains("workspace"), failed.getMessage());
    // It does not start with half of its files, either.
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    var unused =
        front
            .ada()
            .sandboxes()
            .startSandbox(
                StartSandboxRequest.newBuilder().setSandboxId(fork.getSandboxId()).build());
    front.awaits(fork, SandboxState.SANDBOX_STATE_RUNNING);
    assertEquals("some\n", front.shell(fork, "cat /workspace/some"));
    front.delete(snapshot);
    front.delete(first);
    front.delete(fork);
  }

  @Test
  default void whatWasLeftHeldStillGoesOn() {
    Front front = front();
    Sandbox left = front.running();
    UUID id = UUID.fromString(left.getSandboxId());
    SandboxRuntime runtime =
        server().bean(Runtimes.class).named(front.get(left).getRuntime()).orElseThrow();
    runtime.pause(id);
    server().bean(SandboxCopies.class).look(id);
    Together.soon(
        "it goes on",
        Front.PATIENCE,
        () -> runtime.find(id).orElseThrow().phase() == FoundSandbox.Phase.RUNNING);
    front.delete(left);
  }

  @Test
  default void snapshotsAreTheirOwnersAndOfWhatIsThere() {
    Front front = front();
    Sandbox first = front.running();
    Snapshot snapshot = front.snapshot(first);
    CreateSnapshotRequest again =
        CreateSnapshotRequest.newBuilder()
            .setSandboxId(first.getSandboxId())
            .setRequestId("the-same-request")
            .build();
    List<String> ids =
        Together.run(
            Collections.nCopies(
                4,
                () -> front.ada().snapshots().createSnapshot(again).getSnapshot().getSnapshotId()));
    assertEquals(1, ids.stream().distinct().count(), "one request, one snapshot");
    assertEquals(
        List.of(ids.getFirst(), snapshot.getSnapshotId()),
        front
            .ada()
            .snapshots()
            .listSnapshots(
                ListSnapshotsRequest.newBuilder().setSandboxId(first.getSandboxId()).build())
            .getSnapshotsList()
            .stream()
            .map(Snapshot::getSnapshotId)
            .toList());

    Client stranger = server().person("mallory").client();
    GetSnapshotRequest get =
        GetSnapshotRequest.newBuilder().setSnapshotId(snapshot.getSnapshotId()).build();
    Refused.with(
        ErrorReason.ERROR_REASON_SNAPSHOT_NOT_FOUND, () -> stranger.snapshots().getSnapshot(get));
    Refused.with(
        ErrorReason.ERROR_REASON_SNAPSHOT_NOT_FOUND,
        () -> restore(new Front(stranger, front.folder()), snapshot));
    Refused.with(
        ErrorReason.ERROR_REASON_SANDBOX_NOT_FOUND,
        () -> stranger.snapshots().createSnapshot(again));
    assertTrue(
        stranger
            .snapshots()
            .listSnapshots(ListSnapshotsRequest.getDefaultInstance())
            .getSnapshotsList()
            .isEmpty());

    front.delete(first);
    Refused.with(
        ErrorReason.ERROR_REASON_SANDBOX_STATE_REFUSED,
        () ->
            front
                .ada()
                .snapshots()
                .createSnapshot(
                    CreateSnapshotRequest.newBuilder().setSandboxId(first.getSandboxId()).build()));
    assertFalse(front.get(snapshot).getVolumesList().isEmpty(), "it outlives its sandbox");
    Stream.of(ids.getFirst(), snapshot.getSnapshotId())
        .forEach(id -> {
          Together.soon(
              "it is ready",
              Front.PATIENCE,
              () ->
                  front.get(Snapshot.newBuilder().setSnapshotId(id).build()).getState()
                      != SnapshotState.SNAPSHOT_STATE_CREATING);
          front.delete(Snapshot.newBuilder().setSnapshotId(id).build());
        });
  }

  @Test
  default void anAccountHasSoManySnapshotsAndNotMore() {
    Front front = front();
    Sandbox first = front.running();
    List<Snapshot> all = IntStream.range(0, 3).mapToObj(i -> front.snapshot(first)).toList();
    Refused refused =
        Refused.with(ErrorReason.ERROR_REASON_TOO_MANY_SNAPSHOTS, () -> front.snapshot(first));
    assertEquals("3", refused.metadata("limit"));
    all.forEach(front::delete);
    front.delete(first);
  }

  @Test
  default void aSnapshotHoldsSoMuchAndNotMore() {
    Front front = front();
    Sandbox first = front.running();
    front.shell(first, "head -c 90000000 /dev/zero > /workspace/zeros");
    Snapshot failed = front.snapshot(first);
    assertEquals(SnapshotState.SNAPSHOT_STATE_FAILED, failed.getState());
    assertTrue(failed.getMessage().contains("64 MiB"), failed.getMessage());
    assertTrue(Files.notExists(files(failed)), "nothing is left of it");
    Refused refused =
        Refused.with(ErrorReason.ERROR_REASON_SNAPSHOT_NOT_READY, () -> restore(front, failed));
    assertEquals("failed", refused.metadata("state"));
    assertEquals("goes on\n", front.shell(first, "echo goes on"));
    front.delete(failed);
    front.delete(first);
  }
}
