package io.clawlive.bench.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Servers for tests: the real program, with the test's own class path. */
public final class TestServers {
  private TestServers() {}

  /** A target whose servers have their homes below this folder. */
  public static Target in(Path work) throws IOException {
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
    return new Target(work, Optional.empty(), Optional.empty());
  }
}
