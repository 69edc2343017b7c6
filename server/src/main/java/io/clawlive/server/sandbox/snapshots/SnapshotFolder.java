package io.clawlive.server.sandbox.snapshots;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.SnapshotVolume;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The files of one snapshot: a compressed tar archive a volume, in a folder of its own. */
final class SnapshotFolder {
  private static final int CHUNK = 128 << 10;

  private final Path folder;

  SnapshotFolder(Path folder) {
    this.folder = folder;
  }

  private Path file(String volume) {
    return folder.resolve(volume + ".tar.gz");
  }

  /**
   * Keeps a volume.
   *
   * @param most bytes that are taken
   * @param progress is told of the volume as far as it is kept, after every chunk
   * @throws RuntimeRefusal when it is more
   */
  SnapshotVolume keep(String volume, InputStream tar, long most, Consumer<SnapshotVolume> progress)
      throws IOException {
    Files.createDirectories(folder);
    MessageDigest digest = Sha256.running();
    long bytes = 0;
    SnapshotVolume.Builder kept = SnapshotVolume.newBuilder().setName(volume);
    try (OutputStream out =
        new Quick(new DigestOutputStream(Files.newOutputStream(file(volume)), digest))) {
      byte[] chunk = new byte[CHUNK];
      for (int n = tar.read(chunk); n >= 0; n = tar.read(chunk)) {
        bytes += n;
        if (bytes > most) {
          throw new RuntimeRefusal(
              Kind.FAILED,
              "It holds more than the %,d MiB that a snapshot may.".formatted(most >> 20));
        }
        out.write(chunk, 0, n);
        progress.accept(kept.setBytes(bytes).build());
      }
    }
    return kept.setBytes(bytes)
        .setStoredBytes(Files.size(file(volume)))
        .setSha256(ByteString.copyFrom(digest.digest()))
        .build();
  }

  /** What holds a running sandbox up should not take long. */
  private static final class Quick extends GZIPOutputStream {
    Quick(OutputStream out) throws IOException {
      super(out, CHUNK);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /**
   * Opens the archive of a volume.
   *
   * @throws RuntimeRefusal NOT_USABLE when it is not what was kept
   */
  InputStream open(SnapshotVolume volume) {
    Path file = file(volume.getName());
    try {
      MessageDigest digest = Sha256.running();
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      if (!MessageDigest.isEqual(digest.digest(), volume.getSha256().toByteArray())) {
        throw new RuntimeRefusal(
            Kind.NOT_USABLE,
            "The volume " + volume.getName() + " of the snapshot is damaged: its digest differs.");
      }
      return new GZIPInputStream(Files.newInputStream(file), CHUNK);
    } catch (IOException e) {
      throw new RuntimeRefusal(
          Kind.NOT_USABLE,
          "The volume " + volume.getName() + " of the snapshot cannot be read.",
          e);
    }
  }

  /** Removes everything. Nothing there is no error. */
  void remove() throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> inner = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : inner) {
        Files.deleteIfExists(each);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
