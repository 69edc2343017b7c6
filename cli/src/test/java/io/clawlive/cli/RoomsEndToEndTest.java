package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Live;
import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rooms, what is said and done in them, against a real server in a process of its own. */
@Timeout(180)
class RoomsEndToEndTest {
  private static final String BOT = "room-bot";

  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home);
    cli = new Cli(home);
    cli.run("agent", "register", BOT).ok();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRoomIsMadeFoundChangedMovedAndDeleted() {
    Result made =
        cli.run("rooms", "create", "First room", "--description", "about it", "--max-members", "3");
    String id = made.ok().lines().getFirst();
    assertTrue(id.matches("[0-9a-f-]{36}"), "its id comes first: " + made.out());
    assertTrue(made.out().contains("(active)"), made.out());
    assertEquals(
        id, cli.run("rooms", "list", "--query", "about", "-o", "json").ok().field("room_id"));
    assertTrue(cli.run("rooms", "list", "--mine").ok().out().contains("First room"));

    Result changed =
        cli.run("rooms", "update", id, "--name", "Renamed", "--auto-merge", "-o", "json").ok();
    assertEquals("Renamed", changed.field("name"));
    assertTrue(changed.out().contains("\"auto_merge_enabled\":true"), changed.out());
    assertTrue(changed.out().contains("\"max_members\":3"), "other rules stay: " + changed.out());
    assertTrue(
        cli.run("rooms", "show", "renamed").ok().out().contains(id), "a name names the room");

    assertEquals(
        "paused", cli.run("rooms", "move", id, "paused", "-o", "json").ok().field("state"));
    Result refused = cli.run("rooms", "move", id, "lobby");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("[ROOM_TRANSITION_REFUSED]"), refused.err());

    assertEquals(2, cli.run("rooms", "delete", id).code(), "nobody can be asked");
    cli.run("rooms", "delete", id, "--yes").ok();
    assertEquals(3, cli.run("rooms", "show", id).code());
    assertEquals(3, cli.run("rooms", "show", "no such room").code());
  }

  @Test
  void twoRoomsOfOneNameAreToldApartById() {
    String one = cli.run("rooms", "create", "Twins").ok().lines().getFirst();
    String two = cli.run("rooms", "create", "Twins").ok().lines().getFirst();
    Result which = cli.run("rooms", "show", "twins");
    assertEquals(2, which.code());
    assertTrue(which.err().contains(one) && which.err().contains(two), which.err());
    cli.run("rooms", "show", one).ok();
  }

  @Test
  void anAgentComesInByInvitationAndAnotherByLink() {
    String id = cli.run("rooms", "create", "Closed", "--private").ok().lines().getFirst();
    Cli stranger = new Cli(home.resolve("stranger")).with("CLAWLIVE_SERVER", server.grpc());
    assertEquals(3, stranger.run("rooms", "show", id).code(), "it is private");
    cli.run("rooms", "invite", id, BOT, "--for", "2h").ok();
    assertTrue(cli.run("rooms", "invitations", "--as", BOT).ok().out().contains("Closed"));
    assertTrue(
        cli.run("rooms", "join", id, "--as", BOT, "--capability", "java").ok().out().contains(BOT));
    assertTrue(cli.run("rooms", "members", id).ok().out().contains("java"));
    assertEquals(
        "paused", cli.run("rooms", "steer", id, BOT, "pause", "-o", "json").ok().field("work"));
    assertEquals(
        "host", cli.run("rooms", "role", id, BOT, "host", "-o", "json").ok().field("role"));
    cli.run("rooms", "remove", id, BOT, "--reason", "done").ok();

    cli.run("agent", "register", "linked-bot").ok();
    Result link = cli.run("rooms", "invite", id, "--uses", "2", "-o", "json").ok();
    String secret = link.field("secret");
    assertTrue(link.field("url").contains(id), link.out());
    Result wrong = cli.runWith("nonsense\n", "rooms", "join", id, "--link", "--as", "linked-bot");
    assertEquals(4, wrong.code(), wrong.err());
    assertTrue(wrong.err().contains("[INVITATION_INVALID]"), wrong.err());
    cli.runWith(secret + "\n", "rooms", "join", id, "--link", "--as", "linked-bot").ok();
    Result listed = cli.run("rooms", "invitations", id, "-o", "json").ok();
    assertFalse(listed.out().contains(secret), "a secret is shown once");
    cli.run("rooms", "revoke", id, listed.field("invitation_id")).ok();
    assertEquals("[]\n", cli.run("rooms", "invitations", id, "-o", "json").ok().out());
    assertEquals(2, cli.run("rooms", "invite", id, "--for", "soon").code());
  }

  @Test
  void linesOfAPipeAreSaidInOrderAndReadBack() {
    String id = cli.run("rooms", "create", "Talk").ok().lines().getFirst();
    Result said = cli.run("chat", id, "looks", "good", "-o", "json").ok();
    assertTrue(said.out().contains("\"sequence\":"), said.out());
    cli.runWith("one\n\ntwo\nthree\n", "chat", "Talk").ok();
    assertEquals(
        4, cli.run("chat", id, "-o", "json").ok().out().split("\"message_id\"", -1).length - 1);
    assertTrue(
        cli.run("chat", id).ok().out().matches("(?s).*looks good.*\n.*one.*\n.*two.*\n.*three.*"));
    assertTrue(cli.run("chat", id, "--read-only", "--limit", "1").ok().out().contains("three"));
    assertTrue(
        cli.run("rooms", "watch", id, "--no-follow", "--type", "chat").ok().out().contains("two"));
    assertTrue(
        cli.run("rooms", "watch", id, "--no-follow", "--tail", "100", "-o", "json")
            .ok()
            .lines()
            .getFirst()
            .startsWith("{\"room_id\":\"" + id + "\",\"sequence\":1,\"type\":\"room\""));
  }

  @Test
  void aConversationGoesBothWaysUntilItIsQuit() throws Exception {
    String id = cli.run("rooms", "create", "Live").ok().lines().getFirst();
    cli.run("chat", id, "before").ok();
    PipedOutputStream keyboard = new PipedOutputStream();
    Live talk = cli.beginWith(new PipedInputStream(keyboard), "chat", id, "--follow");
    keyboard.write("typed by hand\n".getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
    await(() -> cli.run("chat", id).ok().out().contains("typed by hand"));
    cli.run("chat", id, "said elsewhere").ok();
    await(() -> talk.out().contains("said elsewhere"));
    keyboard.write("/quit\n".getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
    Result over = talk.result().get(20, TimeUnit.SECONDS);
    assertEquals(0, over.code(), over.err());
    assertTrue(
        over.out().matches("(?s).*before.*typed by hand.*said elsewhere.*"),
        over.out() + over.err());
  }

  @Test
  void aTaskGoesFromWritingToMerging() {
    String id = cli.run("rooms", "create", "Work").ok().lines().getFirst();
    cli.run("rooms", "join", id, "--as", BOT).ok();
    Result made =
        cli.run(
                "tasks",
                "create",
                id,
                "fix",
                "the",
                "build",
                "--priority",
                "high",
                "--deadline",
                "2099-01-01T00:00:00Z")
            .ok();
    assertEquals("1", made.lines().getFirst());
    assertEquals(
        "claimed",
        cli.run("tasks", "claim", id, "1", "--as", BOT, "-o", "json").ok().field("state"));
    Result taken = cli.run("tasks", "claim", id, "1");
    assertEquals(1, taken.code(), taken.err());
    assertTrue(taken.err().contains("[TASK_TAKEN]"), taken.err());
    cli.run("tasks", "release", id, "1", "--as", BOT, "--reason", "later").ok();
    cli.run("tasks", "assign", id, "1", BOT).ok();
    cli.run("tasks", "start", id, "1", "--as", BOT).ok();
    Result submitted =
        cli.run("tasks", "submit", id, "1", "--as", BOT, "--branch", "fix", "--review").ok();
    assertTrue(submitted.out().contains("question 1"), submitted.out());
    assertTrue(cli.run("rooms", "approvals", id).ok().out().contains("pending"));
    assertEquals(
        "approved",
        cli.run("rooms", "decide", id, "1", "approve", "-o", "json").ok().field("state"));
    assertEquals("[]\n", cli.run("rooms", "approvals", id, "-o", "json").ok().out());
    cli.run("tasks", "merge", id, "1").ok();
    assertTrue(cli.run("tasks", "show", id, "1").ok().out().contains("merged"));
    assertTrue(cli.run("tasks", "list", id, "--state", "merged").ok().out().contains("fix the"));
    assertEquals(
        "[]\n", cli.run("tasks", "list", id, "--state", "in-progress", "-o", "json").ok().out());
    assertEquals(1, cli.run("tasks", "cancel", id, "1").code(), "it is merged");
    assertEquals(3, cli.run("tasks", "show", id, "99").code());
    assertTrue(
        cli.run("chat", id, "/task", "!low", "tidy", "up").ok().out().contains("it made task 2"));
  }

  @Test
  void whatIsNoRecordingIsRefusedAndTablesAreAsTheLogHasThem() throws IOException {
    Path file = Files.writeString(home.resolve("no-recording.json"), "[1, 2]");
    Result refused = cli.run("rooms", "import", file.toString());
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains("[RECORDING_INVALID]"), refused.err());
    assertEquals(2, cli.run("rooms", "import", home.resolve("nothing").toString()).code());

    cli.run("rooms", "create", "Counted").ok();
    Result compared = cli.run("admin", "rebuild", "rooms", "--compare", "-o", "json").ok();
    assertTrue(compared.out().contains("\"different\":[]"), compared.out());
    assertTrue(compared.err().contains("rooms."), compared.err());
    cli.run("admin", "rebuild", "rooms").ok();
    cli.run("admin", "rebuild", "rooms", "--compare").ok();
  }

  static void await(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not happen in 60 s");
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
