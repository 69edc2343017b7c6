package io.clawlive.cli.doctor;

import io.clawlive.sandbox.v1.GetRuntimeStatusResponse;
import io.clawlive.sandbox.v1.Runtime;
import java.util.ArrayList;
import java.util.List;

/** Looks at what runs sandboxes on the server. One that works is enough; none is no failure. */
final class RuntimeChecks {
  private static final String NAME = "sandboxes";

  private RuntimeChecks() {}

  static List<Check> of(GetRuntimeStatusResponse status) {
    List<Check> checks = new ArrayList<>();
    for (Runtime runtime : status.getRuntimesList()) {
      checks.add(of(runtime, status.getActive().isEmpty()));
    }
    if (status.getRuntimesCount() == 0) {
      checks.add(
          Check.warn(
              NAME,
              "the server offers no runtime: agents cannot run in sandboxes",
              "Install Docker or bubblewrap on the server's machine, see that"
                  + " clawlive.sandbox.runtime is not none, and start the server again."));
    } else if (status.getActive().isEmpty()) {
      checks.add(
          Check.warn(
              NAME,
              "no runtime is usable: agents cannot run in sandboxes",
              "Make one of the runtimes above usable; one is enough."));
    } else {
      checks.add(image(status));
    }
    return checks;
  }

  private static Check of(Runtime runtime, boolean needed) {
    String name = "runtime " + runtime.getName();
    if (!runtime.getUsable()) {
      String detail = "not usable: " + runtime.getMessage();
      // Where another one works, this one is only worth knowing about.
      return needed ? Check.warn(name, detail, remedy(runtime)) : Check.ok(name, detail);
    }
    String machine =
        "version %s, %d processors, %,d MiB"
            .formatted(
                runtime.getVersion(), runtime.getProcessors(), runtime.getMemoryBytes() >> 20);
    String message = runtime.getMessage().isEmpty() ? "" : "; " + runtime.getMessage();
    String missing =
        runtime.getMissingCount() == 0 ? "" : ". " + String.join(" ", runtime.getMissingList());
    return Check.ok(name, machine + message + missing);
  }

  private static Check image(GetRuntimeStatusResponse status) {
    boolean there =
        status.getImagesCount() == 0 || status.getImagesList().contains(status.getDefaultImage());
    return there
        ? Check.ok(NAME, status.getActive() + " runs them")
        : Check.warn(
            NAME,
            "%s runs them, and has no image %s"
                .formatted(status.getActive(), status.getDefaultImage()),
            "Build or load the image on the server's machine, or name another with --image.");
  }

  private static String remedy(Runtime runtime) {
    return switch (runtime.getName()) {
      case "docker" ->
          "Install Docker 20.10 or newer on the server's machine, start it, and let the server's"
              + " user reach its socket.";
      case "process" ->
          "Install bubblewrap (bwrap) on the server's machine, and allow its user to make user"
              + " namespaces.";
      default -> "See the message.";
    };
  }
}
