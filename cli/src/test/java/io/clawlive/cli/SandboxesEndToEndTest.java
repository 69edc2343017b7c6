package io.clawlive.cli;

import static io.clawlive.cli.RoomsEndToEndTest.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Live;
import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes that are processes of this machine, against a real server in a process of its own. */
@Timeout(180)
class SandboxesEndToEndTest {
  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home, Map.of("CLAWLIVE_SANDBOX_RUNTIME", "process"));
    cli = new Cli(home);
    Result runtime = cli.run("sandbox", "runtime", "-o", "json").ok();
    if (!runtime.out().contains("\"active\":\"process\"")) {
      System.err.println("NOT RUN: SandboxesEndToEndTest: " + runtime.out());
      Assumptions.abort("NOT RUN: no runtime of processes here: " + runtime.out());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aSandboxIsMadeFoundChangedStoppedStartedAndRemoved() throws IOException {
    Path env = Files.writeString(home.resolve("env"), "# of the build\n\nGREETING=from a file\n");
    Result made =
        cli.run(
            "sandbox",
            "create",
            "--name",
            "life",
            "--memory",
            "64M",
            "--pids",
            "64",
            "--lease",
            "1h",
            "--env-file",
            env.toString(),
            "--env",
            "NAME=x=y",
            "--",
            "sh",
            "-c",
            "echo \"$GREETING $NAME\"; echo oops >&2; sleep 600");
    String id = made.ok().lines().getFirst();
    assertTrue(id.matches("[0-9a-f-]{36}"), made.out());
    assertEquals(1, made.lines().size(), "its id and nothing else: " + made.out());
    assertTrue(made.err().contains("is running"), made.err());

    Result shown = cli.run("sandbox", "show", "life", "-o", "json").ok();
    assertEquals("running", shown.field("state"));
    assertEquals(id, shown.field("sandbox_id"));
    assertTrue(shown.out().contains("\"memory_mb\":64"), shown.out());
    assertTrue(cli.run("sandbox", "show", id).ok().out().contains("GREETING NAME"));
    assertTrue(cli.run("sandbox", "list", "--state", "running").ok().out().contains("life"));
    assertTrue(cli.run("sandbox", "list", "--everybody").ok().out().contains(id));
    assertFalse(cli.run("sandbox", "list", "--state", "failed").ok().out().contains(id));

    await(() -> cli.run("sandbox", "logs", "life").ok().lines().size() == 2);
    assertTrue(cli.run("sandbox", "logs", id).ok().lines().contains("from a file x=y"));
    assertEquals("oops\n", cli.run("sandbox", "logs", id, "--stderr").ok().out());
    Result events = cli.run("sandbox", "watch", id, "--no-follow", "-o", "json").ok();
    assertTrue(events.lines().getFirst().startsWith("{\"sandbox_id\":\"" + id), events.out());
    assertTrue(
        cli.run("sandbox", "watch", id, "--no-follow", "--type", "sandbox")
            .ok()
            .out()
            .contains("running"));

    assertTrue(cli.run("sandbox", "extend", "life", "2h").ok().out().contains("lives until"));
    assertTrue(cli.run("sandbox", "limits", "life").ok().out().contains("memory 64M"));

    Result taken = cli.run("sandbox", "create", "--name", "life");
    assertEquals(1, taken.code(), taken.err());
    assertTrue(taken.err().contains("[SANDBOX_NAME_TAKEN]"), taken.err());

    assertEquals("stopped", cli.run("sandbox", "stop", "life", "-o", "json").ok().field("state"));
    assertTrue(cli.run("sandbox", "logs", "life", "-f").ok().out().contains("oops"), "it is over");
    assertEquals("running", cli.run("sandbox", "start", "life", "-o", "json").ok().field("state"));

    assertEquals(2, cli.run("sandbox", "rm", "life").code(), "nobody can be asked");
    cli.run("sandbox", "rm", "life", "--yes").ok();
    assertEquals(3, cli.run("sandbox", "show", "life").code());
  }

  @Test
  void howAProgramEndedIsTold() {
    Result made = cli.run("sandbox", "create", "-o", "json", "--", "sh", "-c", "sleep 1; exit 3");
    String id = made.field("sandbox_id");
    await(() -> cli.run("sandbox", "show", id, "-o", "json").field("state").equals("stopped"));
    assertTrue(cli.run("sandbox", "show", id).ok().out().contains("exit code 3"));
    assertTrue(cli.run("sandbox", "list").ok().out().contains("exit code 3"));
    cli.run("sandbox", "create", "--", "true").ok();
  }

  @Test
  void followingEndsWithTheSandbox() throws Exception {
    String id =
        cli.run("sandbox", "create", "--", "sh", "-c", "while sleep 0.1; do echo tick; done")
            .ok()
            .lines()
            .getFirst();
    Live logs = cli.begin("sandbox", "logs", "-f", id);
    Live watch = cli.begin("sandbox", "watch", id);
    await(() -> logs.out().contains("tick"));
    cli.run("sandbox", "stop", id).ok();
    assertEquals(0, logs.result().get(30, TimeUnit.SECONDS).code());
    assertFalse(watch.result().isDone(), "it can be started again");
    cli.run("sandbox", "rm", id, "--yes").ok();
    Result over = watch.result().get(30, TimeUnit.SECONDS);
    assertTrue(over.err().contains("The sandbox is removed."), over.err());
  }

  @Test
  void oneThatIsMadeStoppedWaitsAndSaysWhatItCannot() {
    String id = cli.run("sandbox", "create", "--stopped").ok().lines().getFirst();
    assertEquals("stopped", cli.run("sandbox", "show", id, "-o", "json").ok().field("state"));
    Result stats = cli.run("sandbox", "stats", id, "--once");
    assertEquals(1, stats.code(), stats.err());
    assertTrue(stats.err().contains("[SANDBOX_STATE_REFUSED]"), stats.err());
    Result open = cli.run("sandbox", "create", "--network", "open");
    assertEquals(1, open.code(), open.err());
    assertTrue(open.err().contains("[RUNTIME_CANNOT]"), open.err());
    cli.run("sandbox", "rm", id, "--yes").ok();
  }

  @Test
  void doctorTellsWhatRunsThem() {
    String checks = cli.run("doctor").ok().out();
    assertTrue(checks.contains("runtime process"), checks);
    assertTrue(checks.contains("process runs them"), checks);
    assertTrue(cli.run("sandbox", "runtime").ok().out().contains("sandboxes: "));
  }

  @Test
  void whereNothingRunsSandboxesThatIsToldWithWhatToDo(@TempDir Path other) throws IOException {
    try (ServerProcess without =
        ServerProcess.start(other, Map.of("CLAWLIVE_SANDBOX_RUNTIME", "none"))) {
      Cli there = new Cli(other).with("CLAWLIVE_SERVER", without.grpc());
      Result refused = there.run("sandbox", "create");
      assertEquals(5, refused.code(), refused.err());
      assertTrue(refused.err().contains("[RUNTIME_UNAVAILABLE]"), refused.err());
      assertTrue(refused.err().contains("clawlive doctor"), refused.err());
      assertEquals("[]\n", there.run("sandbox", "list", "-o", "json").ok().out());
      Result doctor = there.run("doctor").ok();
      assertTrue(doctor.out().contains("the server offers no runtime"), doctor.out());
      assertTrue(doctor.out().contains("Install Docker or bubblewrap"), doctor.out());
    }
  }
}
