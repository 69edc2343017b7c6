package io.clawlive.server.platform.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says: which process works on the cluster, and how far it is. The file
 * stays behind when that process is killed.
 *
 * @param started seconds since 1970
 * @param status {@code starting}, {@code ready}, {@code stopping}; empty while it is not known
 */
record PostmasterFile(long pid, long started, int port, String status) {

  static Optional<PostmasterFile> read(Path cluster) {
    try {
      List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
      // Line by line: pid, data directory, start, port, socket folder, address, memory key, status.
      // PostgreSQL writes the file in steps.
      if (lines.size() < 4) {
        return Optional.empty();
      }
      return Optional.of(
          new PostmasterFile(
              Long.parseLong(lines.get(0).strip()),
              Long.parseLong(lines.get(2).strip()),
              Integer.parseInt(lines.get(3).strip()),
              lines.size() < 8 ? "" : lines.get(7).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean isReady() {
    return status.equals("ready");
  }

  boolean isStopping() {
    return status.equals("stopping");
  }

  boolean isSameProcess(PostmasterFile other) {
    return pid == other.pid && started == other.started;
  }
}
