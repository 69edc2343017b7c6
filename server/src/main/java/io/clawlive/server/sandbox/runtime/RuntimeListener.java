package io.clawlive.server.sandbox.runtime;

/** Hears what happens in a runtime. Called on a thread of the runtime's; must not wait. */
public interface RuntimeListener {
  /** A sandbox ended, by itself or because it was stopped. */
  void ended(FoundSandbox sandbox);

  /** The runtime answers again after it did not; anything may have happened in between. */
  void back();
}
