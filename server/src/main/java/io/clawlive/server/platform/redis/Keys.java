package io.clawlive.server.platform.redis;

import io.clawlive.server.platform.Sha256;
import java.util.Base64;

/**
 * Names of keys and channels in Redis: all in one place, and nothing in them that a caller sent.
 */
final class Keys {
  private Keys() {}

  /** A key such as {@code clawlive:rate:HASH}. */
  static String of(String kind, String counted) {
    return "clawlive:"
        + kind
        + ':'
        + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(counted));
  }

  /**
   * A channel such as {@code clawlive:bell:streams:0}. Redis keeps the keys of its databases apart,
   * and not their channels, so the database is part of the name.
   */
  static String channel(String topic, int database) {
    return "clawlive:bell:" + topic + ':' + database;
  }
}
