package io.clawlive.cli;

import static io.clawlive.cli.RoomsEndToEndTest.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Live;
import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs in a sandbox that is a process of this machine, against a real server. */
@Timeout(180)
class SandboxExecEndToEndTest {
  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home, Map.of("CLAWLIVE_SANDBOX_RUNTIME", "process"));
    cli = new Cli(home);
    Result runtime = cli.run("sandbox", "runtime", "-o", "json").ok();
    if (!runtime.out().contains("\"active\":\"process\"")) {
      System.err.println("NOT RUN: SandboxExecEndToEndTest: " + runtime.out());
      Assumptions.abort("NOT RUN: no runtime of processes here: " + runtime.out());
    }
    cli.run("sandbox", "create", "--name", "box", "--env", "KIND=box").ok();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Result sh(String script) {
    return cli.run("sandbox", "exec", "box", "sh", "-c", script);
  }

  @Test
  void outputErrorsAndExitCodeAreThoseOfTheProgram() {
    Result told = sh("echo out; echo err >&2; exit 7");
    assertEquals(7, told.code());
    assertEquals("out\n", told.out());
    assertEquals("err\n", told.err());
    assertEquals("box\n", sh("echo $KIND").ok().out());
    assertEquals(
        "/tmp more\n",
        cli.run(
                "sandbox",
                "exec",
                "-w",
                "/tmp",
                "-e",
                "KIND=more",
                "box",
                "--",
                "sh",
                "-c",
                "echo $PWD $KIND")
            .ok()
            .out());
    assertEquals(
        "-l --help -o\n",
        cli.run("sandbox", "exec", "box", "echo", "-l", "--help", "-o").ok().out());
  }

  @Test
  void bytesGoThroughAsTheyAreInBothDirections() {
    byte[] data = new byte[8 << 20];
    new Random(7).nextBytes(data);
    Cli.Bytes back = cli.runBytes(data, "sandbox", "exec", "-i", "box", "cat");
    assertEquals(0, back.code(), back.err());
    assertArrayEquals(data, back.out());
    assertEquals("", back.err());
    assertEquals(
        "8388608\n", cli.runWith(data, "sandbox", "exec", "-i", "box", "wc", "-c").ok().out());
  }

  @Test
  void withoutInputAProgramReadsNothing() {
    assertEquals("0\n", cli.runWith("ignored", "sandbox", "exec", "box", "wc", "-c").ok().out());
  }

  @Test
  void aProgramThatReadsNoMoreIsNotWaitedFor() {
    byte[] data = new byte[4 << 20];
    Result told =
        cli.runWith(data, "sandbox", "exec", "-i", "box", "sh", "-c", "head -c 3 | wc -c");
    assertEquals("3\n", told.ok().out());
  }

  @Test
  void whatCannotRunIsSaidWithACodeOfItsOwn() {
    Result missing = cli.run("sandbox", "exec", "box", "nosuchprogram");
    assertEquals(127, missing.code(), missing.err());
    assertTrue(missing.err().startsWith("clawlive: "), missing.err());
    assertEquals(2, cli.run("sandbox", "exec", "box").code());
    assertEquals(2, cli.run("sandbox", "exec", "box", "--").code());
    assertEquals(3, cli.run("sandbox", "exec", "nobox", "ls").code());
    assertEquals(2, cli.run("sandbox", "exec", "-w", "here", "box", "ls").code());
    assertEquals(2, cli.run("sandbox", "exec", "-e", "1=2", "box", "ls").code());
    assertEquals(2, cli.run("sandbox", "exec", "--tag", "1", "box", "ls").code());
    Result pipe = cli.run("sandbox", "exec", "-it", "box", "sh");
    assertEquals(2, pipe.code());
    assertTrue(pipe.err().contains("no terminal"), pipe.err());
    String stopped = cli.run("sandbox", "create", "--stopped").ok().lines().getFirst();
    Result refused = cli.run("sandbox", "exec", stopped, "ls");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("[SANDBOX_STATE_REFUSED]"), refused.err());
  }

  @Test
  void aProgramIsLeftFoundAttachedToAndKilled() throws Exception {
    String script = "echo begun; read line; echo got $line; sleep 600";
    Result pid = cli.run("sandbox", "exec", "-d", "--tag", "job", "box", "sh", "-c", script).ok();
    assertTrue(pid.out().matches("[0-9]+\n"), pid.out());
    Result taken = cli.run("sandbox", "exec", "--tag", "job", "box", "true");
    assertEquals(1, taken.code());
    assertTrue(taken.err().contains("[PROCESS_TAG_TAKEN]"), taken.err());
    Result listed = cli.run("sandbox", "ps", "box").ok();
    assertTrue(listed.out().contains("job"), listed.out());

    PipedOutputStream keys = new PipedOutputStream();
    Live attached =
        cli.beginWith(new PipedInputStream(keys), "sandbox", "attach", "-i", "box", "job");
    await(() -> attached.out().equals("begun\n"));
    keys.write("it\n".getBytes(StandardCharsets.US_ASCII));
    await(() -> attached.out().equals("begun\ngot it\n"));
    Live again = cli.begin("sandbox", "attach", "--from", "6", "box", pid.out().strip());
    await(() -> again.out().equals("got it\n"));
    cli.run("sandbox", "kill", "-s", "KILL", "box", "job").ok();
    assertEquals(137, attached.result().get(30, TimeUnit.SECONDS).code());
    assertEquals(137, again.result().get(30, TimeUnit.SECONDS).code());

    assertFalse(cli.run("sandbox", "ps", "box").ok().out().contains("job"));
    assertTrue(cli.run("sandbox", "ps", "-a", "box").ok().out().contains("killed by signal 9"));
    assertEquals(3, cli.run("sandbox", "attach", "box", "nobody").code());
    assertEquals(3, cli.run("sandbox", "kill", "box", "nobody").code());
    assertEquals(2, cli.run("sandbox", "kill", "-s", "99", "box", "job").code());
    assertEquals(2, cli.run("sandbox", "attach", "--from", "999999", "box", "job").code());
    keys.close();
  }

  @Test
  void aCallThatDropsGoesOnWhereItWas() throws Exception {
    try (Relay relay = new Relay(server.grpc())) {
      Cli there =
          new Cli(home).with("CLAWLIVE_SERVER", relay.address()).with("CLAWLIVE_TOKEN", token());
      PipedOutputStream keys = new PipedOutputStream();
      Live counting =
          there.beginWith(
              new PipedInputStream(keys),
              "sandbox",
              "exec",
              "-i",
              "box",
              "sh",
              "-c",
              "i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo $i; sleep 0.01; done; cat");
      byte[] part = new byte[100_000];
      java.util.Arrays.fill(part, (byte) 'x');
      await(() -> counting.out().contains("\n20\n"));
      for (int drop = 0; drop < 4; drop++) {
        relay.drop();
        keys.write(part);
        int seen = 60 * (drop + 1);
        await(() -> counting.out().contains("\n" + seen + "\n"));
      }
      keys.close();
      Result told = counting.result().get(60, TimeUnit.SECONDS).ok();
      List<String> lines = told.lines();
      for (int i = 0; i < 300; i++) {
        assertEquals(Integer.toString(i + 1), lines.get(i));
      }
      assertEquals(301, lines.size());
      assertEquals(400_000, lines.getLast().length());
      assertTrue(relay.connections() > 4, "connections were cut");
    }
  }

  @Test
  void aTerminalIsOursWithSizeKeysSignalsAndExitCode() throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/script"))) {
      System.err.println("NOT RUN: SandboxExecEndToEndTest: there is no 'script' here");
      Assumptions.abort("NOT RUN: there is no 'script', which makes terminals");
    }
    String java =
        String.join(
            "' '",
            ServerProcess.java(home, "io.clawlive.cli.Main", "sandbox", "exec", "-it", "box", "sh")
                .command());
    Path typescript = home.resolve("typescript");
    String session =
        "stty cols 101 rows 33; stty -a > "
            + home.resolve("before")
            + "; (while [ ! -e "
            + home.resolve("wider")
            + " ]; do sleep 0.1; done; stty cols 140 < /dev/tty) & '"
            + java
            + "'; echo code $?; stty -a > "
            + home.resolve("after");
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qfec", session, typescript.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("shown").toFile());
    builder.environment().put("CLAWLIVE_HOME", home.toString());
    builder.environment().put("TERM", "vt100");
    Process script = builder.start();
    try (OutputStream keys = script.getOutputStream()) {
      type(keys, "stty size; echo $TERM kind; echo mark$((1+1))\r");
      shown(typescript, "33 101");
      shown(typescript, "vt100 kind");
      shown(typescript, "mark2");
      type(keys, "sleep 600\r");
      Thread.sleep(500);
      keys.write(3);
      keys.flush();
      type(keys, "echo interrupted $?\r");
      shown(typescript, "interrupted 130");
      Files.createFile(home.resolve("wider"));
      for (int tries = 0; !text(typescript).contains("33 140"); tries++) {
        assertTrue(tries < 100, "the new size arrives: " + text(typescript));
        type(keys, "stty size\r");
        Thread.sleep(200);
      }
      type(keys, "exit 5\r");
      assertTrue(script.waitFor(30, TimeUnit.SECONDS), "it ends");
    } finally {
      script.destroyForcibly();
    }
    shown(typescript, "code 5");
    assertEquals(
        Files.readString(home.resolve("before")),
        Files.readString(home.resolve("after")).replace("columns 140", "columns 101"),
        "the terminal is as it was");
  }

  /**
   * The credential of this machine's own server, which is not sent to other addresses by itself.
   */
  private static String token() throws IOException {
    Matcher token =
        Pattern.compile("token = \"([^\"]+)\"")
            .matcher(Files.readString(home.resolve("local-server.toml")));
    assertTrue(token.find());
    return token.group(1);
  }

  private static void type(OutputStream keys, String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private static void shown(Path typescript, String text) {
    await(() -> text(typescript).contains(text));
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
