package io.clawlive.server.sandbox.runtime;

import java.io.OutputStream;

/** A program that runs in a sandbox. */
public interface RuntimeProcess {
  /** Its number inside the sandbox. */
  int pid();

  /**
   * Its standard input. Writing waits while it does not read; closing says that nothing follows,
   * which a terminal is told by its own character for that.
   */
  OutputStream input();

  /** Sends a signal to it and what it started, 1 to 64. Does nothing once it has ended. */
  void signal(int signal);

  /** Its terminal has another size now. Does nothing without one. */
  void resize(ExecPlan.TerminalSize size);
}
