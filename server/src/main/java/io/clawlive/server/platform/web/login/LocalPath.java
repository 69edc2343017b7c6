package io.clawlive.server.platform.web.login;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a browser may be sent after a login: to this door and nowhere else. */
final class LocalPath {
  private static final String TOP = "/";

  private LocalPath() {}

  /** The path when it stays at this door, else the top. */
  static String of(String path) {
    // Browsers read \ as / and leave out control characters, so /\evil.example is another host.
    if (!path.startsWith("/")
        || path.startsWith("//")
        || path.length() > 2_000
        || path.chars().anyMatch(c -> c == '\\' || c <= ' ' || c > '~')) {
      return TOP;
    }
    try {
      URI uri = new URI(path);
      return uri.getScheme() == null && uri.getRawAuthority() == null ? path : TOP;
    } catch (URISyntaxException e) {
      return TOP;
    }
  }
}
