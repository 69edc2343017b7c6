package io.clawlive.sdk.internal;

import io.clawlive.sdk.CursorStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Positions that end with the process; a second channel of one store goes on where one was. */
public final class MemoryCursors implements CursorStore {
  private final Map<String, Long> positions = new ConcurrentHashMap<>();

  @Override
  public Map<String, Long> load() {
    return Map.copyOf(positions);
  }

  @Override
  public void save(String roomId, long sequence) {
    positions.put(roomId, sequence);
  }
}
