package io.clawlive.server.platform.web.pages;

import io.clawlive.server.platform.Sha256;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The files of the viewer. Each is read once and kept: together they are less than a megabyte. */
@Singleton
final class PageFiles {
  /** Folders and names without a way up, and none that begins with a point. */
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/){0,4}[A-Za-z0-9_-][A-Za-z0-9_.-]*");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "json", "application/json",
          "txt", "text/plain; charset=utf-8",
          "binpb", "application/octet-stream");

  /**
   * A file.
   *
   * @param type its media type
   * @param tag the same for the same content, in quotation marks
   */
  record PageFile(byte[] content, String type, String tag) {}

  private final Map<String, PageFile> files = new ConcurrentHashMap<>();
  private final String folder;

  PageFiles(@Property(name = "clawlive.web.pages", defaultValue = "web") String folder) {
    this.folder = folder;
  }

  /** The file with this name, such as {@code assets/main-1A2B.js}. */
  Optional<PageFile> find(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    PageFile known = files.get(name);
    return known != null ? Optional.of(known) : read(name, type);
  }

  private Optional<PageFile> read(String name, String type) {
    try (InputStream in = PageFiles.class.getResourceAsStream("/" + folder + "/" + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] content = in.readAllBytes();
      String tag = '"' + HexFormat.of().formatHex(Sha256.of(content), 0, 12) + '"';
      var file = new PageFile(content, type, tag);
      files.put(name, file);
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
