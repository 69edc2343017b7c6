package io.clawlive.server.sandbox.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Lets only those entries of an archive through that stay in the folder they are unpacked into.
 * Links may lead anywhere, as they may in any sandbox, but nothing is written through them.
 */
public final class CheckedTar {
  private final String folder;
  private final Set<String> links = new HashSet<>();

  private CheckedTar(String folder) {
    this.folder = folder;
  }

  /**
   * Copies an archive, entry by entry, and closes the copy.
   *
   * @param folder into which it will be unpacked, absolute
   * @throws RuntimeRefusal at the first entry that is absolute, climbs, goes through a link or is a
   *     device; what came before has been copied
   */
  public static void copy(String folder, InputStream archive, OutputStream copy)
      throws IOException {
    CheckedTar checked = new CheckedTar(folder);
    try (TarArchiveInputStream in =
            new TarArchiveInputStream(archive, StandardCharsets.UTF_8.name());
        TarArchiveOutputStream out =
            new TarArchiveOutputStream(copy, StandardCharsets.UTF_8.name())) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      out.setAddPaxHeadersForNonAsciiNames(true);
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        checked.require(entry);
        out.putArchiveEntry(entry);
        in.transferTo(out);
        out.closeArchiveEntry();
      }
    }
  }

  private void require(TarArchiveEntry entry) {
    String name = entry.getName();
    if (climbs(name, 0)) {
      throw refused(name, "would land outside of the folder");
    }
    Path path = Path.of(name).normalize();
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (links.contains(above.toString())) {
        throw refused(name, "would be written through a link");
      }
    }
    if (entry.isSymbolicLink()) {
      links.add(path.toString());
      String target = entry.getLinkName();
      if (!target.startsWith("/") && climbs(target, path.getNameCount() - 1)) {
        // Engines refuse a relative link that leaves the folder; the same link by its full path is
        // as good.
        entry.setLinkName(Path.of(folder).resolve(path).resolveSibling(target).normalize() + "");
      }
    } else {
      links.remove(path.toString());
    }
    if (entry.isLink() && climbs(entry.getLinkName(), 0)) {
      throw refused(name, "is a link that leads outside of the folder");
    }
    if (entry.isBlockDevice() || entry.isCharacterDevice()) {
      throw refused(name, "is a device");
    }
    if (entry.isSparse()) {
      throw refused(name, "is a sparse file, which is not unpacked");
    }
  }

  /** Whether a path leaves the folder, seen from so many folders below it. */
  private static boolean climbs(String path, int depth) {
    if (path.startsWith("/") || path.indexOf('\0') >= 0) {
      return true;
    }
    int at = depth;
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        at--;
      } else if (!part.isEmpty() && !part.equals(".")) {
        at++;
      }
      if (at < 0) {
        return true;
      }
    }
    return false;
  }

  private static RuntimeRefusal refused(String name, String why) {
    return new RuntimeRefusal(
        RuntimeRefusal.Kind.NOT_USABLE, "The archive's entry \"" + name + "\" " + why + ".");
  }
}
