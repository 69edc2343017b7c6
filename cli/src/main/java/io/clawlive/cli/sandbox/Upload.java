package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileType;
import io.clawlive.sdk.NotFoundException;
import io.clawlive.sdk.SandboxFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files from this machine into a sandbox. */
final class Upload {
  private static final int OWNER_ENTERS_AND_WRITES = 0300;

  private final SandboxFiles files;
  private final Transfer transfer;

  Upload(SandboxFiles files, Transfer transfer) {
    this.files = files;
    this.transfer = transfer;
  }

  /** A file or folder to a path, or into a folder that is there. */
  void copy(Path from, String to) throws IOException {
    if (!Files.exists(from)) {
      throw new Failure(ExitCode.NOT_FOUND, "There is no file %s.".formatted(from));
    }
    String target = target(to, name(from));
    if (Files.isDirectory(from)) {
      folder(from, target);
    } else {
      file(from, target);
    }
  }

  /** A stream to a path. */
  void copy(InputStream from, String to) throws IOException {
    if (isFolder(to)) {
      throw new Failure(
          ExitCode.USAGE, "%s is a folder. Expected the path of a file.".formatted(to));
    }
    FileEntry unused = files.write(to, transfer.counted(from, to));
  }

  private static String name(Path from) throws IOException {
    Path name = from.toRealPath().getFileName();
    return name == null ? "" : name.toString();
  }

  private String target(String to, String name) {
    return isFolder(to) ? Place.below(to, name) : to;
  }

  private boolean isFolder(String path) {
    if (path.endsWith("/")) {
      return true;
    }
    return stat(path).filter(entry -> entry.getType() == FileType.FILE_TYPE_FOLDER).isPresent();
  }

  private Optional<FileEntry> stat(String path) {
    try {
      return Optional.of(files.stat(path));
    } catch (NotFoundException none) {
      if (!none.reason().equals("FILE_NOT_FOUND")) {
        throw none;
      }
      return Optional.empty();
    }
  }

  private void folder(Path from, String to) throws IOException {
    // Without these bits its own files could not be put into it.
    int mode = Modes.of(from);
    FileEntry unused = files.makeFolder(to, mode == 0 ? 0 : mode | OWNER_ENTERS_AND_WRITES);
    List<Path> entries;
    try (Stream<Path> listed = Files.list(from)) {
      entries = listed.sorted().toList();
    }
    for (Path entry : entries) {
      String at = Place.below(to, entry.getFileName().toString());
      if (Files.isSymbolicLink(entry)) {
        transfer.skip(entry.toString(), "a link");
      } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        folder(entry, at);
      } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        file(entry, at);
      } else {
        transfer.skip(entry.toString(), "no file");
      }
    }
  }

  private void file(Path from, String to) throws IOException {
    try (InputStream content = Files.newInputStream(from)) {
      FileEntry unused =
          files.write(to, transfer.counted(content, from.toString()), Modes.of(from), true);
    }
  }
}
