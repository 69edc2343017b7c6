package io.clawlive.server.sandbox.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import io.clawlive.server.sandbox.runtime.SandboxPlan;
import io.clawlive.server.sandbox.runtime.StartScript;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Makes what a sandbox consists of, in an order in which the container comes last: where it is
 * there, so is everything else. A call that was cut off is simply made again.
 */
final class ContainerMaker {
  private static final String VOLUMES = "/volumes/";

  private final Engine engine;
  private final ImageFolders folders;
  private final SandboxPlan plan;
  private final Names names;

  ContainerMaker(Engine engine, ImageFolders folders, SandboxPlan plan, Names names) {
    this.engine = engine;
    this.folders = folders;
    this.plan = plan;
    this.names = names;
  }

  void make() {
    List<SandboxVolume> volumes =
        SandboxLayout.volumes(plan.spec()).stream()
            .filter(volume -> volume.getHostPath().isEmpty())
            .toList();
    boolean owned =
        folders.areOwned(
            plan.spec().getImage(),
            volumes.stream().map(SandboxVolume::getPath).toList(),
            SandboxLayout.uid(plan.spec()),
            names);
    if (owned) {
      finish(true);
      return;
    }
    giveToUser(volumes);
    CompletableFuture<Void> removed =
        CompletableFuture.runAsync(this::removeHelper, Thread::startVirtualThread);
    try {
      finish(false);
    } finally {
      await(removed);
    }
  }

  private void finish(boolean owned) {
    if (!Names.closed(plan.spec())) {
      makeNetwork();
    }
    makeContainer(owned);
  }

  private static void await(CompletableFuture<Void> removed) {
    try {
      removed.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeRefusal refusal ? refusal : e;
    }
  }

  /** After a call that was cut off once the container was there. */
  static void tidy(Engine engine, Names names) {
    Removal.container(engine, names.helper());
  }

  /**
   * Fresh volumes belong to root, where the image does not say otherwise. A container that is never
   * started has them in a folder that is not read-only, which makes them, and an archive which says
   * whose they are is unpacked there.
   */
  private void giveToUser(List<SandboxVolume> volumes) {
    removeHelper();
    List<Mount> mounts = new ArrayList<>();
    for (SandboxVolume volume : volumes) {
      mounts.add(
          new Mount()
              .withType(MountType.VOLUME)
              .withSource(names.volume(volume.getName()))
              .withTarget(VOLUMES + volume.getName())
              .withVolumeOptions(new VolumeOptions().withNoCopy(true).withLabels(names.labels())));
    }
    engine.call(client ->
        client
            .createContainerCmd(plan.spec().getImage())
            .withName(names.helper())
            .withLabels(names.helperLabels())
            .withCmd("true")
            .withHostConfig(HostConfig.newHostConfig().withMounts(mounts).withNetworkMode("none"))
            .exec());
    engine.call(client ->
        client
            .copyArchiveToContainerCmd(names.helper())
            .withRemotePath(VOLUMES)
            .withTarInputStream(owners(volumes))
            .exec());
  }

  private InputStream owners(List<SandboxVolume> volumes) throws IOException {
    int uid = SandboxLayout.uid(plan.spec());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (SandboxVolume volume : volumes) {
        TarArchiveEntry entry = new TarArchiveEntry(volume.getName() + "/");
        entry.setIds(uid, uid);
        entry.setMode(0755);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private void removeHelper() {
    Removal.container(engine, names.helper());
  }

  private void makeNetwork() {
    boolean there =
        engine.call(client ->
            client.listNetworksCmd().withNameFilter(names.network()).exec().stream()
                .anyMatch(network -> names.network().equals(network.getName())));
    if (!there) {
      engine.call(client ->
          client
              .createNetworkCmd()
              .withName(names.network())
              .withDriver("bridge")
              .withCheckDuplicate(true)
              .withInternal(Names.internal(plan.spec()))
              .withLabels(names.labels())
              .withOptions(
                  Map.of(
                      "com.docker.network.bridge.name",
                      names.bridge(),
                      "com.docker.network.bridge.enable_icc",
                      "false"))
              .exec());
    }
    HostRules.close(names.bridge());
  }

  private void makeContainer(boolean owned) {
    SandboxSpec spec = plan.spec();
    int uid = SandboxLayout.uid(spec);
    HostConfig shape = ContainerShape.of(plan, names, owned);
    engine.call(client -> create(client, spec, uid, shape));
  }

  private Object create(DockerClient client, SandboxSpec spec, int uid, HostConfig shape) {
    try {
      return client
          .createContainerCmd(spec.getImage())
          .withName(names.container())
          .withHostName("sandbox")
          .withLabels(names.labels())
          .withUser(uid + ":" + uid)
          .withWorkingDir(SandboxLayout.workingDirectory(spec))
          // Whatever entry point the image has: the program is the spec's.
          .withEntrypoint(StartScript.command(SandboxLayout.program(spec)))
          .withCmd(List.of())
          .withEnv(
              SandboxLayout.env(spec).entrySet().stream()
                  .map(e -> e.getKey() + "=" + e.getValue())
                  .toList())
          .withStdinOpen(true)
          .withStdInOnce(true)
          .withExposedPorts(
              spec.getPort() == 0 ? List.of() : List.of(ExposedPort.tcp(spec.getPort())))
          .withHostConfig(shape)
          .exec();
    } catch (IllegalArgumentException e) {
      throw new RuntimeRefusal(RuntimeRefusal.Kind.FAILED, "" + e.getMessage(), e);
    }
  }
}
