package io.clawlive.server.sandbox.runtime.docker;

import io.clawlive.server.sandbox.runtime.OutputSink;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who follows the output of which sandbox: one each. */
final class Followers implements AutoCloseable {
  private final Map<UUID, EngineSocket> open = new ConcurrentHashMap<>();

  /** Reads everything that comes, on a thread of its own. */
  void follow(UUID sandbox, EngineSocket socket, OutputSink output) {
    EngineSocket before = open.put(sandbox, socket);
    if (before != null) {
      before.close();
    }
    Thread.ofVirtual()
        .name("sandbox-output-" + sandbox)
        .start(() -> {
          try {
            Frames.read(socket.input(), false, output::output);
          } catch (IOException e) {
            // The engine went away, or somebody else follows now: nothing follows here.
          } finally {
            socket.close();
            open.remove(sandbox, socket);
            output.closed();
          }
        });
  }

  @Override
  public void close() {
    open.values().forEach(EngineSocket::close);
  }
}
