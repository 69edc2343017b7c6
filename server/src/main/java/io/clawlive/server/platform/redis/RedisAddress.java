package io.clawlive.server.platform.redis;

import io.clawlive.server.platform.NotUsableException;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where Redis is.
 *
 * @param user empty for the default one
 * @param database number of it
 */
public record RedisAddress(boolean tls, String user, String host, int port, int database) {

  /**
   * Reads {@code redis://[USER@]HOST[:PORT][/DATABASE]}, or {@code rediss://} for TLS. The port is
   * 6379 and the database 0 unless the URL says otherwise.
   *
   * @throws NotUsableException when it is none, or holds a password
   */
  public static RedisAddress of(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw notAUrl();
    }
    boolean tls = "rediss".equals(uri.getScheme());
    String host = uri.getHost();
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (!(tls || "redis".equals(uri.getScheme()))
        || !path.matches("(/[0-9]{0,4})?")
        || uri.getQuery() != null
        || uri.getFragment() != null
        || uri.getPort() > 65_535
        || uri.getPort() == 0) {
      throw notAUrl();
    }
    String user = uri.getRawUserInfo() == null ? "" : uri.getUserInfo();
    if (user.contains(":")) {
      throw new NotUsableException(
          "--redis-url holds a password, which every user of this machine could read;"
              + " give it as CLAWLIVE_REDIS_PASSWORD instead.");
    }
    if (host == null) {
      throw notAUrl();
    }
    return new RedisAddress(
        tls,
        user,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        uri.getPort() < 0 ? 6379 : uri.getPort(),
        path.length() < 2 ? 0 : Integer.parseInt(path.substring(1)));
  }

  private static NotUsableException notAUrl() {
    return new NotUsableException("--redis-url is not of the form redis://HOST:PORT/DATABASE.");
  }

  /** The same for the client, with the credential. */
  RedisURI withPassword(String password) {
    var uri = RedisURI.builder().withHost(host).withPort(port).withDatabase(database).withSsl(tls);
    if (!user.isEmpty()) {
      uri.withAuthentication(user, password.toCharArray());
    } else if (!password.isEmpty()) {
      uri.withPassword(password.toCharArray());
    }
    return uri.build();
  }
}
