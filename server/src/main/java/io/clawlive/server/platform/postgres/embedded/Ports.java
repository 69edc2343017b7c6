package io.clawlive.server.platform.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free ports below those that the system hands out to outgoing connections, which could
 * otherwise take the port while PostgreSQL restarts.
 */
final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 31_999;

  private Ports() {}

  static int free() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedPostgresException(
        EmbeddedPostgresException.Reason.PORT_TAKEN,
        "No free port was found between "
            + LOWEST
            + " and "
            + HIGHEST
            + " on 127.0.0.1; stop programs that listen there.");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
