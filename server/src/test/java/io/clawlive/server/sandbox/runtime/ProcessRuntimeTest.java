package io.clawlive.server.sandbox.runtime;

import io.clawlive.server.sandbox.runtime.process.ProcessRuntime;
import io.clawlive.server.sandbox.runtime.process.ProcessSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes as processes in namespaces of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProcessRuntimeTest implements RuntimeCases {
  private final List<UUID> made = new CopyOnWriteArrayList<>();
  private ProcessRuntime runtime;

  @BeforeAll
  void open(@TempDir Path folder) {
    ProcessRuntime opened = new ProcessRuntime(new ProcessSettings(folder.resolve("sandboxes")));
    runtime = opened;
    RuntimeReport report = opened.report();
    if (!report.usable()) {
      NotRun.because("ProcessRuntimeTest", report.message());
    }
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
    return "";
  }

  @Override
  public List<UUID> made() {
    return made;
  }

  @Override
  public String netcat() {
    return "bash -c 'cat >/dev/tcp/$0/$1'";
  }
}
