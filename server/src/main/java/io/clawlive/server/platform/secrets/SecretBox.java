package io.clawlive.server.platform.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.clawlive.server.platform.NotUsableException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Seals small secrets before they go into the database and opens them again: AES-256-GCM, with the
 * place where the secret belongs as context, so that a row copied to another place does not open.
 */
public final class SecretBox {
  private static final Configuration ALGORITHMS = AeadConfig2026.get();

  private final Aead aead;
  private final String origin;

  private SecretBox(Aead aead, String origin) {
    this.aead = aead;
    this.origin = origin;
  }

  /**
   * A box that seals with the primary key of a keyset and opens with any of its keys.
   *
   * @param keyset a Tink keyset in JSON
   * @param origin where it came from, for messages
   */
  static SecretBox of(String keyset, String origin) {
    try {
      KeysetHandle keys =
          TinkJsonProtoKeysetFormat.parseKeyset(keyset, ALGORITHMS, InsecureSecretKeyAccess.get());
      return new SecretBox(keys.getPrimitive(ALGORITHMS, Aead.class), origin);
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
      return TinkJsonProtoKeysetFormat.serializeKeyset(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, ALGORITHMS),
          ALGORITHMS,
          InsecureSecretKeyAccess.get());
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
      return aead.encrypt(plain, context.getBytes(StandardCharsets.UTF_8));
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
    try {
      return aead.decrypt(sealed, context.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new NotUsableException(
          "The database holds secrets that the keyset of this server ("
              + origin
              + ") did not seal; give the server the keyset that belongs to this database, as "
              + SecretBeans.VARIABLE
              + " or as that file.");
    }
  }

  @Override
  public String toString() {
    return "SecretBox of " + origin;
  }
}
