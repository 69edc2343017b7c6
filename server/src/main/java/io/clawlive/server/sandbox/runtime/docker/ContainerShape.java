package io.clawlive.server.sandbox.runtime.docker;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.api.model.VolumeOptions;
import io.clawlive.sandbox.v1.SandboxNetwork;
import io.clawlive.sandbox.v1.SandboxPrivileges;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import io.clawlive.server.sandbox.runtime.SandboxPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a container may do: as little as a program needs. Only what the spec names as a privilege,
 * which somebody above has allowed, is more than that.
 */
final class ContainerShape {
  private static final long NANOS = 1_000_000_000L;
  private static final long SHM_BYTES = 64L << 20;
  private static final long OPEN_FILES = 8192;

  private ContainerShape() {}

  /**
   * How its container is held.
   *
   * @param owned whether fresh volumes take their owner from the image
   */
  static HostConfig of(SandboxPlan plan, Names names, boolean owned) {
    SandboxSpec spec = plan.spec();
    SandboxPrivileges more = spec.getPrivileges();
    long memory = (long) spec.getMemoryMb() << 20;
    HostConfig config =
        HostConfig.newHostConfig()
            .withInit(true)
            .withReadonlyRootfs(!more.getWritableRoot())
            .withTmpFs(memoryFiles(spec))
            .withMounts(mounts(plan, names, owned))
            .withCapDrop(Capability.ALL)
            .withSecurityOpts(security(more))
            .withPrivileged(more.getPrivileged())
            .withMemory(memory)
            // The same number: no swap beside the memory.
            .withMemorySwap(memory)
            .withOomKillDisable(false)
            .withNanoCPUs((long) (spec.getCpus() * NANOS))
            .withPidsLimit((long) spec.getPids())
            .withShmSize(SHM_BYTES)
            .withUlimits(List.of(ulimit("nofile", OPEN_FILES), ulimit("core", 0)))
            .withIpcMode("private")
            .withPidMode(more.getHostPid() ? "host" : "")
            .withNetworkMode(more.getHostNetwork() ? "host" : names.networkMode(spec))
            .withPublishAllPorts(false)
            .withRestartPolicy(RestartPolicy.noRestart())
            // Its output is taken as it is written; a copy on the engine's disk would hold secrets.
            .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE));
    if (more.getCapabilitiesCount() > 0) {
      config.withCapAdd(
          more.getCapabilitiesList().stream().map(Capability::valueOf).toArray(Capability[]::new));
    }
    if (more.getDevicesCount() > 0) {
      config.withDevices(more.getDevicesList().stream().map(d -> new Device("rwm", d, d)).toList());
    }
    if (more.getEngineSocket()) {
      config.withBinds(
          new Bind("/var/run/docker.sock", new Volume("/var/run/docker.sock"), AccessMode.rw));
    }
    if (spec.getNetwork() == SandboxNetwork.SANDBOX_NETWORK_INTERNAL) {
      // The engine asks the world for names on behalf of closed networks too, unless it is told to
      // ask somebody who cannot be reached from there.
      config.withDns("192.0.2.1");
    }
    if (plan.hostPort() != 0) {
      config.withPortBindings(
          new PortBinding(
              Ports.Binding.bindIpAndPort("127.0.0.1", plan.hostPort()),
              ExposedPort.tcp(spec.getPort())));
    }
    return config;
  }

  private static Map<String, String> memoryFiles(SandboxSpec spec) {
    int uid = SandboxLayout.uid(spec);
    return Map.of(
        "/tmp",
        "rw,nosuid,nodev,exec,mode=1777,size=" + ((long) Math.max(1, spec.getTmpMb()) << 20),
        "/run",
        "rw,nosuid,nodev,noexec,mode=755,uid=%d,gid=%d,size=%d"
            .formatted(uid, uid, SandboxLayout.RUN_BYTES));
  }

  private static List<Mount> mounts(SandboxPlan plan, Names names, boolean owned) {
    List<Mount> mounts = new ArrayList<>();
    for (SandboxVolume volume : SandboxLayout.volumes(plan.spec())) {
      Mount mount = new Mount().withTarget(volume.getPath()).withReadOnly(volume.getReadOnly());
      mounts.add(
          volume.getHostPath().isEmpty()
              ? mount
                  .withType(MountType.VOLUME)
                  .withSource(names.volume(volume.getName()))
                  // Unless it is known to be right, what the image has there must not decide.
                  .withVolumeOptions(
                      new VolumeOptions().withNoCopy(!owned).withLabels(names.labels()))
              : mount.withType(MountType.BIND).withSource(volume.getHostPath()));
    }
    return mounts;
  }

  private static List<String> security(SandboxPrivileges more) {
    List<String> options = new ArrayList<>();
    if (!more.getNewPrivileges()) {
      options.add("no-new-privileges");
    }
    if (more.getUnconfined()) {
      options.add("seccomp=unconfined");
    }
    return options;
  }

  private static Ulimit ulimit(String name, long value) {
    return new Ulimit(name, value, value);
  }
}
