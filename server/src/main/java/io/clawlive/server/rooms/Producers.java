package io.clawlive.server.rooms;

import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.Sha256;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Names for what a caller does once, as producers of the log: the same name again is the same deed,
 * and is not stored twice.
 */
final class Producers {
  private static final int HASH_BYTES = 20;

  private Producers() {}

  /** A name of the server's own for a caller's deed; parts of any length fit into it. */
  static String of(String what, Caller caller, Object... parts) {
    var text = new StringBuilder().append(caller.actor().getId()).append('\n');
    for (Object part : parts) {
      text.append(part).append('\n');
    }
    byte[] hash = Sha256.of(text.toString());
    return "clawlive." + what + "." + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
  }

  /** What tells a request from others: its id, or where it has none, something new. */
  static String request(String requestId) {
    return requestId.isEmpty() ? UUID.randomUUID().toString() : requestId;
  }
}
