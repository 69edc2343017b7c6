package io.clawlive.server.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.CreateSnapshotRequest;
import io.clawlive.sandbox.v1.DeleteSandboxRequest;
import io.clawlive.sandbox.v1.GetRuntimeStatusRequest;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.SnapshotState;
import io.clawlive.sandbox.v1.StopSandboxRequest;
import io.clawlive.server.sandbox.runtime.NotRun;
import io.clawlive.server.sandbox.runtime.TestImage;
import io.clawlive.server.testing.Together;
import io.clawlive.streams.v1.SandboxState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is killed in the middle of things finds its sandboxes again, all and no more. */
@Timeout(300)
final class KilledServerTest {
  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(strings = {"docker", "process"})
  void whatItWasAtIsDoneAfterwards(String runtime) throws Exception {
    if (runtime.equals("docker")) {
      prepareImage();
    }
    List<String> settings =
        List.of(
            "clawlive.sandbox.runtime=" + runtime,
            "clawlive.sandbox.default-image=" + TestImage.NAME);
    try (KilledServer server = KilledServer.start(home, settings)) {
      boolean usable =
          server
              .admin()
              .runtime()
              .getRuntimeStatus(GetRuntimeStatusRequest.getDefaultInstance())
              .getRuntimesList()
              .stream()
              .anyMatch(each -> each.getName().equals(runtime) && each.getUsable());
      if (!usable) {
        NotRun.because("KilledServerTest", "the runtime " + runtime + " does not run here");
      }
      whileCreating(server, runtime);
      whileStoppingAndDeleting(server);
      whileCopying(server);
    }
    assertEquals(0, runtime.equals("docker") ? containers() : 0, "nothing is left");
  }

  private static void prepareImage() throws IOException, InterruptedException {
    if (!TestImage.possible()) {
      NotRun.because("KilledServerTest", "there is no busybox-static to make an image of");
    }
    try (DockerClient client = TestImage.client()) {
      client.pingCmd().exec();
      TestImage.build(client);
    } catch (RuntimeException e) {
      NotRun.because("KilledServerTest", "no engine answers");
    }
  }

  private void whileCreating(KilledServer server, String runtime) throws Exception {
    Front before = front(server);
    List<Sandbox> made =
        IntStream.range(0, 6)
            .mapToObj(i -> before.create(SandboxSpec.newBuilder().setMemoryMb(32)))
            .toList();
    server.killAndStartAgain();
    Front after = front(server);
    made.forEach(sandbox -> after.awaits(sandbox, SandboxState.SANDBOX_STATE_RUNNING));
    made.forEach(sandbox -> assertEquals("well\n", after.shell(sandbox, "echo well")));
    if (runtime.equals("docker")) {
      assertEquals(6, containers(), "one each");
    }
    made.forEach(after::delete);
  }

  private void whileStoppingAndDeleting(KilledServer server) throws Exception {
    Front before = front(server);
    SandboxSpec.Builder stubborn =
        SandboxSpec.newBuilder()
            .addCommand("sh")
            .addCommand("-c")
            .addCommand("trap '' TERM; while :; do sleep 1; done")
            .setStopGrace(com.google.protobuf.Duration.newBuilder().setSeconds(3));
    Sandbox stops = before.awaits(before.create(stubborn), SandboxState.SANDBOX_STATE_RUNNING);
    Sandbox goes = before.running();
    var unused =
        before
            .ada()
            .sandboxes()
            .stopSandbox(
                StopSandboxRequest.newBuilder().setSandboxId(stops.getSandboxId()).build());
    var alsoUnused =
        before
            .ada()
            .sandboxes()
            .deleteSandbox(
                DeleteSandboxRequest.newBuilder().setSandboxId(goes.getSandboxId()).build());
    server.killAndStartAgain();
    Front after = front(server);
    after.awaits(stops, SandboxState.SANDBOX_STATE_STOPPED);
    after.awaits(goes, SandboxState.SANDBOX_STATE_DELETED);
    after.delete(stops);
  }

  private void whileCopying(KilledServer server) throws Exception {
    Front before = front(server);
    Sandbox large =
        before.awaits(
            before
                .ada()
                .sandboxes()
                .createSandbox(
                    CreateSandboxRequest.newBuilder()
                        .setSpec(SandboxSpec.newBuilder().setMemoryMb(256))
                        .build())
                .getSandbox(),
            SandboxState.SANDBOX_STATE_RUNNING);
    before.shell(large, "echo kept > kept; head -c 400000000 /dev/urandom > large");
    Snapshot begun =
        before
            .ada()
            .snapshots()
            .createSnapshot(
                CreateSnapshotRequest.newBuilder().setSandboxId(large.getSandboxId()).build())
            .getSnapshot();
    Together.soon(
        "it is being copied", Front.PATIENCE, () -> before.get(begun).getVolumesCount() > 0);
    assertEquals(SnapshotState.SNAPSHOT_STATE_CREATING, before.get(begun).getState());
    server.killAndStartAgain();
    Front after = front(server);
    Together.soon(
        "it is given up",
        Front.PATIENCE,
        () -> after.get(begun).getState() == SnapshotState.SNAPSHOT_STATE_FAILED);
    Together.soon(
        "nothing is left of it",
        Front.PATIENCE,
        () -> Files.notExists(after.folder().resolve("snapshots").resolve(begun.getSnapshotId())));
    after.awaits(large, SandboxState.SANDBOX_STATE_RUNNING);
    // It goes on, and is not held still.
    assertEquals("kept\n", after.shell(large, "rm large; cat kept"));
    Snapshot second = after.snapshot(large);
    assertEquals(SnapshotState.SNAPSHOT_STATE_READY, second.getState(), second + "");
    after.delete(second);
    after.delete(begun);
    after.delete(large);
  }

  private static Front front(KilledServer server) throws IOException {
    return new Front(server.admin(), server.sandboxes());
  }

  /** What the engine has of this installation. */
  private int containers() throws IOException {
    String installation = Files.readString(home.resolve("sandboxes/installation")).strip();
    try (DockerClient client = TestImage.client()) {
      List<?> all =
          client
              .listContainersCmd()
              .withShowAll(true)
              .withLabelFilter(Map.of("clawlive.server", installation))
              .exec();
      assertTrue(all != null);
      return all.size();
    }
  }
}
