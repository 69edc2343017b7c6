package io.clawlive.sdk;

import io.clawlive.sdk.internal.FileCursors;
import io.clawlive.sdk.internal.MemoryCursors;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where an agent keeps how far it is in each room, so that it handles nothing twice. The server
 * keeps what was acknowledged too, but an agent that dies between handling an event and the arrival
 * of its acknowledgement is sent that event again; its own positions tell it apart.
 */
public interface CursorStore {
  /** Rooms by id with the last sequence handled; read once, when a channel is opened. */
  Map<String, Long> load();

  /**
   * Everything of this room up to here is handled. Called after the handlers returned and before
   * the acknowledgement, by several threads for different rooms.
   *
   * @throws RuntimeException when it cannot be kept; the channel ends then
   */
  void save(String roomId, long sequence);

  /** Called when the channel ends. */
  default void close() {}

  /** In memory: enough for reconnects and restarts of the server. The default. */
  static CursorStore memory() {
    return new MemoryCursors();
  }

  /**
   * In a file of this agent alone, made when it is not there. It survives the death of the process
   * at any moment; it is not forced to the disk, so the newest positions may not survive the death
   * of the machine.
   *
   * @throws UnavailableException with reason CURSORS_IN_USE or CURSORS_FAILED
   */
  static CursorStore file(Path file) {
    return FileCursors.open(file);
  }
}
