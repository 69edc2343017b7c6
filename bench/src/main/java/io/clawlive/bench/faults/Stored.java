package io.clawlive.bench.faults;

import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.StreamEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a session's stream holds at the end, compared with what its writers were told. */
record Stored(Log log, Findings findings) {

  /** Closes the writers, which delivers the rest, and reads the whole log. */
  static Stored of(ClawLive client, String session, List<Writer> writers) throws Exception {
    Map<String, Long> acknowledged = new HashMap<>();
    for (Writer writer : writers) {
      writer.close();
      acknowledged.put(writer.name(), writer.acknowledged());
    }
    var log = new Log();
    try (EventStream events = client.sessions().replay(session)) {
      for (StreamEvent event : events) {
        log.add(event);
      }
    }
    return new Stored(log, Findings.of(log, acknowledged));
  }
}
