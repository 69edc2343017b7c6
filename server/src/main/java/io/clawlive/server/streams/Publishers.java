package io.clawlive.server.streams;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The Publish calls that are open here. */
@Singleton
public final class Publishers {
  private final Set<PublishCall> open = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  Publishers() {}

  /** The streams somebody is writing to at this moment. */
  public Set<UUID> streams() {
    Set<UUID> streams = ConcurrentHashMap.newKeySet();
    open.forEach(call -> streams.add(call.stream()));
    return streams;
  }

  void add(PublishCall call) {
    if (stopping) {
      throw StreamErrors.stopping();
    }
    open.add(call);
  }

  void remove(PublishCall call) {
    open.remove(call);
  }

  /** Sends every publisher away; what it sent before is still committed and acknowledged. */
  void stop() {
    stopping = true;
    open.forEach(PublishCall::drain);
  }
}
