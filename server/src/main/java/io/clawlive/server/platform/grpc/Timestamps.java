package io.clawlive.server.platform.grpc;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Moments as they travel. */
public final class Timestamps {
  private Timestamps() {}

  /** The contract's form of a moment. */
  public static Timestamp of(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
