package io.clawlive.server.streams;

import static java.util.stream.Collectors.toMap;

import io.clawlive.server.identity.Caller;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** With what eyes a caller looks at a stream of any kind. */
@Singleton
final class StreamEyes {
  private static final int MOST_KINDS = 100_000;

  private final StreamStates states;
  private final Map<String, StreamAudience> audiences;
  // What a stream was opened as never changes.
  private final Map<UUID, String> kinds = new ConcurrentHashMap<>();

  StreamEyes(StreamStates states, List<StreamAudience> audiences) {
    this.states = states;
    this.audiences = audiences.stream().collect(toMap(StreamAudience::kind, Function.identity()));
  }

  Eyes of(UUID stream, Caller caller) {
    StreamAudience audience = audiences.get(kind(stream));
    return audience == null ? Eyes.EVERYTHING : audience.eyes(stream, caller);
  }

  private String kind(UUID stream) {
    String known = kinds.get(stream);
    if (known == null) {
      known = states.of(stream).orElseThrow(() -> StreamErrors.notFound(stream.toString())).kind();
      if (kinds.size() > MOST_KINDS) {
        kinds.clear();
      }
      kinds.put(stream, known);
    }
    return known;
  }
}
