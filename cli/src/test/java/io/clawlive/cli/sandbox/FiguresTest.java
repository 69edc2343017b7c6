package io.clawlive.cli.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxStats;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({"512M,512", "2G,2048", "1.5g,1536", "16m,16", "64G,65536", "0.5G,512"})
  void sizesAreReadAsPeopleWriteThem(String text, int mib) {
    assertEquals(mib, new MemorySize().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "512", "15M", "65G", "-1G", "1.0001G", "12K", "M", "1e3M", "2 G"})
  void whatIsNoSizeIsToldWithWhatIsExpected(String text) {
    TypeConversionException wrong =
        assertThrows(TypeConversionException.class, () -> new MemorySize().convert(text));
    assertTrue(wrong.getMessage().contains("16M to 64G"), wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"10s,10", "90s,90", "30m,1800", "12h,43200", "30d,2592000"})
  void leasesAreReadAsPeopleWriteThem(String text, long seconds) {
    assertEquals(Duration.ofSeconds(seconds), new Span.Lease().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9s", "31d", "0h", "soon", "1w", "-5m", "9999999d"})
  void whatIsNoLeaseIsRefused(String text) {
    assertThrows(TypeConversionException.class, () -> new Span.Lease().convert(text));
  }

  @Test
  void processorTimeIsToldInPercentOfOneProcessorSinceTheLineBefore() {
    SandboxStats before = stats(100, 1_000_000_000L);
    assertEquals("150.0%", SandboxStatsCommand.cpu(before, stats(102, 4_000_000_000L)));
    assertEquals("-", SandboxStatsCommand.cpu(null, before));
    assertEquals("-", SandboxStatsCommand.cpu(before, stats(100, 2_000_000_000L)), "no time");
    assertEquals("-", SandboxStatsCommand.cpu(before, stats(103, 5L)), "it was started again");
  }

  @Test
  void bytesAreToldInTheUnitThatSuits() {
    assertEquals("0.5 KiB", SandboxStatsCommand.bytes(512));
    assertEquals("1.0 MiB", SandboxStatsCommand.bytes(1L << 20));
    assertEquals("1.50 GiB", SandboxStatsCommand.bytes(3L << 29));
    assertEquals("2G", MemorySize.words(2048));
    assertEquals("1536M", MemorySize.words(1536));
  }

  @Test
  void aStateIsToldWithItsReason() {
    Sandbox.Builder sandbox =
        Sandbox.newBuilder()
            .setState(SandboxState.SANDBOX_STATE_STOPPED)
            .setReason(SandboxReason.SANDBOX_REASON_EXITED)
            .setExitCode(3);
    assertEquals("stopped (exit code 3)", SandboxFields.standing(sandbox.build()));
    sandbox.setReason(SandboxReason.SANDBOX_REASON_OUT_OF_MEMORY).setMessage("It used 64M.");
    assertEquals("stopped (out of memory: It used 64M.)", SandboxFields.standing(sandbox.build()));
    sandbox.setReason(SandboxReason.SANDBOX_REASON_REQUESTED).setMessage("");
    assertEquals("stopped", SandboxFields.standing(sandbox.build()));
  }

  private static SandboxStats stats(long second, long cpuNanos) {
    return SandboxStats.newBuilder()
        .setMeasuredAt(Timestamp.newBuilder().setSeconds(second))
        .setCpuNanos(cpuNanos)
        .build();
  }
}
