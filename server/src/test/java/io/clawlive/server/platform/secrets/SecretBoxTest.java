package io.clawlive.server.platform.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.testing.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the server's keyset comes from and what it opens. */
final class SecretBoxTest {
  private static final byte[] SECRET = "a private key".getBytes(UTF_8);

  @TempDir private Path home;

  @Test
  void aSecretOpensOnlyWhereItBelongsAndUnchanged() {
    SecretBox box = box(null);
    byte[] sealed = box.seal(SECRET, "signing_key a");
    assertArrayEquals(SECRET, box.open(sealed, "signing_key a"));
    assertFalse(new String(sealed, UTF_8).contains("private"));
    assertThrows(NotUsableException.class, () -> box.open(sealed, "signing_key b"));
    sealed[sealed.length - 1] ^= 1;
    assertThrows(NotUsableException.class, () -> box.open(sealed, "signing_key a"));
  }

  @Test
  void theFirstStartWritesTheKeysetForItsUserAloneAndTheNextOnesReadIt() throws IOException {
    byte[] sealed = box(null).seal(SECRET, "here");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    try (var files = Files.list(home)) {
      assertEquals(1, files.count(), "no draft is left beside it");
    }
    assertArrayEquals(SECRET, box(null).open(sealed, "here"));
  }

  @Test
  void serversThatStartAtTheSameTimeUseOneKeyset() {
    List<SecretBox> boxes = Together.run(Collections.nCopies(8, () -> box(null)));
    byte[] sealed = boxes.getFirst().seal(SECRET, "here");
    for (SecretBox box : boxes) {
      assertArrayEquals(SECRET, box.open(sealed, "here"));
    }
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    box(null);
    for (String open : new String[] {"rw-r-----", "rw----r--", "rw-rw-rw-"}) {
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(open));
      String told = assertThrows(NotUsableException.class, () -> box(null)).getMessage();
      assertTrue(told.endsWith("run: chmod 600 " + file()), told);
    }
  }

  @Test
  void aBrokenKeysetIsNamedByItsPlaceAndNeverQuoted() throws IOException {
    box(null);
    String keyset = Files.readString(file());
    for (String broken :
        new String[] {
          keyset.substring(0, keyset.length() / 2),
          keyset.replace("AesGcmKey", "HmacKey"),
          "{}",
          "x"
        }) {
      Files.writeString(file(), broken);
      var told = assertThrows(NotUsableException.class, () -> box(null));
      assertTrue(
          told.getMessage().startsWith(file() + " holds no usable keyset"), told::getMessage);
      assertNull(told.getCause());
    }
  }

  @Test
  void theEnvironmentWinsOverTheFileAndMakesNone() {
    SecretBox box = box(SecretBox.newKeyset());
    assertEquals("SecretBox of CLAWLIVE_KEYSET", box.toString());
    assertTrue(Files.notExists(file()));
  }

  @Test
  void withoutAPlaceForAKeysetNothingStarts() {
    String told =
        assertThrows(
                NotUsableException.class,
                () -> new SecretBeans().secretBox(new SecretsConfiguration(null), null))
            .getMessage();
    assertTrue(told.contains("CLAWLIVE_KEYSET"), told);
  }

  @Test
  void anotherKeysetOpensNothingAndTheMessageSaysWhichWasTried() {
    byte[] sealed = box(SecretBox.newKeyset()).seal(SECRET, "here");
    String told =
        assertThrows(NotUsableException.class, () -> box(null).open(sealed, "here")).getMessage();
    assertTrue(told.contains(file().toString()), told);
  }

  @Test
  void afterARotationTheOldKeysStillOpenAndTheNewOneSeals() throws GeneralSecurityException {
    String first = SecretBox.newKeyset();
    byte[] old = box(first).seal(SECRET, "here");
    SecretBox rotated = box(withNewPrimary(first));
    byte[] recent = rotated.seal(SECRET, "here");
    assertArrayEquals(SECRET, rotated.open(old, "here"));
    assertArrayEquals(SECRET, rotated.open(recent, "here"));
    assertThrows(NotUsableException.class, () -> box(first).open(recent, "here"));
  }

  private static String withNewPrimary(String keyset) throws GeneralSecurityException {
    var algorithms = AeadConfig2026.get();
    var access = InsecureSecretKeyAccess.get();
    var fresh =
        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, algorithms).getPrimary();
    KeysetHandle rotated =
        KeysetHandle.newBuilder(TinkJsonProtoKeysetFormat.parseKeyset(keyset, algorithms, access))
            .addEntry(
                KeysetHandle.importKey(fresh.getKey()).withFixedId(fresh.getId()).makePrimary())
            .build();
    return TinkJsonProtoKeysetFormat.serializeKeyset(rotated, algorithms, access);
  }

  private SecretBox box(@Nullable String environment) {
    return new SecretBeans().secretBox(new SecretsConfiguration(file().toString()), environment);
  }

  private Path file() {
    return home.resolve("secret.keys");
  }
}
