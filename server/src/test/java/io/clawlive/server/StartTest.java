package io.clawlive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server says when it cannot start. */
final class StartTest {
  @Test
  void aKeysetThatOthersCanReadIsToldInOneSentence(@TempDir Path home) throws IOException {
    Path keys = Files.writeString(home.resolve("secret.keys"), "{}");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    var options = new ServeCommand();
    options.data = home.resolve("data");
    var process = new ServerProcess(options, new Home(home));
    assertEquals(
        "The keyset file %s is open to other users of this machine (rw-r--r--); run: chmod 600 %s"
            .formatted(keys, keys),
        assertThrows(StartException.class, process::run).getMessage());
  }
}
