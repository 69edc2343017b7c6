package io.clawlive.server.platform.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AeadKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys as they were read at one moment: the primary one seals, every enabled one opens. */
final class Keyset {
  private static final Configuration ALGORITHMS = AeadConfig2026.get();

  private final KeysetHandle keys;
  private final Aead aead;

  private Keyset(KeysetHandle keys) throws GeneralSecurityException {
    this.keys = keys;
    this.aead = keys.getPrimitive(ALGORITHMS, Aead.class);
  }

  /** Reads a Tink keyset in JSON. */
  static Keyset parse(String json) throws GeneralSecurityException {
    return new Keyset(
        TinkJsonProtoKeysetFormat.parseKeyset(json, ALGORITHMS, InsecureSecretKeyAccess.get()));
  }

  /** A keyset with one fresh key. */
  static Keyset fresh() throws GeneralSecurityException {
    return new Keyset(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, ALGORITHMS));
  }

  String json() throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(
        keys, ALGORITHMS, InsecureSecretKeyAccess.get());
  }

  Aead aead() {
    return aead;
  }

  /** What everything begins with that the primary key seals; empty for a key without a mark. */
  byte[] mark() {
    return mark(keys.getPrimary()).orElseGet(() -> new byte[0]);
  }

  /** The key that a sealed text says it was sealed with. */
  Optional<SecretBox.Key> keyOf(byte[] sealed) {
    return list().stream().filter(key -> key.marks(sealed)).findFirst();
  }

  /** In the order in which they came. */
  List<SecretBox.Key> list() {
    List<SecretBox.Key> list = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      KeysetHandle.Entry entry = keys.getAt(i);
      list.add(
          new SecretBox.Key(
              Integer.toUnsignedString(entry.getId()),
              entry.isPrimary(),
              mark(entry).orElseGet(() -> new byte[0])));
    }
    return list;
  }

  Keyset withNewKey(boolean primary) throws GeneralSecurityException {
    KeysetHandle.Entry made = fresh().keys.getPrimary();
    while (has(made.getId())) {
      made = fresh().keys.getPrimary();
    }
    KeysetHandle.Builder.Entry added =
        KeysetHandle.importKey(made.getKey()).withFixedId(made.getId());
    return new Keyset(
        KeysetHandle.newBuilder(keys).addEntry(primary ? added.makePrimary() : added).build());
  }

  Keyset withNewestPrimary() throws GeneralSecurityException {
    KeysetHandle.Builder changed = KeysetHandle.newBuilder();
    for (int i = 0; i < keys.size(); i++) {
      KeysetHandle.Builder.Entry entry = copy(keys.getAt(i));
      changed.addEntry(
          i == keys.size() - 1 ? entry.setStatus(KeyStatus.ENABLED).makePrimary() : entry);
    }
    return new Keyset(changed.build());
  }

  Keyset withPrimaryAlone() throws GeneralSecurityException {
    return new Keyset(
        KeysetHandle.newBuilder().addEntry(copy(keys.getPrimary()).makePrimary()).build());
  }

  private boolean has(int id) {
    return list().stream().anyMatch(key -> key.id().equals(Integer.toUnsignedString(id)));
  }

  private static KeysetHandle.Builder.Entry copy(KeysetHandle.Entry entry) {
    return KeysetHandle.importKey(entry.getKey())
        .withFixedId(entry.getId())
        .setStatus(entry.getStatus());
  }

  private static Optional<byte[]> mark(KeysetHandle.Entry entry) {
    return entry.getKey() instanceof AeadKey key
        ? Optional.of(key.getOutputPrefix().toByteArray())
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "Keyset " + Arrays.toString(list().stream().map(SecretBox.Key::id).toArray());
  }
}
