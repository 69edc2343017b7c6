package io.clawlive.server.sandbox.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An engine beside the machine's own, which a test may kill. */
final class OwnEngine implements AutoCloseable {
  private final Path folder;
  private Process process;

  private OwnEngine(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  static OwnEngine start(Path folder) throws IOException, InterruptedException {
    OwnEngine engine = new OwnEngine(folder, launch(folder));
    engine.awaitSocket();
    return engine;
  }

  private static Process launch(Path folder) throws IOException {
    return new ProcessBuilder(
            "dockerd", "--data-root", folder + "/data", "--exec-root", folder + "/exec",
            "--pidfile", folder + "/pid", "-H", "unix://" + folder + "/docker.sock",
            "--bridge=none", "--iptables=false", "--ip-forward=false", "--ip-masq=false")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private void awaitSocket() throws InterruptedException {
    for (int i = 0; i < 400 && process.isAlive() && !Files.exists(socket()); i++) {
      Thread.sleep(50);
    }
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
    process = launch(folder);
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
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
