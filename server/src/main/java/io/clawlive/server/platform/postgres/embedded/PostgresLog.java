package io.clawlive.server.platform.postgres.embedded;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files PostgreSQL writes its messages to. */
final class PostgresLog {
  private static final int KEPT_FILES = 5;
  private static final int LINES_TOLD = 6;

  private final DataDirectory directory;

  PostgresLog(DataDirectory directory) {
    this.directory = directory;
  }

  /** Begins a new start, so that {@link #since} tells of it alone. */
  void beginStart() throws IOException {
    Files.deleteIfExists(directory.startLog());
    prune();
  }

  /** Deletes all but the newest files. */
  void prune() throws IOException {
    List<Path> files = files();
    for (Path old : files.subList(0, Math.max(0, files.size() - KEPT_FILES))) {
      Files.deleteIfExists(old);
    }
  }

  /** How much was written before. */
  Mark mark() throws IOException {
    List<Path> files = files();
    return files.isEmpty()
        ? new Mark("", 0)
        : new Mark(files.getLast().getFileName().toString(), Files.size(files.getLast()));
  }

  /** The last lines since then. */
  String since(Mark mark) throws IOException {
    var text = new StringBuilder();
    if (Files.exists(directory.startLog())) {
      text.append(read(directory.startLog(), 0));
    }
    for (Path file : files()) {
      int order = file.getFileName().toString().compareTo(mark.file);
      if (order >= 0) {
        text.append(read(file, order == 0 ? mark.size : 0));
      }
    }
    List<String> lines =
        text.toString().lines().filter(line -> !line.contains("  HINT:  ")).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size()));
  }

  /** Oldest first, as their names sort. */
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory.log())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory.log())) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".log"))
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    }
  }

  private static String read(Path file, long from) throws IOException {
    try (var channel = Files.newByteChannel(file)) {
      channel.position(Math.max(from, channel.size() - 16_384));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A place in the log. */
  record Mark(String file, long size) {}
}
