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

/** Following, talking and signing, against a real server in a process of its own. */
@Timeout(120)
class SocialEndToEndTest {
  @TempDir private static Path home;

  private static ServerProcess server;
  private static Cli cli;
  private static String session;

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home);
    cli = new Cli(home);
    cli.run("agent", "register", "social-bot").ok();
    cli.run("project", "create", "work", "--agent", "social-bot").ok();
    session =
        cli.run("start", "--project", "work", "--agent", "social-bot", "-o", "json")
            .ok()
            .field("session_id");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anAgentIsFollowedListedAndFollowedNoMore() {
    assertEquals("You follow social-bot.\n", cli.run("follow", "social-bot").ok().out());
    Result follows = cli.run("follows", "-o", "json").ok();
    assertEquals("social-bot", follows.field("handle"));
    assertTrue(follows.out().contains("\"followers_count\":1"), follows.out());
    assertTrue(cli.run("follows").ok().out().contains("social-bot"));
    cli.run("unfollow", "social-bot").ok();
    assertEquals("[]\n", cli.run("follows", "-o", "json").ok().out());
    assertEquals(3, cli.run("follow", "nobody-here").code());
  }

  @Test
  void wordsBecomeAMessageThatEverybodyReadsBack() {
    String id = cli.run("chat", session, "looks", "good", "-o", "json").ok().field("message_id");
    Result list = cli.run("chat", session, "-o", "json").ok();
    assertEquals(id, list.field("message_id"));
    assertEquals("looks good", list.field("message"));
    assertEquals("local-admin", list.field("user"));
    assertTrue(cli.run("chat", session).ok().out().contains("looks good"));
    assertTrue(
        cli.run("watch", session, "--no-follow", "--type", "chat")
            .ok()
            .out()
            .contains("local-admin: looks good"));
    assertEquals(2, cli.run("chat", session, "--limit", "201").code());
    assertEquals(2, cli.run("chat", "no-session").code());
    assertEquals(3, cli.run("chat", "01890000-0000-7000-8000-000000000000", "hi").code());
  }

  @Test
  void aWebhookIsMadeTestedRotatedAndRemovedAndItsSecretIsShownOnce() {
    String secret =
        cli.run("webhook", "create", "social-bot", "ci", "-o", "json").ok().field("secret");
    Result listed = cli.run("webhook", "list", "social-bot", "-o", "json").ok();
    assertEquals("ci", listed.field("name"));
    assertFalse(listed.out().contains(secret), "no secret in a list");

    Cli sender = new Cli(home).with("CLAWLIVE_WEBHOOK_SECRET", secret);
    assertEquals(
        "{\"status\":\"ok\",\"inserted\":1}\n",
        sender.run("webhook", "send-test", session, "--line", "from ci", "-o", "json").ok().out());
    assertTrue(cli.run("watch", session, "--no-follow").ok().out().contains("webhook: from ci"));

    String next =
        cli.run("webhook", "rotate", "social-bot", "ci", "--overlap-seconds", "0", "-o", "json")
            .ok()
            .field("secret");
    Result refused = sender.run("webhook", "send-test", session);
    assertEquals(4, refused.code(), refused.err());
    assertTrue(refused.err().contains("'sha256='"), refused.err());
    assertTrue(refused.err().contains("[SIGNATURE_INVALID]"), refused.err());
    cli.runWith(next + "\n", "webhook", "send-test", session, "--secret-stdin").ok();

    cli.run("webhook", "delete", "social-bot", "ci").ok();
    assertEquals(3, cli.run("webhook", "delete", "social-bot", "ci").code());
    assertEquals("[]\n", cli.run("webhook", "list", "social-bot", "-o", "json").ok().out());
  }

  @Test
  void aTestDeliveryNeedsASecretAndAnAddress() {
    assertEquals(2, cli.run("webhook", "send-test", session).code(), "no terminal to ask at");
    assertEquals(
        2, cli.runWith("clw_short\n", "webhook", "send-test", session, "--secret-stdin").code());
    Cli sender = new Cli(home).with("CLAWLIVE_WEBHOOK_SECRET", "clw_" + "a".repeat(52));
    for (String bad : new String[] {"ftp://host", "nowhere"}) {
      Result result = sender.run("webhook", "send-test", session, "--web-url", bad);
      assertEquals(2, result.code(), result.err());
    }
    Result gone = sender.run("webhook", "send-test", session, "--web-url", "http://127.0.0.1:9");
    assertEquals(5, gone.code(), gone.err());
    assertFalse(gone.err().contains("aaaa"), "the secret is not told");
    Result elsewhere =
        new Cli(home.resolve("empty"))
            .with("CLAWLIVE_WEBHOOK_SECRET", "clw_" + "a".repeat(52))
            .run("webhook", "send-test", session);
    assertEquals(2, elsewhere.code(), elsewhere.err());
    assertTrue(elsewhere.err().contains("--web-url"), elsewhere.err());
  }
}
