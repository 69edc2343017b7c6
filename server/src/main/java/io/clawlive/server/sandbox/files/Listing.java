package io.clawlive.server.sandbox.files;

import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileType;
import io.clawlive.server.sandbox.files.Inside.Nonsense;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What is in a folder, in the order of the paths' bytes.
 *
 * @param entries by the bytes of their names below the folder
 * @param truncated whether there is more
 */
record Listing(SequencedMap<byte[], FileEntry> entries, boolean truncated) {
  static final int MOST_ENTRIES = 10_000;

  /** So that an answer is no larger than clients take. */
  private static final int MOST_BYTES = 3 << 20;

  private static final int MOST_FIGURES = 128;
  private static final int MOST_NAME = 16 << 10;
  static final Comparator<byte[]> BY_BYTES = Arrays::compareUnsigned;

  /**
   * Reads what the scripts tell of a folder, up to the end of it and no further.
   *
   * @throws EOFException when they broke off, the reason for which they tell otherwise
   */
  static Listing read(FilePath folder, InputStream script) throws IOException {
    return new Reader(folder, script).read();
  }

  private static final class Reader {
    private final FilePath folder;
    private final InputStream in;
    private final TreeMap<byte[], FileEntry> entries = new TreeMap<>(BY_BYTES);
    private int bytes;

    Reader(FilePath folder, InputStream in) {
      this.folder = folder;
      this.in = in;
    }

    Listing read() throws IOException {
      for (int first = next(); first != '='; first = next()) {
        if (!addEntry(first)) {
          return new Listing(entries, true);
        }
      }
      if (next() != '\n') {
        throw new Nonsense();
      }
      for (byte[] link = upToZero(); link.length > 0; link = upToZero()) {
        if (!addTarget(link, upToZero())) {
          return new Listing(entries, true);
        }
      }
      return new Listing(entries, false);
    }

    private int next() throws IOException {
      int b = in.read();
      if (b < 0) {
        throw new EOFException();
      }
      return b;
    }

    private boolean addEntry(int first) throws IOException {
      FileEntry.Builder entry = Entries.entry(figures(first));
      byte[] name = name();
      return add(name, entry.setPath(folder.child(Entries.text(name, 0, name.length))).build());
    }

    /** Five figures, each with a space behind it. */
    private String figures(int first) throws IOException {
      StringBuilder figures = new StringBuilder();
      int spaces = 0;
      for (int b = first; ; b = next()) {
        if (b == ' ' && ++spaces == 5) {
          return figures.toString();
        }
        figures.append((char) b);
        if (figures.length() > MOST_FIGURES) {
          throw new Nonsense();
        }
      }
    }

    /** From "./" to two slashes and the end of the line. */
    private byte[] name() throws IOException {
      ByteArrayOutputStream name = new ByteArrayOutputStream();
      int slashes = 0;
      while (slashes < 2) {
        int b = next();
        slashes = b == '/' ? slashes + 1 : 0;
        name.write(b);
        if (name.size() > MOST_NAME) {
          throw new Nonsense();
        }
      }
      if (next() != '\n') {
        throw new Nonsense();
      }
      byte[] all = name.toByteArray();
      return below(Arrays.copyOf(all, all.length - 2));
    }

    private static byte[] below(byte[] name) throws Nonsense {
      if (name.length < 3 || name[0] != '.' || name[1] != '/') {
        throw new Nonsense();
      }
      return Arrays.copyOfRange(name, 2, name.length);
    }

    private byte[] upToZero() throws IOException {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (int b = next(); b != 0; b = next()) {
        text.write(b);
        if (text.size() > MOST_NAME) {
          throw new Nonsense();
        }
      }
      return text.toByteArray();
    }

    /** Of a link that came after the others were listed, or is another thing by now, nothing. */
    private boolean addTarget(byte[] link, byte[] target) throws IOException {
      byte[] name = below(link);
      FileEntry entry = entries.get(name);
      if (entry == null || entry.getType() != FileType.FILE_TYPE_LINK) {
        return true;
      }
      entries.remove(name);
      bytes -= size(entry);
      return add(
          name,
          entry.toBuilder().setLinkTarget(new String(target, StandardCharsets.UTF_8)).build());
    }

    private boolean add(byte[] name, FileEntry entry) {
      bytes += size(entry);
      if (entries.size() >= MOST_ENTRIES || bytes > MOST_BYTES) {
        return false;
      }
      entries.put(name, entry);
      return true;
    }

    private static int size(FileEntry entry) {
      return entry.getSerializedSize() + 4;
    }
  }
}
