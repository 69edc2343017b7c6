package io.clawlive.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java has. */
public final class Sha256 {
  /** How long a hash is. */
  public static final int BYTES = 32;

  private Sha256() {}

  /** The hash of these bytes, one part after the other. */
  public static byte[] of(byte[]... parts) {
    MessageDigest digest = running();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** A hash of what is yet to come. */
  public static MessageDigest running() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The hash of a text in UTF-8. */
  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
