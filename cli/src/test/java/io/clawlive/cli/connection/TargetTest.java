package io.clawlive.cli.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.home.Home;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Terminal;
import io.clawlive.sdk.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @TempDir private Path folder;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void profilesAndLocalServer() throws IOException {
    variables.put("CLAWLIVE_HOME", folder.toString());
    Files.writeString(
        folder.resolve("config.toml"),
        """
        [profile.work]
        server = "work.example:443"
        """);
    Files.writeString(
        folder.resolve("local-server.toml"),
        "address = \"127.0.0.1:9191\"\ntoken = \"cl_local_x\"\n");
  }

  @Test
  void theFlagGoesBeforeEverything() {
    variables.put("CLAWLIVE_SERVER", "env:1");
    variables.put("CLAWLIVE_PROFILE", "work");
    assertEquals("flag:2", choose("flag:2", null).server());
  }

  @Test
  void theEnvironmentGoesBeforeTheProfile() {
    variables.put("CLAWLIVE_SERVER", "env:1");
    assertEquals("env:1", choose(null, "work").server());
  }

  @Test
  void theProfileFlagGoesBeforeTheProfileVariable() {
    variables.put("CLAWLIVE_PROFILE", "nowhere");
    assertEquals("work.example:443", choose(null, "work").server());
  }

  @Test
  void theProfileGoesBeforeTheLocalServer() {
    variables.put("CLAWLIVE_PROFILE", "work");
    assertEquals("work.example:443", choose(null, null).server());
  }

  @Test
  void theLocalServerIsUsedWhenNothingIsNamed() {
    Target target = choose(null, null);
    assertEquals("127.0.0.1:9191", target.server());
    assertEquals("cl_local_x", target.credential().tokens().token());
  }

  @Test
  void withoutAnythingItIsTheUsualPort() throws IOException {
    Files.delete(folder.resolve("local-server.toml"));
    assertEquals("127.0.0.1:9090", choose(null, null).server());
    assertFalse(choose(null, null).credential().present());
  }

  @Test
  void anEmptyVariableCountsAsUnset() {
    variables.put("CLAWLIVE_SERVER", " ");
    assertEquals("127.0.0.1:9191", choose(null, null).server());
  }

  @Test
  void aProfileThatDoesNotExistIsAUsageError() {
    Failure failure = assertThrows(Failure.class, () -> choose(null, "nowhere"));
    assertEquals(ExitCode.USAGE, failure.exitCode());
    assertTrue(failure.getMessage().contains("known are: work"), failure.getMessage());
  }

  @Test
  void theLocalCredentialIsNotSentToAnotherServer() {
    assertFalse(choose("other:9191", null).credential().present());
    assertFalse(choose("127.0.0.1:9192", null).credential().present());
    assertTrue(choose("localhost:9191", null).credential().present());
  }

  @Test
  void theTokenVariableGoesBeforeAnyStoredCredential() {
    home().credentials().setToken("127.0.0.1:9191", "cl_login_x");
    home().credentials().setAgentKey("127.0.0.1:9191", "bot", "cl_bot_x");
    assertEquals("cl_login_x", choose(null, null).credential().tokens().token());
    assertEquals("cl_bot_x", choose(null, null).credentialOf("bot").tokens().token());
    assertEquals("cl_login_x", choose(null, null).credentialOf("stranger").tokens().token());
    variables.put("CLAWLIVE_TOKEN", "cl_env_x");
    assertEquals("cl_env_x", choose(null, null).credential().tokens().token());
    assertEquals("cl_env_x", choose(null, null).credentialOf("bot").tokens().token());
  }

  @Test
  void aCredentialNeverShowsItsSecretAsText() {
    assertFalse(choose(null, null).credential().toString().contains("cl_local_x"));
  }

  @ParameterizedTest
  @CsvSource({
    "host, host:9090, AUTO",
    "host:1, host:1, AUTO",
    "http://10.0.0.5:9090, 10.0.0.5:9090, OFF",
    "https://live.example, live.example:9090, ON",
    "[::1]:99, [::1]:99, AUTO"
  })
  void anAddressIsRead(String text, String hostAndPort, Tls tls) {
    assertEquals(new Address(hostAndPort, tls), Address.parse(text, "test"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b:1", "host:0", "host:70000", "host:port", "ftp://host:1", "h:1/x"})
  void anAddressThatMakesNoSenseIsAUsageError(String text) {
    Failure failure = assertThrows(Failure.class, () -> Address.parse(text, "--server"));
    assertEquals(ExitCode.USAGE, failure.exitCode());
    assertTrue(failure.getMessage().contains("--server"), failure.getMessage());
  }

  private Target choose(@Nullable String server, @Nullable String profile) {
    return Target.choose(shell(), home(), server, profile);
  }

  private Home home() {
    return Home.of(shell());
  }

  private Shell shell() {
    return new Shell(
        variables,
        InputStream.nullInputStream(),
        new ByteArrayOutputStream(),
        new ByteArrayOutputStream(),
        Terminal.NONE);
  }
}
