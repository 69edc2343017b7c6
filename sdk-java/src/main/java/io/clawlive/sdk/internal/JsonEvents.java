package io.clawlive.sdk.internal;

import io.clawlive.sdk.StreamEvent;

public final class JsonEvents {
  private JsonEvents() {}

  public static void write(StreamEvent event, StringBuilder out) {
    throw new UnsupportedOperationException();
  }

  public static StreamEvent read(String line) {
    throw new UnsupportedOperationException();
  }
}
