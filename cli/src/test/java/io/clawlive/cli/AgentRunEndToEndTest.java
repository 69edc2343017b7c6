package io.clawlive.cli;

import static io.clawlive.cli.RoomsEndToEndTest.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Live;
import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs as agents, with everything on the way killed, against a real server. */
@Timeout(240)
class AgentRunEndToEndTest {
  private static final Pattern TEXT = Pattern.compile("\"text\":\"(m\\d+)\"");

  /** The agent of docs/cli.md as a shell script, so that the test needs no Python. */
  private static final String ANSWERING =
      """
      while read -r line; do
        room=$(printf '%s' "$line" | sed -n 's/.*"room":"\\([^"]*\\)".*/\\1/p')
        sequence=$(printf '%s' "$line" | sed -n 's/.*"sequence":\\([0-9]*\\).*/\\1/p')
        task=$(printf '%s' "$line" | sed -n 's/.*"task":{"task_id":\\([0-9]*\\).*/\\1/p')
        case $line in
          '{"type":"mention"'*)
            echo "{\\"type\\":\\"reply\\",\\"room\\":\\"$room\\",\\"sequence\\":$sequence,\\"text\\":\\"Here I am\\"}" ;;
          '{"type":"task_open"'*)
            echo "{\\"type\\":\\"claim\\",\\"id\\":\\"c$task\\",\\"room\\":\\"$room\\",\\"task\\":$task}" ;;
          '{"type":"task"'*)
            echo "{\\"type\\":\\"start\\",\\"room\\":\\"$room\\",\\"task\\":$task}"
            echo "{\\"type\\":\\"submit\\",\\"room\\":\\"$room\\",\\"task\\":$task,\\"description\\":\\"Done\\"}" ;;
          *) echo "$line" >> "$LINES" ;;
        esac
      done
      """;

  /** Keeps what comes and acknowledges it, but dies at every fifth before it says so. */
  private static final String DYING =
      """
      while read -r line; do
        case $line in
          '{"type":"room"'*) echo "$line" >> "$LINES" ;;
          '{"type":"message"'*)
            echo "$line" >> "$LINES"
            room=$(printf '%s' "$line" | sed -n 's/.*"room":"\\([^"]*\\)".*/\\1/p')
            sequence=$(printf '%s' "$line" | sed -n 's/.*"sequence":\\([0-9]*\\).*/\\1/p')
            if [ ! -e "$LINES.$sequence" ]; then
              : > "$LINES.$sequence"
              [ $((sequence % 5)) -ne 0 ] || exit 1
            fi
            echo "{\\"type\\":\\"ack\\",\\"room\\":\\"$room\\",\\"sequence\\":$sequence}" ;;
        esac
      done
      """;

  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home);
    cli = new Cli(home);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aProgramAnswersMentionsAndTakesTasks() throws Exception {
    String room = room("answers", "answer-bot");
    Path lines = home.resolve("answer.lines");
    Process agent = start("answer-bot", script("answer.sh", ANSWERING), lines);
    try {
      await(() -> isIn(lines));
      cli.run("chat", room, "@answer-bot", "are", "you", "there?").ok();
      await(() -> cli.run("chat", room).ok().out().contains("Here I am"));
      String task =
          cli.run("tasks", "create", room, "count", "the", "tests").ok().lines().getFirst();
      await(() -> cli.run("tasks", "show", room, task).ok().out().contains("review"));
      assertTrue(cli.run("tasks", "show", room, task).ok().out().contains("answer-bot"));
      await(() -> read(lines).stream().anyMatch(it -> it.startsWith("{\"type\":\"result\"")));
      List<String> told = read(lines);
      assertTrue(told.getFirst().startsWith("{\"type\":\"hello\",\"agent_id\":"), told.getFirst());
      assertTrue(told.get(1).startsWith("{\"type\":\"room\",\"room\":\"" + room), told.get(1));
      assertTrue(
          told.stream().anyMatch(it -> it.contains("\"id\":\"c" + task + "\",\"ok\":true")),
          told.toString());
    } finally {
      agent.destroy();
    }
    assertTrue(agent.waitFor(20, TimeUnit.SECONDS));
  }

  @Test
  void whatADyingProgramDidNotAcknowledgeGoesToItsNextRun() throws Exception {
    String room = room("dying", "dying-bot");
    Path lines = home.resolve("dying.lines");
    Process agent = start("dying-bot", script("dying.sh", DYING), lines, "--no-auto-ack");
    try {
      await(() -> isIn(lines));
      say(room, 0, 12);
      await(() -> texts(lines).contains("m11"));
      List<String> seen = texts(lines);
      assertEquals(range(0, 12), seen.stream().distinct().toList(), "in order, nothing lost");
      assertTrue(seen.size() > 12, "what it did not acknowledge came again: " + seen);
      assertTrue(seen.size() <= 12 + 3, "and nothing else did: " + seen);
    } finally {
      agent.destroy();
    }
    assertTrue(agent.waitFor(20, TimeUnit.SECONDS));
  }

  @Test
  void killedAndStartedAgainItGetsExactlyTheRest() throws Exception {
    String room = room("killed", "killed-bot");
    Path lines = home.resolve("killed.lines");
    Path script = script("keep.sh", "while read -r line; do echo \"$line\" >> \"$LINES\"; done\n");
    Process agent = start("killed-bot", script, lines);
    await(() -> isIn(lines));
    say(room, 0, 5);
    await(() -> texts(lines).size() == 5);
    kill(agent);
    say(room, 5, 10);
    agent = start("killed-bot", script, lines);
    await(() -> texts(lines).contains("m9"));
    kill(agent);
    agent = start("killed-bot", script, lines);
    say(room, 10, 12);
    await(() -> texts(lines).contains("m11"));
    kill(agent);
    assertEquals(range(0, 12), texts(lines));
  }

  @Test
  void aServerKilledAndStartedAgainUnderItLosesAndDoublesNothing() throws Exception {
    String room = room("server", "steady-bot");
    Path lines = home.resolve("steady.lines");
    Path script =
        script("steady.sh", "while read -r line; do echo \"$line\" >> \"$LINES\"; done\n");
    Process agent = start("steady-bot", script, lines);
    try {
      await(() -> isIn(lines));
      say(room, 0, 6);
      server.kill();
      server.startAgain();
      say(room, 6, 12);
      server.kill();
      server.startAgain();
      say(room, 12, 14);
      await(() -> texts(lines).contains("m13"));
      assertEquals(range(0, 14), texts(lines));
      assertTrue(agent.isAlive());
    } finally {
      agent.destroy();
    }
    assertTrue(agent.waitFor(20, TimeUnit.SECONDS));
  }

  @Test
  void aSecondProcessEndsTheFirstWhichSaysWhy() throws Exception {
    room("twice", "twice-bot");
    Live first = cli.begin("agent", "run", "--agent", "twice-bot", "--exec", "cat >/dev/null");
    await(() -> first.err().contains("is connected"));
    // Elsewhere: its positions are not in the file that the first one holds.
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    Files.copy(home.resolve("credentials.toml"), elsewhere.resolve("credentials.toml"));
    Live second =
        new Cli(elsewhere)
            .with("CLAWLIVE_SERVER", server.grpc())
            .begin("agent", "run", "--agent", "twice-bot", "--once", "--exec", "sleep 3; exit 7");
    Result over = first.result().get(30, TimeUnit.SECONDS);
    assertEquals(1, over.code(), over.err());
    assertTrue(over.err().contains("[AGENT_SUPERSEDED]"), over.err());
    assertEquals(7, second.result().get(30, TimeUnit.SECONDS).code(), "the program's own code");
  }

  @Test
  void aLineThatIsNotUnderstoodIsAnsweredAndChangesNothing() throws Exception {
    room("odd", "odd-bot");
    Path lines = home.resolve("odd.lines");
    Path script =
        script(
            "odd.sh",
            """
            echo 'no json'
            echo '{"type":"dance","id":1}'
            echo '{"type":"say","id":"two","room":"here","text":"x"}'
            echo '{"type":"claim","id":3,"room":"01890000-0000-7000-8000-000000000000","task":1}'
            while read -r line; do
              echo "$line" >> "$LINES"
              case $line in *'"id":3'*) exit 0 ;; esac
            done
            """);
    Process agent = start("odd-bot", script, lines, "--once");
    assertTrue(agent.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, agent.exitValue());
    List<String> results = read(lines).stream().filter(it -> it.contains("result")).toList();
    assertEquals(4, results.size(), results.toString());
    assertTrue(results.get(0).contains("LINE_INVALID"), results.get(0));
    assertTrue(results.get(1).contains("\"id\":1,\"ok\":false"), results.get(1));
    assertTrue(results.get(1).contains("expected say, reply"), results.get(1));
    assertTrue(results.get(2).contains("the id of a room"), results.get(2));
    assertTrue(results.get(3).contains("\"reason\":\"ROOM_NOT_FOUND\""), results.get(3));
  }

  @Test
  void aProgramGetsNoCredential() throws Exception {
    room("secret", "secret-bot");
    Path lines = home.resolve("secret.lines");
    Process agent = start("secret-bot", script("env.sh", "env > \"$LINES\"\n"), lines, "--once");
    assertTrue(agent.waitFor(30, TimeUnit.SECONDS));
    String environment = String.join("\n", read(lines));
    assertTrue(environment.contains("CLAWLIVE_AGENT=secret-bot"), environment);
    assertFalse(environment.contains("CLAWLIVE_TOKEN"), environment);
  }

  /** A room with an agent of its own in it. */
  private static String room(String name, String handle) {
    cli.run("agent", "register", handle).ok();
    String room = cli.run("rooms", "create", name).ok().lines().getFirst();
    cli.run("rooms", "join", room, "--as", handle).ok();
    return room;
  }

  /** Whether the program has been told of its room. */
  private static boolean isIn(Path lines) {
    return read(lines).stream().anyMatch(it -> it.startsWith("{\"type\":\"room\""));
  }

  private static void say(String room, int from, int to) {
    StringBuilder lines = new StringBuilder();
    IntStream.range(from, to).forEach(i -> lines.append("m").append(i).append('\n'));
    cli.runWith(lines.toString(), "chat", room).ok();
  }

  private static Path script(String name, String text) throws IOException {
    return Files.writeString(home.resolve(name), text);
  }

  private static Process start(String handle, Path script, Path lines, String... options)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("agent", "run", "--agent", handle, "--server", server.grpc(), "--exec"));
    arguments.add("exec sh " + script);
    arguments.addAll(List.of(options));
    ProcessBuilder builder =
        ServerProcess.java(home, "io.clawlive.cli.Main", arguments.toArray(String[]::new))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.appendTo(home.resolve(handle + ".err").toFile()));
    builder.environment().put("LINES", lines.toString());
    return builder.start();
  }

  /** As kill -9, for the command and for its program, which the end of its input would end too. */
  private static void kill(Process agent) throws InterruptedException {
    List<ProcessHandle> below = agent.descendants().toList();
    agent.destroyForcibly().waitFor();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  private static List<String> read(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(Path lines) {
    return read(lines).stream()
        .map(TEXT::matcher)
        .filter(it -> it.find())
        .map(it -> it.group(1))
        .toList();
  }

  private static List<String> range(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
  }
}
