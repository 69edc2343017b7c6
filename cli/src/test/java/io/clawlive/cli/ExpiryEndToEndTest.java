package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that last longer than an access token, which here lives for 6 seconds. */
@Timeout(120)
class ExpiryEndToEndTest {
  private static final String PASSWORD = "correct horse battery";
  private static final int LINES = 24;
  private static final Duration EVERY = Duration.ofMillis(500);

  @TempDir private static Path homes;

  private static ServerProcess server;

  @BeforeAll
  static void serve() throws IOException {
    Path home = Files.createDirectory(homes.resolve("machine"));
    server = ServerProcess.start(home, Map.of("CLAWLIVE_IDENTITY_ACCESS_TOKEN_LIFETIME", "6s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void pipeAndWatchGoOnAcrossTheExpiryOfTheirTokens() throws Exception {
    Cli owner = person("owner");
    owner.runWith(PASSWORD + "\n", "register", "owner", "--password-stdin").ok();
    owner.run("agent", "register", "bot").ok();
    owner.run("project", "create", "site", "--agent", "bot", "--private").ok();
    String session =
        owner.run("start", "--project", "bot/site", "-o", "json").ok().field("session_id");
    // Elsewhere, where the agent's own key is not stored: a pipe with the account's login.
    Cli elsewhere = signedIn("elsewhere");
    Cli viewer = signedIn("viewer");
    Map<String, String> before = Map.of("elsewhere", token("elsewhere"), "viewer", token("viewer"));

    Cli.Live watching = viewer.begin("watch", session, "--type", "log");
    PipedOutputStream input = new PipedOutputStream();
    Cli.Live piping =
        elsewhere.beginWith(new PipedInputStream(input), "pipe", "--session", session);
    for (int i = 1; i <= LINES; i++) {
      input.write("line %02d\n".formatted(i).getBytes(StandardCharsets.UTF_8));
      input.flush();
      Thread.sleep(EVERY);
    }
    input.close();
    assertEquals("", piping.result().get(30, TimeUnit.SECONDS).ok().err());
    owner.run("end").ok();
    Result watched = watching.result().get(30, TimeUnit.SECONDS).ok();

    List<String> lines =
        Pattern.compile("line \\d\\d")
            .matcher(watched.out())
            .results()
            .map(r -> r.group())
            .toList();
    assertEquals(IntStream.rangeClosed(1, LINES).mapToObj("line %02d"::formatted).toList(), lines);
    assertEquals("clawlive: The session has ended.\n", watched.err());
    assertNotEquals(before.get("elsewhere"), token("elsewhere"));
    assertNotEquals(before.get("viewer"), token("viewer"));
  }

  private static Cli signedIn(String home) {
    Cli cli = person(home);
    cli.runWith(
            PASSWORD + "\n",
            "login",
            "--name",
            "owner",
            "--password-stdin",
            "--server",
            server.grpc())
        .ok();
    return cli;
  }

  private static Cli person(String name) {
    return new Cli(homes.resolve(name)).with("CLAWLIVE_SERVER", server.grpc());
  }

  private static String token(String home) throws IOException {
    Matcher found =
        Pattern.compile("(?m)^access_token = \"(.*)\"$")
            .matcher(Files.readString(homes.resolve(home).resolve("credentials.toml")));
    assertTrue(found.find());
    return found.group(1);
  }
}
