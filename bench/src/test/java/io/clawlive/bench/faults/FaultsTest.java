package io.clawlive.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.bench.faults.Arm.Kills;
import io.clawlive.bench.faults.Arm.Outcome;
import io.clawlive.bench.target.Ports;
import io.clawlive.bench.target.Target;
import io.clawlive.bench.target.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the workload {@code faults}: the real server dies while everybody works. */
class FaultsTest {
  private static final Duration LIFE = Duration.ofSeconds(2);

  @TempDir Path work;

  @Test
  void sixteenPublishersAndEightWatchersLoseNothingInFiveKills() throws Exception {
    Outcome outcome = run("sdk", new Kills(5, LIFE), SdkWriter::new);
    assertTrue(outcome.findings().events() > 1_000, "too few events: " + outcome);
    assertEquals(0, outcome.findings().lost(), "acknowledged and lost: " + outcome);
    assertEquals(0, outcome.findings().twice(), "stored twice: " + outcome);
    assertEquals(0, outcome.findings().disordered(), "out of order: " + outcome);
    assertEquals(0, outcome.holes(), "gaps: " + outcome);
    assertEquals(0, outcome.watchersApart(), "watchers that saw another log: " + outcome);
  }

  @Test
  void withoutDeduplicationTheSameKillsShowDuplicates() throws Exception {
    Outcome outcome = run("control", new Kills(3, LIFE), ForgetfulWriter::new);
    assertTrue(
        outcome.findings().twice() > 0,
        "the experiment cannot see duplicates, so it proves nothing: " + outcome);
  }

  private Outcome run(String arm, Kills kills, Arm.Maker maker) throws Exception {
    Target target = TestServers.in(work);
    return Arm.run(target, target.fresh(arm), Ports.free(), kills, maker);
  }
}
