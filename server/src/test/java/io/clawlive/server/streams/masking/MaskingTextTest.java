package io.clawlive.server.streams.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskingTextTest {
  private static final EventMasker MASKER = new EventMasker();

  static List<MaskingCases.Secret> secrets() {
    return MaskingCases.secrets();
  }

  static List<String> clean() {
    return MaskingCases.clean();
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void aSecretIsReplacedByItsKindAndNothingElseChanges(MaskingCases.Secret secret) {
    assertEquals(secret.masked(), MASKER.mask(secret.text()));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void aSecretIsFoundAmongOtherText(MaskingCases.Secret secret) {
    String before = "[2026-11-03T12:00:00.123Z] worker-7 says: ";
    String after = " after 1730632020123456789 ns";
    assertEquals(before + secret.masked() + after, MASKER.mask(before + secret.text() + after));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void maskingAgainChangesNothing(MaskingCases.Secret secret) {
    String masked = MASKER.mask(secret.text());
    assertSame(masked, MASKER.mask(masked));
  }

  @ParameterizedTest
  @MethodSource("clean")
  void aTextWithoutASecretIsTheSameText(String text) {
    assertSame(text, MASKER.mask(text));
  }
}
