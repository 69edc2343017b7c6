package io.clawlive.server.identity.accounts;

import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Argon2id (RFC 9106) with its cost. Hashes are in the PHC string format, {@code
 * $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}, and so say how they were made.
 *
 * <p>The reference implementation in C does it: its memory is not Java's, so nothing is left for
 * the garbage collector, and nothing in the server waits for a thread that is at it.
 *
 * @param memoryKib memory in KiB
 * @param iterations passes over the memory
 * @param parallelism lanes
 */
record Argon2(int memoryKib, int iterations, int parallelism) {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** Loads machine code, so only where the first password is. */
  private static final class Library {
    static final de.mkammerer.argon2.Argon2 ID =
        Argon2Factory.create(Argon2Types.ARGON2id, SALT_BYTES, HASH_BYTES);
  }

  /** The hash of a password with a salt of its own. */
  String hash(String password) {
    return Library.ID.hash(iterations, memoryKib, parallelism, password.toCharArray());
  }

  /** True when a hash is the password's, whatever it was made with. */
  static boolean matches(String password, String hash) {
    return Library.ID.verify(hash, password.toCharArray());
  }

  /** True when a hash was made with this cost. */
  boolean made(String hash) {
    return !Library.ID.needsRehash(hash, iterations, memoryKib, parallelism);
  }

  /** A hash of the same form and cost that nobody knows a password for. */
  String ofNoPassword() {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(memoryKib, iterations, parallelism, random(SALT_BYTES), random(HASH_BYTES));
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
