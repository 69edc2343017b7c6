package io.clawlive.server.platform.postgres.embedded;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The packed programs for one system, a resource on the class path. */
final class RuntimeArchive {
  private static final int EXECUTABLE = 0b001_000_000;

  private final URL resource;
  private final String name;

  private RuntimeArchive(URL resource, String name) {
    this.resource = resource;
    this.name = name;
  }

  static RuntimeArchive ofThisSystem() {
    String system = systemName(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL resource = RuntimeArchive.class.getResource("/postgres-" + system + ".txz");
    if (resource == null) {
      throw new EmbeddedPostgresException(
          Reason.UNSUPPORTED_SYSTEM,
          "The server brings no PostgreSQL for this system ("
              + system
              + "); use a PostgreSQL of your own with --postgres-url, or build the server on this"
              + " system.");
    }
    try {
      return new RuntimeArchive(resource, system + "-" + fingerprint(resource));
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          Reason.UNSUPPORTED_SYSTEM, "The packed PostgreSQL cannot be read: " + e.getMessage(), e);
    }
  }

  /** Names as the archives have them, such as linux-x86_64 and darwin-arm_64. */
  static String systemName(String os, String arch) {
    String family = os.toLowerCase(Locale.ROOT);
    String system =
        family.startsWith("linux") ? "linux" : family.startsWith("mac") ? "darwin" : family;
    String processor =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> arch;
        };
    return system + "-" + processor;
  }

  /** The check sum that the jar has for it anyway; another release gets another folder by it. */
  private static String fingerprint(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    return Long.toHexString(
        connection instanceof JarURLConnection jar
            ? jar.getJarEntry().getCrc()
            : connection.getContentLengthLong());
  }

  /** Tells this archive from those of other systems and releases. */
  String name() {
    return name;
  }

  void unpack(Path target) throws IOException {
    Files.createDirectories(target);
    try (InputStream packed = new BufferedInputStream(resource.openStream(), 1 << 16);
        var tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive has a name outside its folder: " + entry.getName());
        }
        write(tar, entry, path);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      if ((entry.getMode() & EXECUTABLE) != 0 && !path.toFile().setExecutable(true, false)) {
        throw new IOException(path + " cannot be made executable");
      }
    }
  }
}
