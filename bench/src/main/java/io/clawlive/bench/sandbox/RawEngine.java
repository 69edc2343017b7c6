package io.clawlive.bench.sandbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The engine through docker-java and nothing else: the same containers, made by hand. */
final class RawEngine implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final DockerClient client;
  private final String image;

  RawEngine(String image) {
    var config = DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    this.client =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .maxConnections(32)
                .build());
    this.image = image;
  }

  /** Why it cannot be measured here; empty when it can. */
  String obstacle() {
    try {
      client.inspectImageCmd(image).exec();
      return "";
    } catch (com.github.dockerjava.api.exception.NotFoundException e) {
      return "the engine has no image " + image + "; deploy/sandbox/build makes it";
    } catch (RuntimeException e) {
      return "no container engine answers";
    }
  }

  /** A container that was asked whether it runs, and does. */
  String running(String... command) {
    String name = "clawlive-bench-" + UUID.randomUUID();
    String id =
        client
            .createContainerCmd(image)
            .withName(name)
            .withCmd(command)
            .withUser("10001:10001")
            .withWorkingDir("/workspace")
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withInit(true)
                    .withReadonlyRootfs(true)
                    .withTmpFs(Map.of("/tmp", "rw,size=64m", "/run", "rw,size=16m"))
                    .withMounts(List.of(volume(name, "workspace"), volume(name, "data")))
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges"))
                    .withMemory(512L << 20)
                    .withMemorySwap(512L << 20)
                    .withNanoCPUs(1_000_000_000L)
                    .withPidsLimit(256L)
                    .withNetworkMode("none"))
            .exec()
            .getId();
    client.startContainerCmd(id).exec();
    if (!Boolean.TRUE.equals(client.inspectContainerCmd(id).exec().getState().getRunning())) {
      throw new IllegalStateException("the container does not run");
    }
    return id;
  }

  private static Mount volume(String name, String which) {
    return new Mount()
        .withType(MountType.VOLUME)
        .withSource(name + "-" + which)
        .withTarget("/" + which);
  }

  /** Removes a container and its volumes. */
  void remove(String id) {
    String name = client.inspectContainerCmd(id).exec().getName().substring(1);
    client.removeContainerCmd(id).withForce(true).exec();
    client.removeVolumeCmd(name + "-workspace").exec();
    client.removeVolumeCmd(name + "-data").exec();
  }

  /** Runs a program in a container, to its end. */
  void run(String id, String... command) throws InterruptedException {
    String exec =
        client
            .execCreateCmd(id)
            .withCmd(command)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    client
        .execStartCmd(exec)
        .exec(new ResultCallback.Adapter<Frame>())
        .awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Long code = client.inspectExecCmd(exec).exec().getExitCodeLong();
    if (code == null || code != 0) {
      throw new IllegalStateException("the program ended with " + code);
    }
  }

  /** Seconds that a program's output takes to be here. */
  double output(String id, long bytes, String... command) throws InterruptedException {
    String exec = client.execCreateCmd(id).withCmd(command).withAttachStdout(true).exec().getId();
    var heard = new AtomicLong();
    long begin = System.nanoTime();
    client
        .execStartCmd(exec)
        .exec(
            new ResultCallback.Adapter<Frame>() {
              @Override
              public void onNext(Frame frame) {
                heard.addAndGet(frame.getPayload().length);
              }
            })
        .awaitCompletion(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (heard.get() != bytes) {
      throw new IllegalStateException("%,d bytes instead of %,d".formatted(heard.get(), bytes));
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
