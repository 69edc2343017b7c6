package io.clawlive.server.platform.secrets;

import io.clawlive.server.platform.NotUsableException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals small secrets before they go into the database and opens them again: AES-256-GCM, with the
 * place where the secret belongs as context, so that a row copied to another place does not open.
 *
 * <p>A keyset from a file is read again when the file was changed: a look at it once a second
 * before something is sealed, and at once when something does not open. So servers that share the
 * file go on while its keys are rotated.
 */
public final class SecretBox {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(SecretBox.class);

  private final String origin;
  private final @Nullable KeysetFile file;
  private volatile Keyset keys;
  private volatile Optional<KeysetFile.Stamp> stamp = Optional.empty();
  private volatile long lookedAt = System.nanoTime();

  /**
   * A key of the keyset, without what makes it a key.
   *
   * @param id unsigned, in decimal
   * @param primary whether it seals
   * @param mark what everything begins with that it sealed; may be empty
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  public record Key(String id, boolean primary, byte[] mark) {
    boolean marks(byte[] sealed) {
      return mark.length > 0
          && sealed.length >= mark.length
          && Arrays.equals(mark, 0, mark.length, sealed, 0, mark.length);
    }
  }

  private SecretBox(Keyset keys, String origin, @Nullable KeysetFile file) {
    this.keys = keys;
    this.origin = origin;
    this.file = file;
  }

  /**
   * A box that seals with the primary key of a keyset and opens with any of its keys.
   *
   * @param keyset a Tink keyset in JSON
   * @param origin where it came from, for messages
   */
  static SecretBox of(String keyset, String origin) {
    return new SecretBox(parse(keyset, origin), origin, null);
  }

  /** A box with the keyset of a file, which is made when it is not there. */
  static SecretBox of(KeysetFile file) {
    Optional<KeysetFile.Stamp> before = file.stamp();
    String text = file.readOrCreate(SecretBox::newKeyset);
    var box = new SecretBox(parse(text, file.path().toString()), file.path().toString(), file);
    box.stamp = before;
    return box;
  }

  static Keyset parse(String keyset, String origin) {
    try {
      return Keyset.parse(keyset);
    } catch (GeneralSecurityException | RuntimeException e) {
      // The cause is left out on purpose: a parser may quote what it read.
      throw new NotUsableException(
          origin
              + " holds no usable keyset; put the server's keyset back as it was written, a Tink"
              + " keyset in JSON with keys for AEAD.");
    }
  }

  /** A keyset with one fresh key. */
  static String newKeyset() {
    try {
      return Keyset.fresh().json();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes a secret unreadable for whoever has only the database.
   *
   * @param context where the secret belongs, such as "signing_key 17"; the same text opens it
   */
  public byte[] seal(byte[] plain, String context) {
    try {
      return current().aead().encrypt(plain, context.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads what {@link #seal} made, with whichever key of the keyset made it.
   *
   * @throws NotUsableException when no key of the keyset sealed it, or not for this context
   */
  public byte[] open(byte[] sealed, String context) {
    byte[] place = context.getBytes(StandardCharsets.UTF_8);
    try {
      return keys.aead().decrypt(sealed, place);
    } catch (GeneralSecurityException perhapsOfANewKey) {
      if (readAgain()) {
        try {
          return keys.aead().decrypt(sealed, place);
        } catch (GeneralSecurityException ofNoKey) {
          throw unopenable();
        }
      }
      throw unopenable();
    }
  }

  /** The key that sealed this; empty when it is none of the keyset's. */
  public Optional<Key> keyOf(byte[] sealed) {
    return keys.keyOf(sealed);
  }

  /** The keys, in the order in which they came, as the file holds them now. */
  public List<Key> keys() {
    boolean unused = readAgain();
    return keys.list();
  }

  /** What everything begins with that is sealed from now on. May be empty. */
  public byte[] mark() {
    return current().mark();
  }

  /** The file that the keyset is in; empty when the environment gave it. */
  Optional<KeysetFile> file() {
    return Optional.ofNullable(file);
  }

  private Keyset current() {
    if (file != null && System.nanoTime() - lookedAt > LOOK_NANOS) {
      lookedAt = System.nanoTime();
      boolean unused = readAgain();
    }
    return keys;
  }

  /** Whether there was another keyset in the file than the one that is known. */
  boolean readAgain() {
    if (file == null) {
      return false;
    }
    Optional<KeysetFile.Stamp> now = file.stamp();
    if (now.isEmpty() || now.equals(stamp)) {
      return false;
    }
    try {
      keys = parse(file.readOrCreate(SecretBox::newKeyset), origin);
      stamp = now;
      return true;
    } catch (NotUsableException e) {
      // What was sealed until now still opens; whoever changes the file is told what is wrong.
      LOG.warn("the keys stay as they were: {}", e.getMessage());
      return false;
    }
  }

  private NotUsableException unopenable() {
    return new NotUsableException(
        "The database holds secrets that the keyset of this server ("
            + origin
            + ") did not seal; give the server the keyset that belongs to this database, as "
            + SecretBeans.VARIABLE
            + " or as that file.");
  }

  @Override
  public String toString() {
    return "SecretBox of " + origin;
  }
}
