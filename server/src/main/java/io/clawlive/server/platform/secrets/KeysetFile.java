package io.clawlive.server.platform.secrets;

import io.clawlive.server.platform.NotUsableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** The keyset in a file that only the server's user can read. */
record KeysetFile(Path path) {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** The file's text; when there is no file yet, one is written first. */
  String readOrCreate(Supplier<String> fresh) {
    try {
      if (Files.notExists(path)) {
        create(fresh.get());
      }
      return read();
    } catch (IOException e) {
      throw new NotUsableException(
          "The keyset file "
              + path
              + " can be neither read nor made ("
              + e.getClass().getSimpleName()
              + "); give the server's user access to it.");
    }
  }

  private String read() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!OWNER.containsAll(permissions)) {
      throw new NotUsableException(
          "The keyset file "
              + path
              + " is open to other users of this machine ("
              + PosixFilePermissions.toString(permissions)
              + "); run: chmod 600 "
              + path);
    }
    return Files.readString(path);
  }

  /**
   * Writes the file as a whole or not at all. A link never replaces what is there, so of two
   * servers that start at the same time the first one's keyset stays and both read it.
   */
  private void create(String keyset) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path draft =
        Files.createTempFile(
            directory, "secret", ".tmp", PosixFilePermissions.asFileAttribute(OWNER));
    try {
      try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(keyset);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.createLink(path, draft);
      sync(directory);
    } catch (FileAlreadyExistsException another) {
      // Another server was first; its keyset is as good.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** A key that seals rows must survive a power cut as surely as the rows do. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}
