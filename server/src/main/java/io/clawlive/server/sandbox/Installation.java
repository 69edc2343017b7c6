package io.clawlive.server.sandbox;

import io.clawlive.server.platform.NotUsableException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose sandboxes these are: a server that starts again on the same machine with the same folder is
 * the same installation and takes over what it left; another one leaves them alone.
 */
@Singleton
public final class Installation {
  private final Optional<Path> folder;
  private final UUID id;

  Installation(SandboxConfiguration configuration) {
    this.folder =
        Optional.ofNullable(configuration.folder())
            .filter(path -> !path.isBlank())
            .map(path -> Path.of(path).toAbsolutePath());
    this.id = folder.map(Installation::readOrCreate).orElseGet(UUID::randomUUID);
  }

  /** Its id. */
  public UUID id() {
    return id;
  }

  /** Where it keeps what belongs to its sandboxes; empty when it runs none. */
  public Optional<Path> folder() {
    return folder;
  }

  private static UUID readOrCreate(Path folder) {
    Path file = folder.resolve("installation");
    try {
      Files.createDirectories(folder);
      try {
        Files.writeString(file, UUID.randomUUID() + "\n", StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException known) {
        // An earlier start, or another server with this folder, wrote it.
      }
      return UUID.fromString(Files.readString(file).strip());
    } catch (IOException | IllegalArgumentException e) {
      throw new NotUsableException(
          "The file "
              + file
              + " that names this installation can be neither read nor made; give the server's user"
              + " access to it, or point clawlive.sandbox.folder somewhere else.");
    }
  }
}
