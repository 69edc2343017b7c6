package io.clawlive.server.streams;

import io.clawlive.server.identity.Caller;
import java.util.UUID;

/** Tells with what eyes callers look at the streams of one kind. Kinds without one hide nothing. */
public interface StreamAudience {
  /** What its streams were opened as. */
  String kind();

  /**
   * The eyes of a caller who may see the stream.
   *
   * @throws io.clawlive.server.platform.grpc.Refusal when the caller may not look at its events
   */
  Eyes eyes(UUID stream, Caller caller);
}
