package io.clawlive.server.sandbox;

import com.github.dockerjava.api.DockerClient;
import io.clawlive.server.sandbox.runtime.NotRun;
import io.clawlive.server.sandbox.runtime.TestImage;
import io.clawlive.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes as containers of a real engine. */
final class DockerFrontTest implements FrontCases {
  @TempDir private static Path folder;
  @AutoClose private static TestServer server;
  private static Front front;

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    server =
        TestServer.start(
            "clawlive.sandbox.runtime=docker",
            "clawlive.sandbox.folder=" + folder,
            "clawlive.sandbox.default-image=" + TestImage.NAME,
            "clawlive.sandbox.snapshots.per-account=3",
            "clawlive.sandbox.snapshots.most-mb=64");
    if (server.bean(Runtimes.class).active().isEmpty()) {
      NotRun.because("DockerFrontTest", "no engine answers");
    }
    if (!TestImage.possible()) {
      NotRun.because("DockerFrontTest", "there is no busybox-static to make an image of");
    }
    try (DockerClient client = TestImage.client()) {
      TestImage.build(client);
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
