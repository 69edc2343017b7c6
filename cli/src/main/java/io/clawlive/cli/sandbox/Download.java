package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.text.TerminalText;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileType;
import io.clawlive.sandbox.v1.ListFilesResponse;
import io.clawlive.sdk.SandboxFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * Files from a sandbox to this machine. What a sandbox says is not trusted: names that are no names
 * are refused, links are not made, and no link of this machine is followed below the folder that is
 * copied to, so nothing is written outside of it.
 */
final class Download {
  private final SandboxFiles files;
  private final Transfer transfer;

  Download(SandboxFiles files, Transfer transfer) {
    this.files = files;
    this.transfer = transfer;
  }

  /** A file or folder to a path, or into a folder that is there. */
  void copy(String from, String to) throws IOException {
    FileEntry entry = files.stat(Place.bare(from));
    Path target = Path.of(to);
    if (Files.isDirectory(target)) {
      String name = Place.name(from);
      target = name.isEmpty() ? target : target.resolve(safe(name));
    } else if (to.endsWith("/") && entry.getType() != FileType.FILE_TYPE_FOLDER) {
      throw new Failure(ExitCode.FAILED, "There is no folder %s.".formatted(to));
    }
    switch (entry.getType()) {
      case FILE_TYPE_FOLDER -> folder(entry, target);
      // What is asked for by its name may be a link to a file.
      case FILE_TYPE_FILE, FILE_TYPE_LINK -> file(entry, target);
      case FILE_TYPE_OTHER, FILE_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new Failure(ExitCode.FAILED, "%s is no file and no folder.".formatted(from));
    }
  }

  private void folder(FileEntry folder, Path target) throws IOException {
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new Failure(
            ExitCode.FAILED, "%s is in the way of a folder of that name.".formatted(target));
      }
      Files.createDirectory(target);
    }
    ListFilesResponse listed = files.list(folder.getPath());
    if (listed.getTruncated()) {
      throw new Failure(
          ExitCode.FAILED,
          "%s has more than %,d entries, more than can be copied as files; make an archive of it."
              .formatted(folder.getPath(), listed.getEntriesCount()));
    }
    for (FileEntry entry : listed.getEntriesList()) {
      Path at = target.resolve(safe(inside(folder.getPath(), entry.getPath())));
      switch (entry.getType()) {
        case FILE_TYPE_FOLDER -> folder(entry, at);
        case FILE_TYPE_FILE -> file(entry, at);
        case FILE_TYPE_LINK -> transfer.skip(entry.getPath(), "a link");
        case FILE_TYPE_OTHER, FILE_TYPE_UNSPECIFIED, UNRECOGNIZED ->
            transfer.skip(entry.getPath(), "no file");
      }
    }
    mode(target, folder);
  }

  /** It takes its name in one step, when all of it is there. */
  private void file(FileEntry entry, Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new Failure(ExitCode.FAILED, "There is no folder %s.".formatted(folder));
    }
    if (Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)) {
      throw new Failure(
          ExitCode.FAILED, "%s is a folder, and %s is none.".formatted(target, entry.getPath()));
    }
    Path part = Files.createTempFile(folder, ".clawlive-", ".part");
    try (InputStream content = files.read(entry.getPath())) {
      InputStream counted = transfer.counted(content, entry.getPath());
      Files.copy(counted, part, StandardCopyOption.REPLACE_EXISTING);
      mode(part, entry);
      Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Permissions as they are there, but for those that lend somebody's rights. */
  private static void mode(Path path, FileEntry entry) throws IOException {
    if (entry.getType() != FileType.FILE_TYPE_LINK
        && Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(path, Modes.permissions(entry.getMode()));
    }
  }

  /** The part of a path that is below a folder. */
  static String inside(String folder, String path) {
    String begin = folder.endsWith("/") ? folder : folder + "/";
    if (!path.startsWith(begin)) {
      throw strange(path);
    }
    return path.substring(begin.length());
  }

  /** A name that stays in its folder. */
  static String safe(String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\\') >= 0 && java.io.File.separatorChar == '\\'
        || name.indexOf('\0') >= 0) {
      throw strange(name);
    }
    return name;
  }

  private static Failure strange(String path) {
    return new Failure(
        ExitCode.FAILED,
        "The sandbox names a file '%s', which would not stay in its folder. Nothing was written there."
            .formatted(TerminalText.safe(path, false)));
  }
}
