package io.clawlive.server.sandbox.runtime.docker;

import io.clawlive.sandbox.v1.SandboxNetwork;
import io.clawlive.sandbox.v1.SandboxSpec;
import java.util.Map;
import java.util.UUID;

/** What the things of one sandbox are called in the engine. */
record Names(String installation, UUID sandbox) {
  static final String SANDBOX = "clawlive.sandbox";
  static final String SERVER = "clawlive.server";

  /** On what is no sandbox, but is made for one and removed with it. */
  static final String HELPER = "clawlive.helper";

  String container() {
    return "clawlive-" + sandbox;
  }

  String helper() {
    return container() + "-owner";
  }

  String network() {
    return container();
  }

  String volume(String name) {
    return container() + "-" + name;
  }

  /** At most 15 characters, as Linux has it. The end of the id is its random part. */
  String bridge() {
    String id = sandbox.toString().replace("-", "");
    return "cl-" + id.substring(id.length() - 12);
  }

  Map<String, String> labels() {
    return Map.of(SANDBOX, sandbox.toString(), SERVER, installation);
  }

  Map<String, String> helperLabels() {
    return Map.of(SANDBOX, sandbox.toString(), SERVER, installation, HELPER, "owner");
  }

  String networkMode(SandboxSpec spec) {
    return closed(spec) ? "none" : network();
  }

  /** Whether it reaches nobody at all. */
  static boolean closed(SandboxSpec spec) {
    return switch (spec.getNetwork()) {
      case SANDBOX_NETWORK_UNSPECIFIED, SANDBOX_NETWORK_NONE, UNRECOGNIZED -> true;
      case SANDBOX_NETWORK_INTERNAL, SANDBOX_NETWORK_OPEN -> false;
    };
  }

  static boolean internal(SandboxSpec spec) {
    return spec.getNetwork() == SandboxNetwork.SANDBOX_NETWORK_INTERNAL;
  }
}
