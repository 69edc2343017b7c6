package io.clawlive.server.platform.grpc;

import io.grpc.Context;

/** Who calls, as far as counting goes. Set by whoever authenticates the call. */
public final class CallerKey {
  /** A text that is the same for every call of one caller; empty when nobody signed in. */
  public static final Context.Key<String> CURRENT = Context.keyWithDefault("caller-key", "");

  private CallerKey() {}
}
