package io.clawlive.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.bench.faults.Arm.Kills;
import io.clawlive.bench.faults.Arm.Outcome;
import io.clawlive.bench.target.Ports;
import io.clawlive.bench.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the workload {@code faults}: the real server dies while everybody works. */
class FaultsTest {
  private static final Duration LIFE = Duration.ofSeconds(2);

  @TempDir Path work;

  @BeforeEach
  void serveFromTheTestsClassPath() throws IOException {
    Path serve = work.resolve("serve");
    Files.writeString(
        serve,
        """
        #!/bin/sh
        exec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' io.clawlive.server.Main serve "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(serve, PosixFilePermissions.fromString("rwx------"));
    System.setProperty("CLAWLIVE_BENCH_SERVER", serve.toString());
  }

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
    var target = new Target(work, Optional.empty(), Optional.empty());
    return Arm.run(target, target.fresh(arm), Ports.free(), kills, maker);
  }
}
