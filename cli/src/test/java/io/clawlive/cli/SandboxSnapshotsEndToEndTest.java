package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of sandboxes that are processes of this machine, against a real server. */
@Timeout(180)
class SandboxSnapshotsEndToEndTest {
  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home, Map.of("CLAWLIVE_SANDBOX_RUNTIME", "process"));
    cli = new Cli(home);
    Result runtime = cli.run("sandbox", "runtime", "-o", "json").ok();
    if (!runtime.out().contains("\"active\":\"process\"")) {
      System.err.println("NOT RUN: SandboxSnapshotsEndToEndTest: " + runtime.out());
      Assumptions.abort("NOT RUN: no runtime of processes here: " + runtime.out());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String sh(String sandbox, String script) {
    return cli.run("sandbox", "exec", sandbox, "sh", "-c", script).ok().out();
  }

  @Test
  void aSandboxIsKeptPutBackForkedAndOutlived() {
    cli.run("sandbox", "create", "--name", "first").ok();
    sh("first", "mkdir -p a/b; echo one > a/b/file; chmod 640 a/b/file");
    Result made = cli.run("sandbox", "snapshot", "first", "before").ok();
    String id = made.lines().getFirst();
    assertEquals(1, made.lines().size(), made.out());
    Result listed = cli.run("sandbox", "snapshots", "first").ok();
    assertTrue(listed.out().contains("before") && listed.out().contains("ready"), listed.out());
    assertEquals("[]\n", cli.run("sandbox", "snapshots", "other", "-o", "json").ok().out());

    sh("first", "echo two > a/b/file; echo more > more");
    assertEquals(2, cli.run("sandbox", "restore", "before").code(), "nobody can be asked");
    cli.run("sandbox", "restore", "before", "--yes").ok();
    assertEquals("one\n640\n", sh("first", "cat a/b/file; stat -c %a a/b/file; cat more || true"));

    String fork = cli.run("sandbox", "fork", id, "--name", "second").ok().lines().getFirst();
    sh("second", "echo fork > a/b/file");
    assertEquals("fork\n", sh(fork, "cat a/b/file"));
    assertEquals("one\n", sh("first", "cat a/b/file"));

    cli.run("sandbox", "rm", "first", "--yes").ok();
    cli.run("sandbox", "restore", id, "--yes").ok();
    assertEquals("one\n", sh("first", "cat a/b/file"));

    assertEquals(2, cli.run("sandbox", "snapshot-rm", "before").code(), "nobody can be asked");
    cli.run("sandbox", "snapshot-rm", "before", "--yes").ok();
    assertEquals(3, cli.run("sandbox", "fork", "before").code());
    assertEquals(3, cli.run("sandbox", "restore", id, "--yes").code());
    assertEquals("fork\n", sh("second", "cat a/b/file"));
  }

  @Test
  void whatIsNoSnapshotIsSaid() {
    assertEquals(3, cli.run("sandbox", "snapshot", "nobox").code());
    assertEquals(3, cli.run("sandbox", "restore", "none", "--yes").code());
    assertEquals(3, cli.run("sandbox", "snapshot-rm", "none", "--yes").code());
    cli.run("sandbox", "create", "--name", "many", "--stopped").ok();
    cli.run("sandbox", "snapshot", "many", "twice").ok();
    cli.run("sandbox", "snapshot", "many", "twice").ok();
    Result many = cli.run("sandbox", "fork", "twice");
    assertEquals(2, many.code());
    assertTrue(many.err().contains("2 snapshots are called 'twice'"), many.err());
  }
}
