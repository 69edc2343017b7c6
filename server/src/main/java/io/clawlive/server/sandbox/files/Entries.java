package io.clawlive.server.sandbox.files;

import com.google.protobuf.Timestamp;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileType;
import io.clawlive.server.sandbox.files.Inside.Nonsense;
import java.nio.charset.StandardCharsets;

/** Files as stat tells of them: type and mode in hex, size, owner, group, time, then their path. */
final class Entries {
  private static final int FIGURES = 5;
  private static final int TYPE = 0xf000;
  private static final int MODE = 07777;
  private static final int FILE = 0x8000;
  private static final int FOLDER = 0x4000;
  private static final int LINK = 0xa000;
  private static final long MOST_ID = 0xffffffffL;

  /** The years 1 and 9999, beyond which the contract's moments do not go. */
  private static final long FIRST_SECOND = -62_135_596_800L;

  private static final long LAST_SECOND = 253_402_300_799L;

  private Entries() {}

  /** What a script shows of one path: a line of figures, and where a link leads. */
  static FileEntry shown(FilePath path, byte[] answer) throws Nonsense {
    int line = 0;
    while (line < answer.length && answer[line] != '\n') {
      line++;
    }
    if (line == answer.length) {
      throw new Nonsense();
    }
    FileEntry.Builder entry = entry(new String(answer, 0, line, StandardCharsets.ISO_8859_1));
    if (entry.getType() == FileType.FILE_TYPE_LINK) {
      entry.setLinkTarget(text(answer, line + 1, answer.length));
    }
    return entry.setPath(path.text()).build();
  }

  /** An entry without its path. */
  static FileEntry.Builder entry(String figures) throws Nonsense {
    String[] each = figures.split(" ", -1);
    if (each.length != FIGURES) {
      throw new Nonsense();
    }
    try {
      int mode = Integer.parseInt(each[0], 16);
      FileType type = type(mode & TYPE);
      return FileEntry.newBuilder()
          .setType(type)
          .setMode(mode & MODE)
          .setSize(type == FileType.FILE_TYPE_FILE ? Math.max(0, Long.parseLong(each[1])) : 0)
          .setUid((int) (Long.parseLong(each[2]) & MOST_ID))
          .setGid((int) (Long.parseLong(each[3]) & MOST_ID))
          .setModifiedAt(
              Timestamp.newBuilder()
                  .setSeconds(Math.clamp(Long.parseLong(each[4]), FIRST_SECOND, LAST_SECOND)));
    } catch (NumberFormatException e) {
      throw new Nonsense(e);
    }
  }

  private static FileType type(int bits) {
    return switch (bits) {
      case FILE -> FileType.FILE_TYPE_FILE;
      case FOLDER -> FileType.FILE_TYPE_FOLDER;
      case LINK -> FileType.FILE_TYPE_LINK;
      default -> FileType.FILE_TYPE_OTHER;
    };
  }

  /** Names as they are shown: what is no UTF-8 becomes U+FFFD. */
  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
