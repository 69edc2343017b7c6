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

/** Teams in the server's home, asked and spoken to from the command line. */
@Timeout(120)
class TeamsEndToEndTest {
  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;
  private static String room;

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home);
    cli = new Cli(home);
    cli.run("agent", "register", "finn").ok();
    cli.run("agent", "register", "pax").ok();
    room = cli.run("rooms", "create", "Finance").ok().lines().getFirst();
    Path teams = Files.createDirectory(home.resolve("teams"));
    Files.writeString(teams.resolve("bad.toml"), "[team]\nname = \n");
    Files.writeString(
        teams.resolve("finance.toml"),
        """
        [team]
        name = "Finance"
        room = "%s"
        [router]
        mode = "hybrid"
        [agents]
        receipts = { agent = "finn", description = "Expense receipts" }
        payables = { agent = "pax", description = "Bills to pay" }
        [routing.receipts]
        keywords = ["receipt"]
        [routing.payables]
        keywords = ["invoice"]
        """
            .formatted(room));
    cli.run("team", "reload").ok();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void teamsAreListedAndShownAndABadFileIsNamedByLine() {
    Result list = cli.run("team", "list").ok();
    assertTrue(list.out().contains("finance"), list.out());
    assertTrue(list.err().contains("bad.toml, line 2: This is no TOML"), list.err());
    assertEquals("hybrid", cli.run("team", "list", "-o", "json").ok().field("mode"));
    assertTrue(cli.run("team", "show", "finance").ok().out().contains("payables"));
    assertEquals("finn", cli.run("team", "show", "finance", "-o", "json").ok().field("agent"));
    assertEquals(3, cli.run("team", "show", "finanse").code());
    assertEquals(2, cli.run("team", "show", "../etc").code());
    assertTrue(
        cli.run("team", "reload", "-o", "json").ok().out().startsWith("{\"teams\":1,"),
        "an administrator's command");
  }

  @Test
  void aMessageIsClassifiedFromArgumentsOrStandardInput() {
    assertEquals(
        "It goes to receipts (finn), confidence 0.88.\n",
        cli.run("team", "classify", "finance", "expense", "receipts").ok().out());
    Result piped =
        cli.runWith("two invoices came\n", "team", "classify", "finance", "-o", "json").ok();
    assertEquals("routed", piped.field("outcome"));
    assertEquals("payables", piped.field("key"));
    assertEquals("words", piped.field("decided_by"));
    assertEquals(
        "It fits no agent of the team.\n",
        cli.run("team", "classify", "finance", "hello").ok().out());
    assertTrue(
        cli.run("team", "classify", "finance", "invoice", "or", "receipt")
            .ok()
            .out()
            .startsWith("It may be for receipts ("));
    assertEquals(2, cli.run("team", "classify", "finance").code(), "nothing to classify");
    assertEquals(2, cli.run("team", "classify", "finance", "x".repeat(4_001)).code());
    assertEquals(2, cli.runWith("x".repeat(20_000), "team", "classify", "finance").code());
    assertEquals(3, cli.run("team", "classify", "finanse", "hello").code());
  }

  @Test
  void aMessageIsSaidInTheRoomOrAskedBack() {
    Result sent = cli.run("team", "send", "finance", "a", "receipt", "-o", "json").ok();
    assertEquals(room, sent.field("room_id"));
    assertTrue(sent.out().contains("\"delivered\":true"), sent.out());
    assertTrue(cli.run("chat", room).ok().out().contains("@finn a receipt"));
    Result asked = cli.run("team", "send", "finance", "invoice and receipt");
    assertEquals(1, asked.code());
    assertEquals("Not delivered. Who is this for: receipts, payables?\n", asked.out());
    Result chosen = cli.run("team", "send", "finance", "invoice and receipt", "--to", "payables");
    assertTrue(chosen.ok().out().startsWith("Said to pax as message "), chosen.out());
    assertEquals(3, cli.run("team", "send", "finance", "a receipt", "--to", "nobody").code());
  }
}
