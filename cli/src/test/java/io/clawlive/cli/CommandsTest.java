package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Everything that needs no server. */
class CommandsTest {
  private static final String SESSION = "01a1fd80-12bf-721c-86b1-11e0b79c6b2c";

  @TempDir private Path home;
  private Cli cli;

  @BeforeEach
  void freshHome() {
    cli = new Cli(home);
  }

  @Test
  void versionAnswersInBothForms() {
    assertTrue(cli.run("version").ok().out().startsWith("clawlive 0."));
    assertFalse(cli.run("version", "-o", "json").ok().field("version").isEmpty());
    assertTrue(cli.run("--version").ok().out().startsWith("clawlive 0."));
  }

  @Test
  void everyCommandExplainsItselfAndTakesAnOutputForm() {
    int leaves = helped(Commands.all(shell(OutputStream.nullOutputStream())), "clawlive");
    assertTrue(leaves >= 25, leaves + " commands");
  }

  private int helped(CommandLine command, String name) {
    int leaves = 0;
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      String path = name + " " + sub.getKey();
      String help = sub.getValue().getUsageMessage();
      assertTrue(help.startsWith("Usage: " + path), help);
      if (sub.getValue().getSubcommands().isEmpty()) {
        leaves++;
        assertTrue(sub.getKey().equals("serve") || help.contains("--output=FORMAT"), help);
      }
      leaves += helped(sub.getValue(), path);
    }
    return leaves;
  }

  @Test
  void theOverviewNamesEveryCommand() {
    String help = cli.run("--help").ok().out();
    for (String name :
        Commands.all(shell(OutputStream.nullOutputStream())).getSubcommands().keySet()) {
      assertTrue(help.contains("\n  " + name + " "), name);
    }
  }

  @Test
  void aCommandAloneIsBuiltAloneAndBehavesAsAmongAll() {
    Shell shell = shell(OutputStream.nullOutputStream());
    assertEquals(1, Commands.commandLine(shell, "version").getSubcommands().size());
    assertEquals(
        Commands.all(shell).getSubcommands().get("watch").getUsageMessage(),
        Commands.commandLine(shell, "watch").getSubcommands().get("watch").getUsageMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "agent",
        "nonsense",
        "version -o xml",
        "version extra",
        "watch",
        "watch not-an-id",
        "watch " + SESSION + " --from 1 --tail 1",
        "replay " + SESSION + " --speed -1",
        "replay " + SESSION + " --speed fast",
        "export " + SESSION,
        "export " + SESSION + " --format gif",
        "proof --kind opinion",
        "thought",
        "thought hello",
        "pipe --type song",
        "sessions --status asleep",
        "whoami --server not:a:server",
        "whoami --profile nowhere",
        "start",
        "run",
        "login --with-token",
        "rooms",
        "rooms create",
        "rooms create x --lobby --created",
        "rooms create x --assignment whoever",
        "rooms move x asleep",
        "rooms steer x y dance",
        "rooms decide x one approve",
        "tasks",
        "tasks claim x",
        "tasks claim x one",
        "tasks create x",
        "chat",
        "agent run",
        "agent run --exec true",
        "admin rebuild",
        "sandbox",
        "sandbox show",
        "sandbox create --no-such-option",
        "sandbox logs x --from 1 --tail 1",
        "sandbox list --state asleep"
      })
  void whatIsNotUnderstoodIsAUsageErrorWithASentence(String arguments) {
    Result result = cli.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    assertEquals(2, result.code(), result.err());
    assertTrue(result.err().startsWith("clawlive: "), result.err());
    assertEquals("", result.out());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void argumentsKeepTheirLettersInAnyLocale() {
    byte[] commandLine = "java\0Main\0log\0\0hé\0".getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(
        new String[] {"log", "", "hé"},
        Arguments.tail(commandLine, new String[] {"log", "", "h??"}));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create --memory lots | --memory | 16M to 64G",
        "create --memory 15M | --memory | 16M to 64G",
        "create --cpus 0 | --cpus | 0.05 to 128",
        "create --pids 7 | --pids | 8 to 32768",
        "create --network wide | --network | NONE, INTERNAL, OPEN",
        "create --port 65536 | --port | 1 to 65535",
        "create --lease 5s | --lease | 10s to 30d",
        "create --wait 1w | --wait | 90s, 30m, 12h or 7d",
        "create --session here | --session | UUID",
        "create --room here | --room | UUID",
        "create --env NAME | --env | K=V",
        "create --env 1A=b | --env | no digit first",
        "create --env-file /no/such/file | --env-file | K=V",
        "limits x --memory 1T | --memory | 16M to 64G",
        "extend x soon | TIME | 90s, 30m, 12h or 7d",
        "stats x --interval 2m | --interval | 1s to 60s",
      })
  void aBadValueOfASandboxIsToldWithItsOptionAndWhatIsExpected(
      String arguments, String option, String expected) {
    Result result = cli.run(("sandbox " + arguments).split(" "));
    assertEquals(2, result.code(), result.err());
    assertTrue(result.err().contains(option), result.err());
    assertTrue(result.err().contains(expected), result.err());
  }

  @Test
  void aMisspelledCommandIsGuessed() {
    assertTrue(cli.run("versoin").err().contains("Did you mean: version"));
  }

  @Test
  void noServerIsToldWithWhatToDo() throws IOException {
    Result result = cli.run("whoami", "--server", "127.0.0.1:" + unusedPort());
    assertEquals(5, result.code());
    assertTrue(result.err().contains("clawlive serve"), result.err());
    assertTrue(result.err().contains("[NO_SERVER]"), result.err());
  }

  @Test
  void aPortWhereSomethingElseAnswersIsTold() throws IOException {
    try (ServerSocket web = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerLikeAWebServer(web));
      Result result = cli.run("whoami", "--server", "127.0.0.1:" + web.getLocalPort());
      assertEquals(5, result.code(), result.err());
      assertTrue(result.err().contains("not a Claw Live"), result.err());
    }
  }

  private static void answerLikeAWebServer(ServerSocket web) {
    while (!web.isClosed()) {
      try (Socket socket = web.accept()) {
        int read = socket.getInputStream().read(new byte[1024]);
        String answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        while (read >= 0) {
          read = socket.getInputStream().read(new byte[1024]);
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  void doctorTellsEveryCheckAndFailsWithoutAServer() throws IOException {
    Result result = cli.run("doctor", "-o", "json", "--server", "127.0.0.1:" + unusedPort());
    assertEquals(1, result.code());
    assertTrue(
        result.out().startsWith("{\"ok\":false,\"checks\":[{\"name\":\"java\""), result.out());
    assertTrue(result.out().contains("\"name\":\"server\",\"status\":\"fail\""), result.out());
  }

  @Test
  void doctorFindsReadableCredentials() throws IOException {
    Path file = Files.writeString(home.resolve("credentials.toml"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Result result = cli.run("doctor", "--server", "127.0.0.1:" + unusedPort());
    assertTrue(result.out().contains("chmod 600"), result.out());
  }

  @Test
  void aTokenIsNeverAnArgument() {
    String help = cli.run("login", "--help").ok().out();
    assertTrue(help.contains("--with-token "), help);
    assertFalse(help.contains("--token"), help);
  }

  @Test
  void completionKnowsTheCommands() {
    String script = cli.run("completion").ok().out();
    assertTrue(script.contains("complete -F _complete_clawlive"), "bash");
    assertTrue(script.contains("asciicast"), "values of options");
  }

  @Test
  void closedOutputEndsQuietly() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Shell shell =
        new Shell(
            Map.of("CLAWLIVE_HOME", home.toString()),
            InputStream.nullInputStream(),
            closed,
            err,
            Terminal.NONE);
    assertEquals(0, Commands.commandLine(shell, "completion").execute("completion"));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  private Shell shell(OutputStream out) {
    return new Shell(
        Map.of("CLAWLIVE_HOME", home.toString()),
        InputStream.nullInputStream(),
        out,
        out,
        Terminal.NONE);
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
