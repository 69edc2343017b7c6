package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a real server in a process of its own. */
@Timeout(120)
class SessionEndToEndTest {
  private static final String UNKNOWN = "01890000-0000-7000-8000-000000000000";

  // A name of its own, so that the test also runs on a database that is not new.
  private static final String BOT =
      "bot-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;

  private String session = "";

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home);
    cli = new Cli(home);
    String key = cli.run("agent", "register", BOT, "-o", "json").ok().field("api_key");
    assertTrue(key.startsWith("cl_"), "a key is shown once");
    cli.run("project", "create", "proj-a", "--agent", BOT).ok();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void startSession() {
    session =
        cli.run("start", "--project", "proj-a", "--agent", BOT, "-o", "json")
            .ok()
            .field("session_id");
  }

  @Test
  void aSessionIsWrittenWatchedReplayedExportedAndEnded() throws IOException {
    assertEquals("agent", whoWrote());
    assertTrue(
        cli.run("thought", "A plan", "--tag", "plan", "-o", "json")
            .ok()
            .out()
            .contains("\"sequence\":2"));
    cli.run("log", "started", "--level", "warn", "--module", "build").ok();
    cli.run("proof", "--kind", "commit", "--sha", "ABC1234", "--message", "Fix").ok();
    assertEquals("{\"events\":2}\n", cli.runWith("a\nb", "pipe", "-o", "json").ok().out());

    List<String> watched = cli.run("watch", session, "--no-follow").ok().lines();
    assertEquals(6, watched.size(), watched.toString());
    assertTrue(watched.get(1).endsWith("● thought  A plan #plan"), watched.get(1));
    assertTrue(watched.get(2).endsWith("│ warn     build: started"), watched.get(2));
    assertTrue(watched.get(3).endsWith("✔ proof    commit  abc1234  Fix"), watched.get(3));
    assertEquals(2, cli.run("watch", session, "--no-follow", "--tail", "2").ok().lines().size());
    assertEquals(2, cli.run("watch", session, "--no-follow", "--from", "5").ok().lines().size());
    assertEquals(3, cli.run("watch", session, "--no-follow", "--type", "log").ok().lines().size());

    assertEquals("ended", cli.run("end", "-o", "json").ok().field("status"));
    assertEquals(2, cli.run("thought", "too late").code(), "there is no current session any more");
    assertEquals(1, cli.run("thought", "too late", "--session", session).code());
    assertEquals(1, cli.runWith("too late", "pipe", "--session", session).code());

    List<String> replayed = cli.run("replay", session, "--speed", "max", "-o", "json").ok().lines();
    assertEquals(7, replayed.size());
    assertTrue(
        replayed
            .get(1)
            .matches(
                "\\{\"session_id\":\"%s\",\"sequence\":2,\"type\":\"thought\",\"payload\":\\{.*\\},\"occurred_at\":\".*Z\",\"recorded_at\":\".*Z\"\\}"
                    .formatted(session)),
        replayed.get(1));
    assertEquals(replayed, cli.run("export", session, "--format", "jsonl").ok().lines());
    Path recording = home.resolve("session.cast");
    cli.run("export", session, recording.toString(), "--format", "asciicast").ok();
    assertTrue(Files.readString(recording).startsWith("{\"version\":2,"), "a header first");
    assertEquals(8, Files.readAllLines(recording).size());
    Result follow = cli.run("watch", session);
    assertEquals(0, follow.code(), "watching an ended session ends");
    assertTrue(follow.err().contains("has ended"), follow.err());
  }

  private String whoWrote() {
    return new Cli(home)
        .with("CLAWLIVE_TOKEN", storedKey())
        .run("whoami", "-o", "json")
        .ok()
        .field("role");
  }

  private static String storedKey() {
    try {
      return Files.readString(home.resolve("credentials.toml"))
          .lines()
          .filter(line -> line.startsWith(BOT + " = "))
          .map(line -> line.replaceAll(BOT + " = \"(.*)\"", "$1"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSessionIsPausedResumedAndListed() {
    assertEquals("paused", cli.run("pause", "--reason", "tea", "-o", "json").ok().field("status"));
    assertTrue(cli.run("sessions", "--status", "paused").ok().out().contains(session));
    assertEquals("live", cli.run("resume", "-o", "json").ok().field("status"));
    assertEquals("live", cli.run("heartbeat", "-o", "json").ok().field("liveness"));
    assertFalse(cli.run("sessions", "--status", "paused").ok().out().contains(session));
    assertTrue(
        cli.run("sessions", "--project", BOT + "/proj-a", "-o", "json")
            .ok()
            .out()
            .contains(session));
    cli.run("end", session).ok();
  }

  @Test
  void anyInputGoesThroughPipe() {
    byte[] head = "\u001b[31mred\u001b[0m\r\na\0b".getBytes(StandardCharsets.UTF_8);
    byte[] input = new byte[head.length + 2 + 1_000_000];
    System.arraycopy(head, 0, input, 0, head.length);
    input[head.length] = (byte) 0xff;
    input[head.length + 1] = '\n';
    Arrays.fill(input, head.length + 2, input.length, (byte) 'x');
    assertEquals("{\"events\":18}\n", cli.runWith(input, "pipe", "-o", "json").ok().out());
    List<String> events =
        cli.run("watch", session, "--no-follow", "--type", "log", "-o", "json").ok().lines();
    assertTrue(events.get(0).contains("\"line\":\"\\u001b[31mred\\u001b[0m\""), events.get(0));
    assertTrue(events.get(1).contains("\"line\":\"a␀b\ufffd\""), events.get(1));
    assertEquals(15, events.stream().filter(line -> line.contains("\"continued\":true")).count());
    cli.run("end").ok();
  }

  @Test
  void whatIsWrongHasItsExitCodeAndASentence() {
    assertEquals(3, cli.run("watch", UNKNOWN).code());
    assertEquals(3, cli.run("replay", UNKNOWN).code());
    assertEquals(3, cli.run("export", UNKNOWN, "--format", "jsonl").code());
    assertEquals(3, cli.run("thought", "x", "--session", UNKNOWN).code());
    assertEquals(3, cli.runWith("x", "pipe", "--session", UNKNOWN).code());
    assertEquals(3, cli.run("start", "--project", "nothing").code());
    assertEquals(3, cli.run("agent", "show", "nobody").code());
    assertEquals(2, cli.run("watch", session, "--from", "1000").code());
    assertEquals(2, cli.run("watch", session, "--type", "thoughts").code());
    assertEquals(2, cli.run("agent", "register", "No Handle").code());
    assertEquals(1, cli.run("agent", "register", BOT).code());
    assertEquals(1, cli.run("project", "create", "proj-a", "--agent", BOT).code());
    Cli stranger = new Cli(home).with("CLAWLIVE_TOKEN", "cl_wrong_key");
    Result refused = stranger.run("thought", "x", "--session", session);
    assertEquals(4, refused.code(), refused.err());
    assertFalse(refused.err().contains("cl_wrong_key"), refused.err());
    assertEquals(4, stranger.run("whoami").code());
    Cli nobody = new Cli(home.resolve("elsewhere"));
    assertEquals(
        4, nobody.run("thought", "x", "--session", session, "--server", server.grpc()).code());
    assertEquals(
        "spectator",
        nobody.run("whoami", "--server", server.grpc(), "-o", "json").ok().field("role"));
    cli.run("end").ok();
  }

  @Test
  void loginKeepsTheTokenForItsServerAlone() throws IOException {
    Path other = home.resolve("other");
    Cli visitor = new Cli(other);
    String[] login = {"login", "--server", server.grpc(), "--profile", "p", "--with-token"};
    assertEquals(4, visitor.runWith("cl_wrong_key\n", login).code());
    assertFalse(Files.exists(other.resolve("credentials.toml")), "a wrong token is not kept");
    Result in = visitor.runWith(storedKey() + "\n", login).ok();
    assertFalse((in.out() + in.err()).contains(storedKey()));
    assertEquals("agent", visitor.run("whoami", "--profile", "p", "-o", "json").ok().field("role"));
    cli.run("end").ok();
  }

  @Test
  void manyEventsOfAScriptAreNotRateLimited() {
    for (int i = 0; i < 105; i++) {
      cli.run("log", "line " + i).ok();
    }
    cli.run("end").ok();
  }

  @Test
  void runKeepsTheExitCodeAndSendsWhatTheCommandPrints() throws Exception {
    Process run =
        ServerProcess.java(
                home,
                "io.clawlive.cli.Main",
                "run",
                "--project",
                BOT + "/proj-a",
                "--",
                "sh",
                "-c",
                "echo out; echo err >&2; echo $CLAWLIVE_SESSION; exit 7")
            .redirectError(Redirect.PIPE)
            .start();
    String out = text(run.getInputStream());
    String err = text(run.getErrorStream());
    assertEquals(7, run.waitFor());
    List<String> lines = out.lines().toList();
    assertEquals("out", lines.getFirst());
    assertTrue(err.contains("err\n"), err);
    String events = cli.run("replay", lines.getLast(), "--speed", "max").ok().out();
    assertTrue(events.contains("│ log      stdout: out\n"), events);
    assertTrue(events.contains("│ warn     stderr: err\n"), events);
    assertTrue(events.contains("│ error    run: exit code 7\n"), events);
    assertTrue(events.contains("■ status   ended  exit code 7\n"), events);
    cli.run("end").ok();
  }

  @Test
  void aSignalReachesTheCommandThatRuns() throws Exception {
    Process run =
        ServerProcess.java(
                home,
                "io.clawlive.cli.Main",
                "run",
                "--session",
                session,
                "--",
                "sh",
                "-c",
                "trap 'echo caught; exit 9' TERM; echo up; while :; do sleep 0.1; done")
            .redirectError(Redirect.DISCARD)
            .start();
    InputStream out = run.getInputStream();
    assertEquals("up\n", new String(out.readNBytes(3), StandardCharsets.UTF_8));
    signal("TERM", run);
    assertEquals("caught\n", text(out));
    assertEquals(9, run.waitFor());
    cli.run("end").ok();
  }

  @Test
  void pipeSurvivesAServerThatIsKilledAndComesBack() throws Exception {
    Process pipe = pipe("--session", session);
    try (OutputStream input = pipe.getOutputStream()) {
      for (int i = 1; i <= 900; i++) {
        input.write("line %d%n".formatted(i).getBytes(StandardCharsets.UTF_8));
        input.flush();
        if (i == 300) {
          awaitLine("line 200");
          server.kill();
        }
        if (i == 600) {
          server.startAgain();
        }
        Thread.sleep(1);
      }
    }
    String err = text(pipe.getErrorStream());
    assertEquals(0, pipe.waitFor(), err);
    assertTrue(err.contains("kept on disk") && err.contains("Connected again"), err);
    assertEquals(numbered(900), lines());
    cli.run("end").ok();
  }

  @Test
  void whatAKilledPipeLeftIsSentByTheNext() throws Exception {
    Process pipe = pipe("--session", session);
    OutputStream input = pipe.getOutputStream();
    input.write("line 1\n".getBytes(StandardCharsets.UTF_8));
    input.flush();
    awaitLine("line 1");
    server.kill();
    input.write("line 2\nline 3\n".getBytes(StandardCharsets.UTF_8));
    input.flush();
    awaitSpooled("line 3");
    pipe.destroyForcibly().waitFor();
    server.startAgain();
    Result next = cli.runWith("line 4\n", "pipe", "--session", session).ok();
    assertTrue(next.err().contains("events of an earlier run"), next.err());
    assertEquals(numbered(4), lines());
    cli.run("end").ok();
  }

  @Test
  void aSignalSendsWhatPipeHasReadAndEndsIt() throws Exception {
    Process pipe = pipe("--session", session);
    OutputStream input = pipe.getOutputStream();
    input.write("line 1\nline 2".getBytes(StandardCharsets.UTF_8));
    input.flush();
    awaitLine("line 1");
    // Not INT: whoever runs the tests in the background has their processes ignore it.
    signal("TERM", pipe);
    assertTrue(pipe.waitFor(20, TimeUnit.SECONDS), "it ends");
    assertEquals(143, pipe.exitValue());
    assertEquals("", text(pipe.getErrorStream()));
    assertEquals(numbered(2), lines());
    cli.run("end").ok();
  }

  @Test
  void teeCopiesTheInputUnchanged() throws Exception {
    Process pipe = pipe("--session", session, "--tee");
    byte[] input = {'a', 0, (byte) 0xff, '\r', '\n', 'b'};
    try (OutputStream to = pipe.getOutputStream()) {
      to.write(input);
    }
    assertEquals(
        List.of((byte) 'a', (byte) 0, (byte) 0xff, (byte) '\r', (byte) '\n', (byte) 'b'),
        boxed(pipe.getInputStream().readAllBytes()));
    assertEquals(0, pipe.waitFor());
    cli.run("end").ok();
  }

  /** As kill does it; destroy() would also close our ends of the process's streams. */
  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  private static Process pipe(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("pipe"));
    all.addAll(List.of(arguments));
    return ServerProcess.java(home, "io.clawlive.cli.Main", all.toArray(String[]::new))
        .redirectInput(Redirect.PIPE)
        .start();
  }

  private static List<Byte> boxed(byte[] bytes) {
    return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private List<String> lines() {
    return cli
        .run("watch", session, "--no-follow", "--type", "log", "-o", "json")
        .ok()
        .lines()
        .stream()
        .map(line -> line.replaceAll(".*\"line\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i).toList();
  }

  private void awaitLine(String line) throws InterruptedException {
    for (int i = 0; i < 100 && !lines().contains(line); i++) {
      Thread.sleep(100);
    }
  }

  /** Waits until the text lies in a file of the spool, encoded as it is. */
  private static void awaitSpooled(String text) throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Stream<Path> files = Files.walk(home.resolve("spool"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
            return;
          }
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError(text + " never reached the spool");
  }
}
