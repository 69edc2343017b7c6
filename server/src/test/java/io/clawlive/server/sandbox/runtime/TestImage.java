package io.clawlive.server.sandbox.runtime;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The smallest image in which a shell runs: busybox of this machine, and nothing from outside. */
final class TestImage {
  static final String NAME = "clawlive/test-busybox:1";

  private static final List<Path> BUSYBOX =
      List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

  private TestImage() {}

  /** A client beside the one under test, to look at what it did. */
  static DockerClient client() {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("unix:///var/run/docker.sock")
            .build();
    return DockerClientImpl.getInstance(
        config,
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(URI.create("unix:///var/run/docker.sock"))
            .connectionTimeout(Duration.ofSeconds(5))
            .build());
  }

  static boolean possible() {
    return BUSYBOX.stream().anyMatch(Files::isExecutable);
  }

  static void build(DockerClient client) throws IOException, InterruptedException {
    Path busybox = BUSYBOX.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String folder : List.of("bin/", "etc/", "usr/", "workspace/", "data/")) {
        tar.putArchiveEntry(new TarArchiveEntry(folder));
        tar.closeArchiveEntry();
      }
      put(tar, "bin/busybox", Files.readAllBytes(busybox), 0755);
      put(tar, "etc/passwd", "root:x:0:0::/:/bin/sh\n".getBytes(StandardCharsets.UTF_8), 0644);
      for (String applet : applets(busybox)) {
        TarArchiveEntry link = new TarArchiveEntry("bin/" + applet, TarArchiveEntry.LF_SYMLINK);
        link.setLinkName("busybox");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
    if (System.getenv("DUMPTAR") != null)
      Files.write(Path.of("/tmp/rtimg.tar"), bytes.toByteArray());
    client
        .createImageCmd("clawlive/test-busybox", new ByteArrayInputStream(bytes.toByteArray()))
        .withTag("1")
        .exec();
  }

  private static List<String> applets(Path busybox) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(busybox.toString(), "--list").start();
    List<String> applets =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(applet -> !applet.equals("busybox"))
            .toList();
    process.waitFor();
    return applets;
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content, int mode)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(mode);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
