package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Secrets go in and do not come out, against a real server in a process of its own. */
@Timeout(120)
class SecretsEndToEndTest {
  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home);
    cli = new Cli(home);
    cli.run("agent", "register", "secretive").ok();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aSecretIsSetListedAndRemoved() {
    assertEquals(
        "Kept API_KEY, an environment variable.\n",
        cli.runWith("canary-1\n", "secret", "set", "API_KEY", "--agent", "secretive").ok().out());
    Result file =
        cli.runWith(
                "canary-2",
                "secret",
                "set",
                "PEM",
                "--agent",
                "secretive",
                "--file",
                "id.pem",
                "-o",
                "json")
            .ok();
    assertEquals("id.pem", file.field("file_name"));
    assertEquals("file", file.field("delivery"));
    assertTrue(
        cli.runWith("canary-3", "secret", "set", "BARE", "--agent", "secretive", "--file")
            .ok()
            .out()
            .contains("/run/secrets/BARE"));
    Result listed = cli.run("secret", "list", "--agent", "secretive").ok();
    assertTrue(listed.out().contains("API_KEY"), listed.out());
    for (Result result : new Result[] {file, listed}) {
      assertFalse((result.out() + result.err()).contains("canary"), result::out);
    }
    assertEquals("[]\n", cli.run("secret", "list", "-o", "json").ok().out(), "another scope");
    assertEquals(
        "Removed PEM.\n", cli.run("secret", "rm", "PEM", "--agent", "secretive").ok().out());
    assertEquals(
        "There was no PEM.\n", cli.run("secret", "rm", "PEM", "--agent", "secretive").ok().out());
  }

  @Test
  void whatIsNoValueOrNoNameIsRefused() {
    assertEquals(2, cli.runWith("", "secret", "set", "EMPTY").code());
    assertEquals(2, cli.runWith("x".repeat(65_537), "secret", "set", "LONG").code());
    assertEquals(2, cli.runWith("x", "secret", "set", "lower").code());
    assertEquals(2, cli.runWith("x", "secret", "set", "BOTH", "--env", "--file").code());
    Result argument = cli.runWith("x", "secret", "set", "NAME", "value");
    assertEquals(2, argument.code(), "the value is no argument");
    assertEquals(2, cli.runWith("a\0b", "secret", "set", "BINARY").code());
    assertEquals(3, cli.runWith("x", "secret", "set", "A", "--agent", "nobody-here").code());
  }

  @Test
  void theKeysAreRotatedWhileTheServerRuns() {
    Result rotated = cli.run("admin", "rotate-secret-keys").ok();
    assertTrue(rotated.out().contains("2 keys in all"), rotated.out());
    Result tooSoon = cli.run("admin", "rotate-secret-keys", "--step", "drop-old");
    assertEquals(1, tooSoon.code(), tooSoon.err());
    assertTrue(tooSoon.err().contains("[SEALING_KEY_USED]"), tooSoon.err());
    assertTrue(
        cli.run("admin", "rotate-secret-keys", "--step", "show", "-o", "json")
            .ok()
            .out()
            .contains("\"primary\":true"));
  }
}
