package io.clawlive.server.platform.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A server in a process of its own, so that it can be killed. */
final class ServerProgram {
  private ServerProgram() {}

  /** Says {@code ready} once PostgreSQL runs, then waits to be killed. */
  public static void main(String[] args) throws Exception {
    EmbeddedPostgres postgres = Postgres.start(Path.of(args[0]));
    Postgres.execute(postgres, "CREATE TABLE IF NOT EXISTS kept (line text)");
    Postgres.execute(postgres, "INSERT INTO kept VALUES ('before the kill')");
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  static Process startAndAwait(Path data) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProgram.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("ready")) {
        return process;
      }
    }
    throw new IOException("the server ended before it was ready");
  }
}
