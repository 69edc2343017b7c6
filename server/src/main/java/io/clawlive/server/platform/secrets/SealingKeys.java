package io.clawlive.server.platform.secrets;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Changes the keys of the keyset file while servers use it. */
@Singleton
public class SealingKeys {
  private static final int MOST = 20;

  /** Until then every server that shares the file has looked at it, and finished what it sealed. */
  private static final Duration SEEN_BY_ALL = Duration.ofSeconds(10);

  private final SecretBox box;
  private final Resealing resealing;

  private interface Change {
    Keyset of(Keyset keys) throws GeneralSecurityException;
  }

  SealingKeys(SecretBox box, Resealing resealing) {
    this.box = box;
    this.resealing = resealing;
  }

  /** The keys, in the order in which they came. */
  public List<SecretBox.Key> list() {
    return box.keys();
  }

  /**
   * Adds a new key.
   *
   * @param primary whether it seals from now on
   */
  public void add(boolean primary) {
    if (list().size() >= MOST) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SEALING_KEY_USED,
          "The keyset has %,d keys; drop the old ones first.".formatted(MOST));
    }
    change(keys -> keys.withNewKey(primary));
  }

  /** Lets the newest key seal. */
  public void promote() {
    change(Keyset::withNewestPrimary);
  }

  /**
   * Seals anew what the other keys sealed, which may take a while, and makes sure that nothing
   * needs them any more.
   */
  public void requireOldUnused() {
    KeysetFile file = file();
    Instant changed = file.stamp().orElseThrow(this::unseen).changedAt().toInstant();
    if (changed.plus(SEEN_BY_ALL).isAfter(Instant.now())) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SEALING_KEY_USED,
          "The keyset was changed less than %d seconds ago; other servers may still seal with its"
                  .formatted(SEEN_BY_ALL.toSeconds())
              + " old key.");
    }
    Resealing.Pass pass = resealing.run();
    long left = resealing.left();
    if (left > pass.unopenable()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SEALING_KEY_USED,
          "%,d rows are still sealed with an older key.".formatted(left - pass.unopenable()),
          "rows",
          Long.toString(left - pass.unopenable()));
    }
  }

  /** Removes all keys but the primary one. {@link #requireOldUnused} comes first. */
  public void dropOld() {
    change(Keyset::withPrimaryAlone);
  }

  private KeysetFile file() {
    return box.file()
        .orElseThrow(() ->
            Refusal.of(
                ErrorReason.ERROR_REASON_KEYSET_NOT_WRITABLE,
                "The keyset came from "
                    + SecretBeans.VARIABLE
                    + ", which the server cannot change."));
  }

  private Refusal unseen() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_KEYSET_NOT_WRITABLE, "The keyset file cannot be seen.");
  }

  private void change(Change change) {
    KeysetFile file = file();
    try {
      file.change(text -> {
        try {
          return change.of(SecretBox.parse(text, file.path().toString())).json();
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException(e);
        }
      });
    } catch (NotUsableException e) {
      throw Refusal.of(ErrorReason.ERROR_REASON_KEYSET_NOT_WRITABLE, e.getMessage());
    }
    boolean unused = box.readAgain();
  }
}
