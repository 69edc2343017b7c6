package io.clawlive.server.sandbox.files;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files in sandboxes that are processes, with the GNU tools of the machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FileTest implements FileCases {
  private Scene scene;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException, InterruptedException {
    scene = Scene.open("process", folder, "", "FileTest");
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
