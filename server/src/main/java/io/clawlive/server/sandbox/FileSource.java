package io.clawlive.server.sandbox;

import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import java.util.UUID;

/** Where the files of a sandbox come from that does not begin empty. */
public interface FileSource {
  /**
   * Fills the volumes of a sandbox that is there, does not run and has empty ones.
   *
   * @param sandbox names its source
   * @throws io.clawlive.server.sandbox.runtime.RuntimeRefusal NOT_USABLE when the source is gone or
   *     damaged
   */
  void fill(Sandbox sandbox, SandboxRuntime runtime);

  /** Whether somebody copies files of a sandbox at this moment, on any server. */
  boolean isCopying(UUID sandbox);
}
