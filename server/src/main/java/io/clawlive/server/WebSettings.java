package io.clawlive.server;

import io.clawlive.server.platform.PublicAddress;
import io.clawlive.server.platform.web.TlsFiles;
import io.clawlive.server.platform.web.TrustedProxies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** What the options of {@code serve} mean for the web door. */
final class WebSettings {
  private WebSettings() {}

  /**
   * The settings of the door. The log of requests is directed on the way, before anything is
   * logged.
   *
   * @throws StartException when an option cannot be followed
   */
  static Map<String, Object> of(ServeCommand options) {
    var settings = new HashMap<String, Object>();
    settings.put("micronaut.server.host", options.bind);
    settings.put("micronaut.server.port", options.httpPort);
    if (options.publicUrl != null) {
      requireOrigin("--public-url", options.publicUrl);
      settings.put(PublicAddress.PROPERTY, options.publicUrl);
    }
    if (!options.webOrigins.isEmpty()) {
      options.webOrigins.forEach(origin -> requireOrigin("--web-origin", origin));
      settings.put("clawlive.web.origins", options.webOrigins);
    }
    if (!options.trustedProxies.isEmpty()) {
      options.trustedProxies.forEach(WebSettings::requireNetwork);
      settings.put("clawlive.web.trusted-proxies", options.trustedProxies);
    }
    if (options.tlsCert != null && options.tlsKey != null) {
      settings.putAll(new TlsFiles(options.tlsCert, options.tlsKey).settings(options.httpPort));
    } else if (options.tlsCert != null || options.tlsKey != null) {
      throw new StartException("--tls-cert and --tls-key belong together; give both or none.");
    }
    directAccessLog(options);
    return settings;
  }

  /** An origin as browsers send it, for it is compared letter by letter. */
  private static void requireOrigin(String option, String origin) {
    boolean plain;
    try {
      URI uri = URI.create(origin);
      plain =
          ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && origin.equals(uri.getScheme() + "://" + uri.getAuthority())
              && uri.getUserInfo() == null;
    } catch (IllegalArgumentException e) {
      plain = false;
    }
    if (!plain) {
      throw new StartException(
          option
              + " "
              + origin
              + " is not an origin; one is https://HOST or https://HOST:PORT, without a path.");
    }
  }

  private static void requireNetwork(String network) {
    if (!TrustedProxies.isNetwork(network)) {
      throw new StartException(
          "--trusted-proxy "
              + network
              + " is no address and no network; expected 10.0.0.2, 10.0.0.0/8 or fd00::/8, say.");
    }
  }

  private static void directAccessLog(ServeCommand options) {
    if (options.accessLog == null) {
      return;
    }
    if (options.accessLog.equals("off")) {
      System.setProperty("clawlive.access-log.level", "OFF");
      return;
    }
    Path file = Path.of(options.accessLog).toAbsolutePath();
    try {
      Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new StartException("--access-log " + file + " cannot be written.");
    }
    System.setProperty("clawlive.access-log.file", file.toString());
    System.setProperty("clawlive.access-log.to", "access-file");
  }
}
