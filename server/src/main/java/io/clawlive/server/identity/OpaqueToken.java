package io.clawlive.server.identity;

import io.clawlive.server.platform.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret that means nothing by itself: {@code <kind>_<prefix>_<secret>}. It is found by its
 * prefix and kept only as its SHA-256: its secret has 190 random bits, so a slow hash would add
 * nothing.
 *
 * @param prefix eight characters that may be shown
 * @param text the whole, secret
 */
public record OpaqueToken(String prefix, String text) {
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String MIXED = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final Pattern FORM = Pattern.compile("([a-z]{2,3})_([a-z0-9]{8})_[A-Za-z0-9]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Makes one. */
  public static OpaqueToken issue(String kind) {
    String prefix = random(LOWER, 8);
    return new OpaqueToken(prefix, kind + "_" + prefix + "_" + random(MIXED, 32));
  }

  /** Reads one; empty when the text has another form or is of another kind. */
  public static Optional<OpaqueToken> parse(String kind, String text) {
    var form = FORM.matcher(text);
    return form.matches() && form.group(1).equals(kind)
        ? Optional.of(new OpaqueToken(form.group(2), text))
        : Optional.empty();
  }

  /** What is kept of it. */
  public byte[] hash() {
    return Sha256.of(text);
  }

  /** Compares with what was kept, in a time that does not depend on where they differ. */
  public boolean matches(byte[] hash) {
    return MessageDigest.isEqual(hash, hash());
  }

  /** Random letters of an alphabet. */
  public static String random(String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "OpaqueToken[" + prefix + "]";
  }
}
