package io.clawlive.server.sandbox.runtime.docker;

import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.SandboxPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which folders of the host a sandbox may have. */
final class HostFolders {
  private HostFolders() {}

  /** The folder as it really is, links followed; empty when it is in no allowed root. */
  static Optional<Path> allowed(String folder, List<Path> roots) {
    try {
      Path real = Path.of(folder).toRealPath();
      for (Path root : roots) {
        if (real.startsWith(root.toRealPath())) {
          return Optional.of(real);
        }
      }
    } catch (IOException e) {
      // What is not there is not in a root.
    }
    return Optional.empty();
  }

  /** The plan with real folders, so that a link which is changed later leads nowhere else. */
  static SandboxPlan resolved(SandboxPlan plan, List<Path> roots) {
    var spec = plan.spec().toBuilder();
    for (int i = 0; i < spec.getVolumesCount(); i++) {
      SandboxVolume volume = spec.getVolumes(i);
      if (!volume.getHostPath().isEmpty()) {
        Path real =
            allowed(volume.getHostPath(), roots)
                .orElseThrow(() ->
                    new RuntimeRefusal(
                        RuntimeRefusal.Kind.FAILED, "A folder of the host is not allowed."));
        spec.setVolumes(i, volume.toBuilder().setHostPath(real.toString()));
      }
    }
    return new SandboxPlan(plan.sandbox(), spec.build(), plan.hostPort());
  }
}
