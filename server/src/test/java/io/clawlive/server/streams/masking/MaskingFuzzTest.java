package io.clawlive.server.streams.masking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random input from fixed seeds, so that a failure can be seen again. */
class MaskingFuzzTest {
  private final EventMasker masker = new EventMasker();

  @Test
  void randomWordsNeverChange() {
    Random random = new Random(1);
    List<String> clean = MaskingCases.clean();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = 0; part < 4; part++) {
        text.append(clean.get(random.nextInt(clean.size()))).append(" | ");
        // The last digit is a letter: sixteen random decimal digits are a card now and then.
        text.append(random.nextInt()).append(' ').append(Long.toHexString(random.nextLong() | 15));
        text.append(", ");
      }
      String before = text.toString();
      assertEquals(before, masker.mask(before));
    }
  }

  @Test
  void randomBytesNeverThrowAndMaskingThemAgainChangesNothing() {
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      byte[] masked = masker.mask(bytes);
      assertArrayEquals(masked, masker.mask(masked));
    }
  }

  @Test
  void shuffledPiecesOfSecretsNeverThrowAndMaskingThemAgainChangesNothing()
      throws InvalidProtocolBufferException {
    Random random = new Random(3);
    List<MaskingCases.Secret> secrets = MaskingCases.secrets();
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = 0; part < 6; part++) {
        String piece = secrets.get(random.nextInt(secrets.size())).text();
        int from = random.nextInt(4) > 0 ? 0 : random.nextInt(piece.length());
        text.append(piece, from, random.nextInt(4) > 0 ? piece.length() : Math.max(from, 7));
        text.append(List.of("", "", " ", "-", ":", "\"", "/", "@", "=").get(random.nextInt(9)));
      }
      String once = masker.mask(text.toString());
      assertSame(once, masker.mask(once), text::toString);
      assertTrue(once.length() <= 4 * text.length(), text::toString);
      // An event holds the same text masked in the same way.
      byte[] event =
          Event.newBuilder()
              .setLog(LogLine.newBuilder().setLine(text.toString()))
              .build()
              .toByteArray();
      assertEquals(once, Event.parseFrom(masker.mask(event)).getLog().getLine());
    }
  }

  @Test
  void aTextCutAnywhereNeverThrows() {
    for (MaskingCases.Secret secret : MaskingCases.secrets()) {
      byte[] whole = secret.text().getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length < whole.length; length++) {
        String cut = new String(whole, 0, length, StandardCharsets.UTF_8);
        String masked = masker.mask(cut);
        assertSame(masked, masker.mask(masked));
      }
    }
  }
}
