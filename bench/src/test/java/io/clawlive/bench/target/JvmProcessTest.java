package io.clawlive.bench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class JvmProcessTest {
  private static final JvmProcess THIS = new JvmProcess(ProcessHandle.current());

  @Test
  void processorTimeIsWhatTheProcessKnowsOfItself() {
    var known =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double ours = THIS.cpuNanos() / 1e9;
    double own = known.getProcessCpuTime() / 1e9;
    assertEquals(own, ours, 0.5);
  }

  @Test
  void memoryAtItsHighestIsAtLeastWhatItIsNow() {
    long now = THIS.residentBytes();
    assertTrue(now > 10 << 20, "resident " + now);
    // The kernel sums per-thread counters now and then, so the two may be a little apart.
    assertTrue(THIS.peakResidentBytes() > now - (1 << 20));
  }
}
