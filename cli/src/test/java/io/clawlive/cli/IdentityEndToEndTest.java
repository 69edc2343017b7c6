package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sign in, keys, members and administration against a real server. Everybody has a CLAWLIVE_HOME of
 * their own; that of the server's machine belongs to its administrator.
 */
@Timeout(120)
class IdentityEndToEndTest {
  private static final String PASSWORD = "correct horse battery";
  private static final Pattern CODE = Pattern.compile("Your code is ([A-Z]{4}-[A-Z]{4})");

  @TempDir private static Path homes;

  private static ServerProcess server;
  private static Cli machine;
  private static Cli alice;

  @BeforeAll
  static void serve() throws IOException {
    Path home = Files.createDirectory(homes.resolve("machine"));
    server = ServerProcess.start(home);
    machine = new Cli(home);
    alice = person("alice");
    Result registered =
        alice.runWith(PASSWORD + "\n", "register", "Alice", "--password-stdin", "-o", "json").ok();
    assertEquals("admin", registered.field("role"), "the first account is the administrator");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aLoginIsKeptForItsUserAloneAndEnds() throws IOException {
    Cli bob = user("bob");
    assertEquals("bob", bob.run("whoami", "-o", "json").ok().field("account_name"));
    Path file = homes.resolve("bob/credentials.toml");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    String kept = Files.readString(file);
    String access = value(kept, "access_token");
    Result doctor = bob.run("doctor").ok();
    assertTrue(
        doctor.out().contains("login of bob, accepted as user bob; the login ends 20"),
        doctor.out());
    for (Result result : List.of(doctor, bob.run("whoami"), bob.run("keys", "list"))) {
      assertFalse((result.out() + result.err()).contains(access), "a token was printed");
      assertFalse((result.out() + result.err()).contains(value(kept, "refresh_token")));
    }

    assertTrue(bob.run("logout").ok().out().startsWith("Signed out of "));
    assertFalse(Files.readString(file).contains(access));
    assertEquals("spectator", bob.run("whoami", "-o", "json").ok().field("role"));
    assertEquals(4, bob.with("CLAWLIVE_TOKEN", access).run("keys", "list").code());
  }

  @Test
  void aWrongPasswordIsToldAndNothingIsKept() {
    user("carol");
    Cli stranger = person("stranger");
    Result refused =
        stranger.runWith("not the password\n", "login", "--name", "carol", "--password-stdin");
    assertEquals(4, refused.code());
    assertTrue(refused.err().contains("[LOGIN_FAILED]"), refused.err());
    assertEquals("spectator", stranger.run("whoami", "-o", "json").ok().field("role"));
  }

  @Test
  void aPasswordIsChangedAndTheOldOneWorksNoMore() {
    Cli dave = user("dave");
    Result changed = dave.runWith(PASSWORD + "\nanother long one\n", "passwd", "--password-stdin");
    assertEquals(0, changed.code(), changed.err());
    assertEquals("dave", dave.run("whoami", "-o", "json").ok().field("account_name"));
    assertEquals(4, login(person("dave-2"), "dave", PASSWORD).code());
    assertEquals(0, login(person("dave-3"), "dave", "another long one").code());
    assertEquals(2, dave.runWith("one line\n", "passwd", "--password-stdin").code());
  }

  @Test
  void aCodeIsApprovedByAnotherProfile() throws Exception {
    user("erin").run("whoami").ok();
    Waiting laptop = new Waiting("laptop");
    Result approved = person("erin").run("approve", laptop.code(), "--yes");
    assertEquals(0, approved.code(), approved.err());
    assertTrue(approved.err().contains("This lets in: clawlive on laptop, from "), approved.err());
    assertEquals("erin", laptop.result().ok().field("account_name"));
    assertEquals("erin", person("laptop").run("whoami", "-o", "json").ok().field("account_name"));
    assertEquals(3, person("erin").run("approve", laptop.code(), "--yes").code(), "it works once");
  }

  @Test
  void aDeniedCodeLetsNobodyIn() throws Exception {
    Waiting unwanted = new Waiting("unwanted");
    Result unsure = alice.run("approve", unwanted.code());
    assertEquals(2, unsure.code(), "without a terminal nobody can be asked");
    assertTrue(unsure.err().contains("--yes"), unsure.err());
    alice.run("deny", unwanted.code()).ok();
    assertEquals(4, unwanted.result().code());
  }

  @Test
  void aKeyIsMadeListedAndRevoked() {
    Cli frank = user("frank");
    frank.run("agent", "register", "franks-bot").ok();
    Result made = frank.run("keys", "create", "--agent", "franks-bot", "-o", "json").ok();
    assertTrue(
        made.out().matches("\\{\"key_id\":\"[0-9a-f-]{36}\",\"api_key\":\"cl_[^\"]+\"}\\n"),
        made.out());
    Cli bot = person("franks-bot");
    bot.runWith(made.field("api_key") + "\n", "login", "--with-token").ok();
    assertEquals("franks-bot", bot.run("whoami", "-o", "json").ok().field("agent_handle"));
    assertTrue(frank.run("keys", "list").ok().out().contains(made.field("key_id")));

    frank.run("keys", "revoke", made.field("key_id")).ok();
    assertFalse(frank.run("keys", "list").ok().out().contains(made.field("key_id")));
    assertTrue(frank.run("keys", "list", "--all").ok().out().contains("revoked"));
    Result over = bot.run("whoami");
    assertEquals(4, over.code());
    assertTrue(over.err().contains("[CREDENTIAL_REVOKED]"), over.err());
    assertEquals(3, user("mallory").run("keys", "revoke", made.field("key_id")).code());
    assertTrue(bot.run("logout").ok().out().contains("is forgotten here. It goes on working"));
  }

  @Test
  void aWatchKeySeesAndDoesNotAct() {
    Cli grace = user("grace");
    Result made =
        grace
            .run(
                "keys",
                "create",
                "--scope",
                "watch",
                "--expires",
                "2h",
                "--label",
                "wall",
                "-o",
                "json")
            .ok();
    Cli wall = person("wall").with("CLAWLIVE_TOKEN", made.field("api_key"));
    assertEquals("watch", wall.run("whoami", "-o", "json").ok().field("key_scope"));
    wall.run("sessions").ok();
    Result refused = wall.run("agent", "register", "walls-bot");
    assertEquals(4, refused.code());
    assertTrue(refused.err().contains("[SCOPE_INSUFFICIENT]"), refused.err());
    assertTrue(grace.run("keys", "list").ok().out().contains("until 20"));
  }

  @Test
  void anAgentsKeyIsRotatedInPlace() throws IOException {
    Cli heidi = user("heidi");
    String old = heidi.run("agent", "register", "heidis-bot", "-o", "json").ok().field("api_key");
    String next = heidi.run("keys", "rotate", "-o", "json").ok().field("api_key");
    assertNotEquals(old, next);
    String kept = Files.readString(homes.resolve("heidi/credentials.toml"));
    assertTrue(kept.contains(next) && !kept.contains(old));
    heidi.run("project", "create", "site", "--agent", "heidis-bot").ok();
    assertEquals(4, person("old").with("CLAWLIVE_TOKEN", old).run("keys", "rotate").code());
  }

  @Test
  void manyAtOnceRefreshAnExpiredLoginOnce() throws IOException {
    user("ivan");
    try (Relay relay = new Relay(server.grpc())) {
      Cli ivan = throughRelay("ivan", relay);
      String before = tokenOf("ivan");
      List<CompletableFuture<Result>> threads =
          IntStream.range(0, 8)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> ivan.run("whoami", "-o", "json")))
              .toList();
      threads.forEach(thread -> assertEquals("ivan", thread.join().ok().field("account_name")));
      assertEquals(8 + 1, relay.connections(), "eight commands and one refresh");
      assertNotEquals(before, tokenOf("ivan"));
    }
  }

  @Test
  void manyProcessesRefreshAnExpiredLoginOnce() throws Exception {
    user("judy");
    try (Relay relay = new Relay(server.grpc())) {
      throughRelay("judy", relay);
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ProcessBuilder builder =
            ServerProcess.java(
                    homes.resolve("judy"), "io.clawlive.cli.Main", "whoami", "-o", "json")
                .redirectError(Redirect.DISCARD);
        builder.environment().put("CLAWLIVE_SERVER", relay.address());
        processes.add(builder.start());
      }
      for (Process process : processes) {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertTrue(out.contains("\"account_name\":\"judy\""), out);
      }
      assertEquals(4 + 1, relay.connections(), "four commands and one refresh");
    }
  }

  @Test
  void aLoginThatIsOverAsksToSignInAgain() throws IOException {
    Cli kate = user("kate");
    Path file = homes.resolve("kate/credentials.toml");
    String stolen = Files.readString(file);
    age("kate");
    kate.run("whoami").ok();
    Files.writeString(file, stolen);
    age("kate");
    Result reused = kate.run("whoami");
    assertEquals(4, reused.code());
    assertTrue(reused.err().contains("Sign in again: clawlive login"), reused.err());
    assertTrue(reused.err().contains("[REFRESH_REUSED]"), reused.err());
    assertTrue(kate.run("doctor").out().contains("Sign in again: clawlive login"));
  }

  @Test
  void aTokenWhoseSigningKeyWasTakenAwayIsRenewed() throws IOException {
    Cli liam = user("liam");
    String before = tokenOf("liam");
    machine.run("admin", "rotate-signing-key", "--revoke-old").ok();
    liam.run("keys", "list").ok();
    assertNotEquals(before, tokenOf("liam"));
  }

  @Test
  void aPrivateProjectIsSeenByItsMembers() {
    Cli mona = user("mona");
    Cli nina = user("nina");
    mona.run("agent", "register", "monas-bot").ok();
    Result project =
        mona.run("project", "create", "quiet", "--agent", "monas-bot", "--private", "-o", "json")
            .ok();
    assertEquals("private", project.field("visibility"));
    String session =
        mona.run("start", "--project", "monas-bot/quiet", "-o", "json").ok().field("session_id");
    mona.run("thought", "in private").ok();
    mona.run("thought", "named", "--session", session).ok();

    assertEquals(3, nina.run("watch", session, "--no-follow").code());
    assertFalse(nina.run("sessions").ok().out().contains(session));
    mona.run("project", "add-member", "monas-bot/quiet", "nina").ok();
    assertTrue(nina.run("watch", session, "--no-follow").ok().out().contains("in private"));
    assertTrue(mona.run("project", "members", "monas-bot/quiet").ok().out().contains("nina"));
    mona.run("project", "remove-member", "monas-bot/quiet", "nina").ok();
    assertEquals(3, nina.run("replay", session, "--speed", "max").code());
    assertEquals(3, nina.run("project", "update", "monas-bot/quiet", "--public").code());

    mona.run("project", "update", "monas-bot/quiet", "--public", "--title", "Loud").ok();
    nina.run("watch", session, "--no-follow").ok();
    assertEquals(4, nina.run("project", "update", "monas-bot/quiet", "--private").code());
    assertEquals(
        "private", mona.run("visibility", "private", "-o", "json").ok().field("visibility"));
    assertEquals(3, nina.run("watch", session, "--no-follow").code());
    assertEquals(2, mona.run("project", "update", "monas-bot/quiet").code());

    Result hidden =
        mona.run("start", "--project", "monas-bot/quiet", "--private", "-o", "json").ok();
    assertEquals("private", hidden.field("visibility"), "on a public project too");
    assertEquals(3, nina.run("watch", hidden.field("session_id"), "--no-follow").code());
  }

  @Test
  void anAgentsOwnKeySeesItsPrivateSession() {
    Cli olga = user("olga");
    olga.run("agent", "register", "olgas-bot").ok();
    olga.run("project", "create", "quiet", "--agent", "olgas-bot", "--private").ok();
    olga.run("logout").ok();
    String session =
        olga.run("start", "--project", "quiet", "--agent", "olgas-bot", "-o", "json")
            .ok()
            .field("session_id");
    olga.run("thought", "alone", "--session", session).ok();
    assertTrue(olga.run("watch", session, "--no-follow").ok().out().contains("alone"));
  }

  @Test
  void accountsAreManagedOnTheServersMachine() {
    machine
        .runWith(PASSWORD + "\n", "admin", "create-user", "Quinn", "--admin", "--password-stdin")
        .ok();
    assertTrue(machine.run("admin", "list-users").ok().out().matches("(?s).*quinn +admin.*"));
    machine.run("admin", "set-role", "quinn", "user").ok();
    machine.run("admin", "disable", "quinn").ok();
    assertEquals(4, login(person("quinn"), "quinn", PASSWORD).code());
    machine.run("admin", "enable", "quinn").ok();
    machine
        .runWith("an entirely new one\n", "admin", "reset-password", "quinn", "--password-stdin")
        .ok();
    login(person("quinn"), "quinn", "an entirely new one").ok();

    Result stranger = person("quinn").run("admin", "list-users");
    assertEquals(4, stranger.code());
    assertTrue(stranger.err().contains("[ADMIN_ONLY]"), stranger.err());
    alice.run("admin", "list-users").ok();
    Result taken =
        alice.runWith(PASSWORD + "\n", "admin", "create-user", "quinn", "--password-stdin");
    assertEquals(1, taken.code());
    assertEquals(3, machine.run("admin", "disable", "nobody-at-all").code());
    assertEquals(
        2, machine.runWith("short\n", "admin", "create-user", "x2", "--password-stdin").code());
  }

  @Test
  void theServersMachineAdministersAlsoWhileAnOrdinaryUserIsSignedInThere() {
    machine.runWith(PASSWORD + "\n", "admin", "create-user", "rita", "--password-stdin").ok();
    Cli here = new Cli(homes.resolve("machine"));
    login(here, "rita", PASSWORD).ok();
    try {
      assertEquals("rita", here.run("whoami", "-o", "json").ok().field("account_name"));
      here.run("admin", "list-users").ok();
    } finally {
      here.run("logout").ok();
    }
  }

  @Test
  void theAuditLogIsListedAndVerified() {
    user("sam");
    Result listed =
        machine.run("audit", "list", "--action", "account", "--limit", "3", "-o", "json").ok();
    assertTrue(listed.out().contains("\"action\":\"account.create\""), listed.out());
    Result verified = machine.run("audit", "verify").ok();
    Matcher head = Pattern.compile("([0-9]+:[0-9a-f]{64})").matcher(verified.out());
    assertTrue(head.find(), verified.out());
    machine.run("audit", "verify", "--known", head.group(1)).ok();
    String other = head.group(1).substring(0, head.group(1).indexOf(':') + 1) + "0".repeat(64);
    Result broken = machine.run("audit", "verify", "--known", other);
    assertEquals(1, broken.code());
    assertTrue(broken.out().startsWith("Broken at entry "), broken.out());
    assertEquals(4, user("tina").run("audit", "list").code());
  }

  @Test
  void aSecondAccountNeedsAnAdministrator() {
    Result closed = person("uma").runWith(PASSWORD + "\n", "register", "uma", "--password-stdin");
    assertEquals(4, closed.code());
    assertTrue(closed.err().contains("clawlive admin create-user"), closed.err());
  }

  /** A login by code that waits in a thread of its own. */
  private static final class Waiting {
    private final Cli.Live live;

    Waiting(String host) {
      live = person(host).with("HOSTNAME", host).begin("login", "-o", "json");
    }

    String code() throws InterruptedException {
      for (int i = 0; i < 200; i++) {
        Matcher shown = CODE.matcher(live.err());
        if (shown.find()) {
          return shown.group(1);
        }
        Thread.sleep(50);
      }
      throw new AssertionError("no code in: " + live.err());
    }

    Result result() throws Exception {
      return live.result().get(30, TimeUnit.SECONDS);
    }
  }

  /** The shell of somebody who is on another machine. */
  private static Cli person(String name) {
    return new Cli(homes.resolve(name)).with("CLAWLIVE_SERVER", server.grpc());
  }

  /** Somebody with an account, signed in. */
  private static Cli user(String name) {
    machine.runWith(PASSWORD + "\n", "admin", "create-user", name, "--password-stdin").ok();
    Cli cli = person(name);
    login(cli, name, PASSWORD).ok();
    return cli;
  }

  private static Result login(Cli cli, String name, String password) {
    String server = IdentityEndToEndTest.server.grpc();
    return cli.runWith(
        password + "\n", "login", "--name", name, "--password-stdin", "--server", server);
  }

  /** Makes the stored login look as if its access token were nearly over. */
  private static void age(String name) throws IOException {
    Path file = homes.resolve(name).resolve("credentials.toml");
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll("(?m)^renew_at = .*$", "renew_at = \"2020-01-01T00:00:00Z\""));
  }

  /** The shell of somebody who signs in through a relay and whose access token is nearly over. */
  private static Cli throughRelay(String name, Relay relay) throws IOException {
    Cli cli = person(name).with("CLAWLIVE_SERVER", relay.address());
    cli.runWith(
            PASSWORD + "\n",
            "login",
            "--name",
            name,
            "--password-stdin",
            "--server",
            relay.address())
        .ok();
    age(name);
    relay.forget();
    return cli;
  }

  private static String tokenOf(String name) throws IOException {
    String file = Files.readString(homes.resolve(name).resolve("credentials.toml"));
    return value(file.substring(file.lastIndexOf("[server")), "access_token");
  }

  private static String value(String toml, String key) {
    Matcher found = Pattern.compile("(?m)^%s = \"([^\"]*)\"$".formatted(key)).matcher(toml);
    assertTrue(found.find(), key);
    return found.group(1);
  }
}
