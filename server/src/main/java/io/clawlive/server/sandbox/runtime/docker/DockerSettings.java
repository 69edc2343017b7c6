package io.clawlive.server.sandbox.runtime.docker;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How to reach an engine.
 *
 * @param host {@code unix:///path} or {@code tcp://host:port}, without TLS
 * @param installation of this server; sandboxes of other installations are not seen, 1 to 64
 *     characters of a label
 * @param calls that may be under way at one time, 1 or more
 * @param deadline of a call; a stop may take its grace longer
 * @param roots of the host that sandboxes may be given folders of
 */
public record DockerSettings(
    URI host, String installation, int calls, Duration deadline, List<Path> roots) {

  /** The engine of this machine, 8 calls at once, 20 seconds each, no folders of the host. */
  public static DockerSettings local(String installation) {
    return new DockerSettings(
        URI.create("unix:///var/run/docker.sock"),
        installation,
        8,
        Duration.ofSeconds(20),
        List.of());
  }
}
