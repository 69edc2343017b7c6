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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Makes what a sandbox consists of, in an order in which the container comes last: where it is
 * there, so is everything else. A call that was cut off is simply made again.
 */
final class ContainerMaker {
  private static final String VOLUMES = "/volumes/";

  private final Engine engine;
  private final SandboxPlan plan;
  private final Names names;

  ContainerMaker(Engine engine, SandboxPlan plan, Names names) {
    this.engine = engine;
    this.plan = plan;
    this.names = names;
  }

  void make() {
    makeVolumes();
    if (!Names.closed(plan.spec())) {
      makeNetwork();
    }
    makeContainer();
  }

  private void makeVolumes() {
    List<SandboxVolume> own =
        SandboxLayout.volumes(plan.spec()).stream()
            .filter(volume -> volume.getHostPath().isEmpty())
            .toList();
    for (SandboxVolume volume : own) {
      engine.call(client ->
          client
              .createVolumeCmd()
              .withName(names.volume(volume.getName()))
              .withLabels(names.labels())
              .exec());
    }
    if (!own.isEmpty()) {
      giveToUser(own);
    }
  }

  /**
   * Fresh volumes belong to root. A container that is never started has them in a folder that is
   * not read-only, and an archive which says whose they are is unpacked there.
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
              .withVolumeOptions(new VolumeOptions().withNoCopy(true)));
    }
    Map<String, String> labels = new HashMap<>(names.labels());
    labels.put(Names.HELPER, "owner");
    engine.call(client ->
        client
            .createContainerCmd(plan.spec().getImage())
            .withName(names.helper())
            .withLabels(labels)
            .withCmd("true")
            .withHostConfig(HostConfig.newHostConfig().withMounts(mounts).withNetworkMode("none"))
            .exec());
    engine.call(client ->
        client
            .copyArchiveToContainerCmd(names.helper())
            .withRemotePath(VOLUMES)
            .withTarInputStream(owners(volumes))
            .exec());
    removeHelper();
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

  private void makeContainer() {
    SandboxSpec spec = plan.spec();
    int uid = SandboxLayout.uid(spec);
    engine.call(client -> create(client, spec, uid));
  }

  private Object create(DockerClient client, SandboxSpec spec, int uid) {
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
          .withHostConfig(ContainerShape.of(plan, names))
          .exec();
    } catch (IllegalArgumentException e) {
      throw new RuntimeRefusal(RuntimeRefusal.Kind.FAILED, "" + e.getMessage(), e);
    }
  }
}
