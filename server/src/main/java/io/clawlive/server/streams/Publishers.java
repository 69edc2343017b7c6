package io.clawlive.server.streams;

import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who writes here: the Publish calls that are open, and what came in single calls. */
@Singleton
public final class Publishers {
  private final Set<PublishCall> open = ConcurrentHashMap.newKeySet();
  private final Set<UUID> written = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  Publishers() {}

  /**
   * The streams somebody is writing to at this moment, or has written to since the last question.
   */
  public Set<UUID> takeStreams() {
    Set<UUID> streams = new HashSet<>(written);
    written.removeAll(streams);
    open.forEach(call -> streams.add(call.stream()));
    return streams;
  }

  /** The owner of a stream wrote to it in a single call. */
  public void wrote(UUID stream) {
    written.add(stream);
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
