package io.clawlive.cli.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.home.CurrentSessions.Current;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir private Path temp;
  private Path folder;
  private Home home;

  @BeforeEach
  void chooseFolder() {
    folder = temp.resolve("home");
    home =
        Home.of(
            new Shell(
                Map.of("CLAWLIVE_HOME", folder.toString()),
                InputStream.nullInputStream(),
                new ByteArrayOutputStream(),
                new ByteArrayOutputStream(),
                Terminal.NONE));
  }

  @Test
  void credentialsAreReadableByTheUserAlone() throws IOException {
    home.credentials().setToken("127.0.0.1:9090", "secret");
    home.credentials().setAgentKey("127.0.0.1:9090", "mybot", "other");
    Path file = folder.resolve("credentials.toml");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    assertEquals(Optional.of("secret"), home.credentials().token("127.0.0.1:9090"));
    assertEquals(Optional.of("other"), home.credentials().agentKey("127.0.0.1:9090", "mybot"));
  }

  @Test
  void aCredentialIsBoundToItsServer() {
    home.credentials().setToken("127.0.0.1:9090", "secret");
    assertEquals(Optional.empty(), home.credentials().token("127.0.0.1:9091"));
  }

  @Test
  void aCredentialFileThatWasOpenBecomesPrivateWhenItIsWritten() throws IOException {
    Files.createDirectories(folder);
    Path file = Files.writeString(folder.resolve("credentials.toml"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    home.credentials().setToken("127.0.0.1:9090", "secret");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void anEditedConfigurationIsRead() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.toml"),
        """
        # my servers
        profile = "work"   # the usual one

        [profile.work]
        server = 'live.example.com:443'
        [ profile . "at home" ]
        server = "127.0.0.1:9191"
        """);
    assertEquals("work", home.profiles().usual());
    assertEquals(Optional.of("live.example.com:443"), home.profiles().server("work"));
    assertEquals(List.of("work", "at home"), home.profiles().names());
  }

  @Test
  void aBrokenConfigurationIsRefusedWithItsLine() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.toml"), "profile = \"a\"\nserver 127.0.0.1\n");
    Failure failure = assertThrows(Failure.class, () -> home.profiles().usual());
    assertTrue(failure.getMessage().contains("config.toml, line 2"), failure.getMessage());
  }

  @Test
  void strangeNamesSurviveWritingAndReading() {
    String name = "a \"b\" \\ c.d\n#é[x]";
    home.credentials().setToken(name, name);
    assertEquals(Optional.of(name), home.credentials().token(name));
  }

  @Test
  void theCurrentSessionIsKeptForEachProfileAndServer() {
    CurrentSessions sessions = home.currentSessions();
    sessions.set("default", "a:1", new Current("s1", "bot"));
    sessions.set("default", "b:1", new Current("s2", "bot"));
    sessions.set("work", "a:1", new Current("s3", "bot"));
    sessions.clear("default", "a:1", "another");
    assertEquals(Optional.of(new Current("s1", "bot")), sessions.get("default", "a:1"));
    sessions.clear("default", "a:1", "s1");
    assertEquals(Optional.empty(), sessions.get("default", "a:1"));
    assertEquals(Optional.of(new Current("s2", "bot")), sessions.get("default", "b:1"));
    assertEquals(Optional.of(new Current("s3", "bot")), sessions.get("work", "a:1"));
  }

  @Test
  void writersOfDifferentKeysDoNotLoseEachOthersChanges() {
    IntStream.range(0, 40)
        .parallel()
        .forEach(i -> home.credentials().setAgentKey("a:1", "bot" + i, "key" + i));
    for (int i = 0; i < 40; i++) {
      assertEquals(Optional.of("key" + i), home.credentials().agentKey("a:1", "bot" + i));
    }
  }

  @Test
  void theLocalServerIsFoundAndItsTokenStaysOutOfItsText() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("local-server.toml"), "address = \"127.0.0.1:9090\"\ntoken = \"cl_a_b\"\n");
    LocalServer local = LocalServer.find(home).orElseThrow();
    assertEquals("cl_a_b", local.token());
    assertTrue(!local.toString().contains("cl_a_b"));
  }
}
