package io.clawlive.server.sandbox.runtime;

import com.github.dockerjava.api.DockerClient;
import io.clawlive.server.sandbox.runtime.docker.DockerRuntime;
import io.clawlive.server.sandbox.runtime.docker.DockerSettings;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Sandboxes as containers of a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerRuntimeTest implements RuntimeCases {
  private final List<UUID> made = new CopyOnWriteArrayList<>();
  private final String installation = "test-" + UUID.randomUUID();
  private DockerRuntime runtime;
  private DockerClient client;

  @BeforeAll
  void open() throws IOException, InterruptedException {
    DockerRuntime opened = new DockerRuntime(DockerSettings.local(installation));
    runtime = opened;
    RuntimeReport report = opened.report();
    if (!report.usable()) {
      NotRun.because("DockerRuntimeTest", report.message());
    }
    if (!TestImage.possible()) {
      NotRun.because("DockerRuntimeTest", "there is no busybox-static to make an image of");
    }
    client = TestImage.client();
    if (System.getenv("NOBUILD") == null) TestImage.build(client);
  }

  @AfterEach
  void remove() {
    made.forEach(runtime::remove);
    made.clear();
  }

  @AfterAll
  void close() {
    runtime.close();
  }

  @Override
  public SandboxRuntime runtime() {
    return runtime;
  }

  @Override
  public String image() {
    return TestImage.NAME;
  }

  @Override
  public List<UUID> made() {
    return made;
  }

  @Override
  public String netcat() {
    return "nc";
  }
}
