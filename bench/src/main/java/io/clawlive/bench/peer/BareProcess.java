package io.clawlive.bench.peer;

import io.clawlive.bench.target.JvmProcess;
import io.clawlive.bench.target.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The bare server as a process. Closing it ends it. */
public final class BareProcess implements AutoCloseable {
  private final Process process;
  private final String address;

  private BareProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one on this program's own class path and Java; what it complains of goes to a file. */
  public static BareProcess start(Path log) throws IOException {
    int port = Ports.free();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                Integer.toString(port))
            .redirectError(log.toFile())
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(out.readLine())) {
      process.destroyForcibly();
      throw new IOException("the bare gRPC server did not start; see " + log);
    }
    return new BareProcess(process, "127.0.0.1:" + port);
  }

  /** Where it takes calls. */
  public String address() {
    return address;
  }

  /** Its process. */
  public JvmProcess jvm() {
    return JvmProcess.of(process);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
