package io.clawlive.server.platform;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Where people find this server's pages: what the settings say, or else the web door itself. Links
 * in answers begin with it.
 */
@Singleton
public final class PublicAddress {
  /** The setting that names it, such as {@code https://live.example.com}. */
  public static final String PROPERTY = "clawlive.web.public-url";

  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "[::]", "[0:0:0:0:0:0:0:0]");

  private volatile String base;

  PublicAddress(@Value("${" + PROPERTY + ":}") String given) {
    this.base = given.replaceAll("/+$", "");
  }

  /**
   * The web door is open; its address counts where no other is given. A door that listens on every
   * address is found on this machine by the machine's own name.
   */
  public void opened(URI door) {
    if (base.isEmpty()) {
      boolean everywhere = EVERYWHERE.contains(door.getHost());
      base = everywhere ? door.getScheme() + "://localhost:" + door.getPort() : door.toString();
    }
  }

  /**
   * A page of this server; empty while there is none.
   *
   * @param path begins with a slash
   */
  public Optional<String> page(String path) {
    String known = base;
    return known.isEmpty() ? Optional.empty() : Optional.of(known + path);
  }
}
