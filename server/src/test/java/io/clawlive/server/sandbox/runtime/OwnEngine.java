package io.clawlive.server.sandbox.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An engine beside the machine's own, which a test may kill. It lives in a network namespace of its
 * own, because an engine takes the bridges and rules of its machine for its own.
 */
final class OwnEngine implements AutoCloseable {
  private final Path folder;
  private final Process containers;
  private Process process;

  private OwnEngine(Path folder, Process containers, Process process) {
    this.folder = folder;
    this.containers = containers;
    this.process = process;
  }

  static OwnEngine start(Path folder) throws IOException, InterruptedException {
    // Apart from the engine, so that it and what it runs survive the engine's death.
    Process containers =
        launch(
            folder,
            "containerd",
            "--root",
            folder + "/cd",
            "--state",
            folder + "/cs",
            "--address",
            folder + "/c.sock");
    await(containers, folder.resolve("c.sock"));
    OwnEngine engine = new OwnEngine(folder, containers, dockerd(folder));
    engine.awaitSocket();
    return engine;
  }

  private static Process dockerd(Path folder) throws IOException {
    return launch(
        folder,
        "unshare",
        "--net",
        "dockerd",
        "--data-root",
        folder + "/data",
        "--exec-root",
        folder + "/exec",
        "--pidfile",
        folder + "/pid",
        "-H",
        "unix://" + folder + "/docker.sock",
        "--containerd",
        folder + "/c.sock",
        "--bridge=none",
        "--iptables=false",
        "--ip-forward=false",
        "--ip-masq=false");
  }

  private static Process launch(Path folder, String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private static void await(Process process, Path socket) throws InterruptedException {
    for (int i = 0; i < 400 && process.isAlive() && !Files.exists(socket); i++) {
      Thread.sleep(50);
    }
  }

  private void awaitSocket() throws InterruptedException {
    await(process, socket());
  }

  private Path socket() {
    return folder.resolve("docker.sock");
  }

  URI host() {
    return URI.create("unix://" + socket());
  }

  /** As a machine that loses its memory would. */
  void kill() throws InterruptedException, IOException {
    process.destroyForcibly().waitFor();
    Files.deleteIfExists(socket());
  }

  void startAgain() throws IOException, InterruptedException {
    Files.deleteIfExists(folder.resolve("pid"));
    process = dockerd(folder);
    awaitSocket();
  }

  /** What it has mounted goes with it, but not always at once. */
  static void remove(Path folder) throws IOException, InterruptedException {
    for (int i = 0; i < 20 && Files.exists(folder); i++) {
      new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      Thread.sleep(50);
    }
  }

  @Override
  public void close() {
    for (Process each : List.of(process, containers)) {
      each.destroy();
      try {
        if (!each.waitFor(20, TimeUnit.SECONDS)) {
          each.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        each.destroyForcibly();
      }
    }
  }
}
