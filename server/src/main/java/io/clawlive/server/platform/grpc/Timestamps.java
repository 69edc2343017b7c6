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

  /** The moment that the contract's form tells. */
  public static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
