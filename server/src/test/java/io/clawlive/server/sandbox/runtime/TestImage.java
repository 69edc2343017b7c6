package io.clawlive.server.sandbox.runtime;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The smallest image in which a shell runs: busybox of this machine, and nothing from outside. */
public final class TestImage {
  /** What it is called. */
  public static final String NAME = "clawlive/test-busybox:1";

  /** The same, whose folders belong to the user of sandboxes; /data is not empty. */
  public static final String OWNED = "clawlive/test-busybox-owned:1";

  private static final String DOCKERFILE =
      """
      FROM scratch
      COPY root /
      COPY --chown=10001:10001 own /
      """;

  private static final List<Path> BUSYBOX =
      List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

  private TestImage() {}

  /** A client beside the one under test, to look at what it did. */
  public static DockerClient client() {
    return client(URI.create("unix:///var/run/docker.sock"));
  }

  static DockerClient client(URI host) {
    var config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host.toString())
            .build();
    return DockerClientImpl.getInstance(
        config,
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(host)
            .connectionTimeout(Duration.ofSeconds(5))
            .build());
  }

  /** Whether this machine has what it is made of. */
  public static boolean possible() {
    return BUSYBOX.stream().anyMatch(Files::isExecutable);
  }

  /** Makes it, or finds that it is there. */
  public static void build(DockerClient client) throws IOException, InterruptedException {
    build(client, NAME, "root");
  }

  /** Makes {@link #OWNED}, or finds that it is there. */
  static void buildOwned(DockerClient client) throws IOException, InterruptedException {
    build(client, OWNED, "own");
  }

  private static void build(DockerClient client, String name, String folders)
      throws IOException, InterruptedException {
    Path busybox = BUSYBOX.stream().filter(Files::isExecutable).findFirst().orElseThrow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      put(tar, "Dockerfile", DOCKERFILE.getBytes(StandardCharsets.UTF_8), 0644);
      for (String folder : List.of("root/bin/", "root/etc/", "root/usr/", "own/")) {
        folder(tar, folder);
      }
      folder(tar, folders + "/workspace/");
      folder(tar, folders + "/data/");
      if (folders.equals("own")) {
        put(tar, "own/data/image", "image".getBytes(StandardCharsets.UTF_8), 0644);
      }
      put(tar, "root/bin/busybox", Files.readAllBytes(busybox), 0755);
      put(tar, "root/etc/passwd", "root:x:0:0::/:/bin/sh\n".getBytes(StandardCharsets.UTF_8), 0644);
      for (String applet : applets(busybox)) {
        TarArchiveEntry link =
            new TarArchiveEntry("root/bin/" + applet, TarArchiveEntry.LF_SYMLINK);
        link.setLinkName("busybox");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
    client
        .buildImageCmd(new ByteArrayInputStream(bytes.toByteArray()))
        .withTags(Set.of(name))
        .withPull(false)
        .exec(new BuildImageResultCallback())
        .awaitImageId(60, TimeUnit.SECONDS);
  }

  private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(0755);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
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
