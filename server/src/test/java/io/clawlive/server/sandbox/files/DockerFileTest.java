package io.clawlive.server.sandbox.files;

import io.clawlive.server.sandbox.runtime.NotRun;
import io.clawlive.server.sandbox.runtime.TestImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files in containers, with the tools of busybox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerFileTest implements FileCases {
  private Scene scene;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException, InterruptedException {
    if (!TestImage.possible()) {
      NotRun.because("DockerFileTest", "there is no busybox-static to make an image of");
    }
    scene = Scene.open("docker", folder, TestImage.NAME, "DockerFileTest");
  }

  @AfterAll
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  @Override
  public Scene scene() {
    return scene;
  }
}
