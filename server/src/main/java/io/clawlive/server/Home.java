package io.clawlive.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder that server and command line of one user share. {@code local-server.toml} in it tells
 * the command line on this machine where the server is and lets it in; only its user can read it.
 */
record Home(Path directory) {
  private static final Pattern TOKEN = Pattern.compile("(?m)^token = \"([^\"]*)\"$");

  static Home fromEnvironment() {
    String home = System.getenv("CLAWLIVE_HOME");
    return new Home(
        home == null || home.isBlank()
            ? Path.of(System.getProperty("user.home"), ".clawlive")
            : Path.of(home).toAbsolutePath());
  }

  Path defaultData() {
    return directory.resolve("data");
  }

  /** The keyset for what lies sealed in the database, where the environment gives none. */
  Path secretKeys() {
    return directory.resolve("secret.keys");
  }

  /** What belongs to sandboxes, where the configuration names no other folder. */
  Path sandboxes() {
    return directory.resolve("sandboxes");
  }

  /** The templates of sandboxes, where the environment names no other folder. */
  Path templates() {
    return directory.resolve("templates");
  }

  private Path file() {
    return directory.resolve("local-server.toml");
  }

  /** The key that an earlier start wrote. */
  Optional<String> localToken() {
    try {
      Matcher token = TOKEN.matcher(Files.readString(file()));
      return token.find() ? Optional.of(token.group(1)) : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** Writes the file as a whole or not at all, never readable by others. */
  void writeLocalServer(String address, URI web, String token) throws IOException {
    Files.createDirectories(directory);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path draft = Files.createTempFile(directory, "local-server", ".tmp", ownerOnly);
    Files.writeString(
        draft,
        """
        # Written by the server at each start, for the command line on this machine.
        address = "%s"
        web = "%s"
        token = "%s"
        """
            .formatted(address, web, token));
    Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
