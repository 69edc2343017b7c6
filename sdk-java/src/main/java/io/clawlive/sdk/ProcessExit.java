package io.clawlive.sdk;

import io.clawlive.sandbox.v1.ProcessExited;

/**
 * How a process ended.
 *
 * @param code what it returned, 0 to 255; 128 + signal when it was killed, 255 when that is not
 *     known
 * @param signal the signal that killed it; 0 for none
 * @param reason why it ended where it did not end by itself, such as that its sandbox stopped; may
 *     be empty
 */
public record ProcessExit(int code, int signal, String reason) {
  static ProcessExit of(ProcessExited exited) {
    return new ProcessExit(exited.getCode(), exited.getSignal(), exited.getReason());
  }

  /** Whether it returned 0. */
  public boolean isOk() {
    return code == 0;
  }
}
