package io.clawlive.server.platform.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Names of keys in Redis: all in one place, and nothing in them that a caller sent. */
final class Keys {
  private Keys() {}

  /** A key such as {@code clawlive:rate:HASH}. */
  static String of(String kind, String counted) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(counted.getBytes(StandardCharsets.UTF_8));
      return "clawlive:"
          + kind
          + ':'
          + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
