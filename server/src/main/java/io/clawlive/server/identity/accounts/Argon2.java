package io.clawlive.server.identity.accounts;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with its cost, and hashes in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}, so that a hash says how to compute it again.
 *
 * @param memoryKib memory in KiB
 * @param iterations passes over the memory
 * @param parallelism lanes
 */
record Argon2(int memoryKib, int iterations, int parallelism) {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /** The hash of a password with a salt of its own. */
  String hash(String password) {
    byte[] salt = random(SALT_BYTES);
    return encoded(salt, compute(password, salt, HASH_BYTES));
  }

  /** A hash of the same form and cost that nobody knows a password for. */
  String ofNoPassword() {
    return encoded(random(SALT_BYTES), random(HASH_BYTES));
  }

  private String encoded(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            memoryKib,
            iterations,
            parallelism,
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  /** The cost with which a hash was made. */
  static Argon2 of(String hash) {
    Matcher parts = parts(hash);
    return new Argon2(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  /** True when the hash, which was made with this cost, is the password's. */
  boolean matches(String password, String hash) {
    Matcher parts = parts(hash);
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] kept = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(kept, compute(password, salt, kept.length));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static Matcher parts(String hash) {
    Matcher parts = FORM.matcher(hash);
    if (!parts.matches()) {
      throw new IllegalStateException("a password hash in the table has another form");
    }
    return parts;
  }

  private byte[] compute(String password, byte[] salt, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(parallelism)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.toCharArray(), hash);
    return hash;
  }
}
