package io.clawlive.server.sandbox;

import com.google.protobuf.Duration;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.SandboxNetwork;
import io.clawlive.sandbox.v1.SandboxPrivileges;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Completes what a sandbox is asked to be made of, and holds it against the rules of every sandbox.
 * A rule that is broken is named, so that an administrator can allow it by that name.
 */
@Singleton
final class Specs {
  private static final Set<String> TAKEN = Set.of("proc", "sys", "dev", "tmp", "run");

  /** What may be asked for beyond the rules, by the rule's name. */
  private static final Map<String, Predicate<SandboxPrivileges>> RULES = rules();

  private final Set<String> allowed;
  private final List<Path> roots;

  Specs(SandboxConfiguration configuration) {
    this.allowed = Set.copyOf(configuration.allow());
    this.roots = configuration.roots().stream().map(Path::of).map(Path::toAbsolutePath).toList();
  }

  private static Map<String, Predicate<SandboxPrivileges>> rules() {
    Map<String, Predicate<SandboxPrivileges>> rules = new LinkedHashMap<>();
    rules.put("capabilities", asked -> asked.getCapabilitiesCount() > 0);
    rules.put("privileged", SandboxPrivileges::getPrivileged);
    rules.put("writable-root", SandboxPrivileges::getWritableRoot);
    rules.put("root-user", SandboxPrivileges::getRootUser);
    rules.put("new-privileges", SandboxPrivileges::getNewPrivileges);
    rules.put("host-pid", SandboxPrivileges::getHostPid);
    rules.put("host-network", SandboxPrivileges::getHostNetwork);
    rules.put("engine-socket", SandboxPrivileges::getEngineSocket);
    rules.put("unconfined", SandboxPrivileges::getUnconfined);
    rules.put("devices", asked -> asked.getDevicesCount() > 0);
    return rules;
  }

  /** The spec with every default filled in. Refuses what breaks a rule. */
  SandboxSpec complete(SandboxSpec asked) {
    RULES.forEach((rule, broken) -> {
      if (broken.test(asked.getPrivileges()) && !allowed.contains(rule)) {
        throw broken(rule, "privileges");
      }
    });
    if (asked.getPort() != 0 && asked.getNetwork() != SandboxNetwork.SANDBOX_NETWORK_OPEN) {
      throw Refusal.invalidField("spec.port: needs network open.", "spec.port");
    }
    var spec = asked.toBuilder();
    if (asked.getNetwork() == SandboxNetwork.SANDBOX_NETWORK_UNSPECIFIED) {
      spec.setNetwork(SandboxNetwork.SANDBOX_NETWORK_NONE);
    }
    List<SandboxVolume> volumes = SandboxLayout.volumes(asked);
    requireVolumes(volumes);
    return spec.setMemoryMb(or(asked.getMemoryMb(), 512))
        .setCpus(asked.getCpus() == 0 ? 1 : asked.getCpus())
        .setPids(or(asked.getPids(), 256))
        .setTmpMb(or(asked.getTmpMb(), 64))
        .setUid(SandboxLayout.uid(asked))
        .setWorkingDirectory(SandboxLayout.workingDirectory(asked))
        .clearVolumes()
        .addAllVolumes(volumes)
        .setLease(asked.hasLease() ? asked.getLease() : seconds(24 * 60 * 60))
        .setStopGrace(asked.hasStopGrace() ? asked.getStopGrace() : seconds(5))
        .build();
  }

  private static int or(int value, int otherwise) {
    return value == 0 ? otherwise : value;
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private void requireVolumes(List<SandboxVolume> volumes) {
    var paths = new HashSet<Path>();
    var names = new HashSet<String>();
    for (SandboxVolume volume : volumes) {
      Path path = Path.of(volume.getPath());
      if (path.getNameCount() == 0
          || !path.normalize().equals(path)
          || TAKEN.contains(path.getName(0).toString())) {
        throw Refusal.invalidField(
            "spec.volumes.path: an absolute path without \"..\", and not /proc, /sys, /dev, /tmp or"
                + " /run.",
            "spec.volumes.path");
      }
      if (!paths.add(path)) {
        throw Refusal.invalidField(
            "spec.volumes.path: two volumes at " + path + ".", "spec.volumes.path");
      }
      if (!volume.getHostPath().isEmpty()) {
        requireAllowed(volume.getHostPath());
      } else if (volume.getName().isEmpty() || !names.add(volume.getName())) {
        throw Refusal.invalidField(
            "spec.volumes.name: each volume has a name of its own.", "spec.volumes.name");
      }
    }
  }

  /** A folder of the host, where it really is: a link out of an allowed root leads nowhere. */
  private void requireAllowed(String hostPath) {
    try {
      Path real = Path.of(hostPath).toRealPath();
      for (Path root : roots) {
        if (real.startsWith(root.toRealPath())) {
          return;
        }
      }
    } catch (IOException | IllegalArgumentException notThere) {
      // What is not there is refused as what is not allowed: nobody learns what the host has.
    }
    throw broken("host-path", "volumes.host_path");
  }

  private static Refusal broken(String rule, String field) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_RULE_BROKEN,
        "spec.%s breaks the rule '%s'; this server does not allow that.".formatted(field, rule),
        "rule",
        rule);
  }
}
