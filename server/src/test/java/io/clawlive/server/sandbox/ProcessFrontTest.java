package io.clawlive.server.sandbox;

import io.clawlive.server.sandbox.runtime.NotRun;
import io.clawlive.server.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes without an engine. */
final class ProcessFrontTest implements FrontCases {
  @TempDir private static Path folder;
  @AutoClose private static TestServer server;
  private static Front front;

  @BeforeAll
  static void open() {
    server =
        TestServer.start(
            "clawlive.sandbox.runtime=process",
            "clawlive.sandbox.folder=" + folder,
            "clawlive.sandbox.snapshots.per-account=3",
            "clawlive.sandbox.snapshots.most-mb=64");
    if (server.bean(Runtimes.class).active().isEmpty()) {
      NotRun.because("ProcessFrontTest", "bubblewrap does not run here");
    }
    front = new Front(server.person("ada").client(), folder);
  }

  @Override
  public TestServer server() {
    return server;
  }

  @Override
  public Front front() {
    return front;
  }
}
