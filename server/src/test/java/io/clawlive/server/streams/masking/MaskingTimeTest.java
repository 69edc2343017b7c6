package io.clawlive.server.streams.masking;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Guards that time grows with length and not faster. It compares ten times the length with the
 * length, so that it does not depend on the machine: linear is 10, quadratic 100.
 */
class MaskingTimeTest {
  private static final int SHORT = 50_000;
  private static final int TIMES = 10;
  private static final int MOST = 40;
  private static final int ATTEMPTS = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Below this a measurement says more about the machine than about us. */
  private static final long WORTH_COMPARING_NANOS = 20_000_000;

  private final EventMasker masker = new EventMasker();

  @Test
  void hostileTextsTakeLinearTime() {
    for (String piece : HostileTexts.pieces()) {
      assertLinear(piece);
    }
  }

  @Test
  void hostileMixturesTakeLinearTime() {
    Random random = new Random(5);
    List<String> pieces = HostileTexts.pieces();
    for (int i = 0; i < 200; i++) {
      List<String> mixture = new ArrayList<>();
      for (int part = 0; part < 3; part++) {
        mixture.add(pieces.get(random.nextInt(pieces.size())));
      }
      assertLinear(String.join("", mixture));
    }
  }

  private void assertLinear(String piece) {
    byte[] text = bytes(piece, SHORT);
    byte[] longer = bytes(piece, SHORT * TIMES);
    if (nanos(longer) < WORTH_COMPARING_NANOS) {
      return;
    }
    // A slow first run may be the compiler's doing; what is quadratic is so every time.
    long ratio = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && ratio >= MOST; attempt++) {
      ratio = nanos(longer) / Math.max(1, nanos(text));
    }
    assertTrue(
        ratio < MOST, "10 times the length takes " + ratio + " times: " + HostileTexts.name(piece));
  }

  private static byte[] bytes(String piece, int length) {
    return HostileTexts.repeated(piece, length).getBytes(StandardCharsets.UTF_8);
  }

  /** Time of this thread alone, so that other work on the machine does not count. */
  private long nanos(byte[] text) {
    long start = THREADS.getCurrentThreadCpuTime();
    assertTrue(masker.mask(text).length > 0);
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
