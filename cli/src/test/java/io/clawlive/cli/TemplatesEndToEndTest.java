package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Templates in the server's own folder, against a real server in a process of its own. */
@Timeout(120)
class TemplatesEndToEndTest {
  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;

  @BeforeAll
  static void serve() throws IOException {
    Path folder = Files.createDirectories(home.resolve("templates"));
    for (String file : new String[] {"templates.yaml", "providers.yaml"}) {
      Files.copy(Path.of("../docs/examples/templates", file), folder.resolve(file));
    }
    server = ServerProcess.start(home);
    cli = new Cli(home);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theExamplesLoadAreShownAndAMistakeIsNamed() throws IOException {
    Result reloaded = cli.run("template", "reload").ok();
    assertTrue(reloaded.out().endsWith("providers.\n"), reloaded.out());
    Result listed = cli.run("template", "list").ok();
    assertTrue(listed.out().contains("reviewer"), listed.out());
    assertTrue(listed.out().contains("built-in"), listed.out());
    Result shown = cli.run("template", "show", "reviewer", "-o", "json").ok();
    assertEquals("coding-assistant", shown.field("extends"));
    assertEquals("open", shown.field("network"));
    assertTrue(cli.run("template", "show", "reviewer").ok().out().contains("memory_mb"));
    assertEquals(3, cli.run("template", "show", "nothing").code());

    Path file = home.resolve("templates/templates.yaml");
    Files.writeString(file, "templates:\n  reviewer: {memory: 1}\n");
    Result wrong = cli.run("template", "reload");
    assertEquals(1, wrong.code());
    assertTrue(
        wrong.err().contains("templates.yaml:2:14 there is no field 'memory' here"), wrong.err());
    cli.run("template", "show", "reviewer").ok();
  }
}
