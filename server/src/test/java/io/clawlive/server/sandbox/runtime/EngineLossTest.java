package io.clawlive.server.sandbox.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.server.sandbox.runtime.FoundSandbox.Phase;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import io.clawlive.server.sandbox.runtime.docker.DockerRuntime;
import io.clawlive.server.sandbox.runtime.docker.DockerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An engine that dies under its sandboxes, and one that never was. */
final class EngineLossTest {

  @Test
  void anEngineThatIsNotThereIsToldAtOnce() {
    DockerSettings nowhere =
        new DockerSettings(
            java.net.URI.create("unix:///nowhere/docker.sock"),
            "test",
            8,
            Duration.ofSeconds(20),
            List.of());
    try (DockerRuntime runtime = new DockerRuntime(nowhere)) {
      long before = System.nanoTime();
      assertEquals(Kind.UNAVAILABLE, assertThrows(RuntimeRefusal.class, runtime::list).kind());
      RuntimeReport report = runtime.report();
      assertTrue(!report.usable() && !report.message().isEmpty());
      assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 3);
    }
  }

  @Test
  void anEngineThatIsKilledIsMissedAndComesBack() throws Exception {
    if (!Files.isExecutable(Path.of("/usr/sbin/dockerd"))
        || !"root".equals(System.getProperty("user.name"))
        || !TestImage.possible()) {
      NotRun.because("EngineLossTest", "it needs root, dockerd and busybox-static");
    }
    // Short: sockets of the engine stand below it, and their names may not be long.
    Path folder = Files.createTempDirectory(Path.of("/tmp"), "own");
    try (OwnEngine engine = OwnEngine.start(folder)) {
      DockerSettings settings =
          new DockerSettings(engine.host(), "loss", 8, Duration.ofSeconds(20), List.of());
      try (DockerRuntime runtime = new DockerRuntime(settings)) {
        if (!runtime.report().usable()) {
          NotRun.because("EngineLossTest", "a second engine does not start here");
        }
        lose(engine, runtime);
      }
    } finally {
      OwnEngine.remove(folder);
    }
  }

  private static void lose(OwnEngine engine, DockerRuntime runtime) throws Exception {
    CountDownLatch back = new CountDownLatch(1);
    UUID sandbox = UUID.randomUUID();
    try (DockerClient client = TestImage.client(engine.host());
        AutoCloseable listening =
            runtime.listen(
                new RuntimeListener() {
                  @Override
                  public void ended(FoundSandbox found) {}

                  @Override
                  public void back() {
                    back.countDown();
                  }
                })) {
      assertTrue(listening != null);
      TestImage.build(client);
      SandboxSpec spec =
          SandboxSpec.newBuilder()
              .setImage(TestImage.NAME)
              .setMemoryMb(64)
              .setCpus(1)
              .setPids(32)
              .build();
      runtime.create(new SandboxPlan(sandbox, spec, 0));
      Collected output = new Collected();
      runtime.start(sandbox, SandboxSecrets.NONE, output);
      Collected program = new Collected();
      runtime.exec(sandbox, new ExecPlan(List.of("cat"), Map.of(), "", 0, null), program);
      engine.kill();
      long before = System.nanoTime();
      output.await(5);
      assertThrows(RuntimeException.class, () -> program.await(5));
      for (Runnable call :
          List.<Runnable>of(
              runtime::list,
              () -> runtime.find(sandbox),
              () -> runtime.start(sandbox, SandboxSecrets.NONE, new Collected()),
              () -> runtime.stop(sandbox, Duration.ofSeconds(1)),
              () -> runtime.remove(sandbox),
              () -> runtime.stats(sandbox))) {
        assertEquals(Kind.UNAVAILABLE, assertThrows(RuntimeRefusal.class, call::run).kind());
      }
      assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 5);
      engine.startAgain();
      assertTrue(back.await(60, TimeUnit.SECONDS), "nobody was told that it is back");
      // It kills what ran under the one before.
      RuntimeCases.eventually(
          () -> runtime.find(sandbox).orElseThrow(), found -> found.phase() == Phase.ENDED);
      assertEquals(List.of(sandbox), runtime.list().stream().map(FoundSandbox::sandbox).toList());
      runtime.start(sandbox, SandboxSecrets.NONE, new Collected());
      assertEquals(Phase.RUNNING, runtime.find(sandbox).orElseThrow().phase());
      runtime.remove(sandbox);
      assertTrue(runtime.list().isEmpty());
    }
  }
}
