package io.clawlive.bench.replay;

import io.clawlive.bench.load.EventText;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.target.Account;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.live.v1.Session;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.SessionPublisher;
import java.io.IOException;
import java.time.Duration;

/**
 * A session with many events.
 *
 * @param events how many its stream holds
 */
record LongSession(String id, long events) {
  private static final String TITLE = "bench replay";

  /** One that an earlier run left in the data directory, else a new one, published in full. */
  static LongSession find(RunningServer server, ClawLive client, int events) throws IOException {
    for (Session session : client.sessions().list()) {
      if (session.getTitle().equals(TITLE) && session.getLastSequence() >= events) {
        return new LongSession(session.getSessionId(), session.getLastSequence());
      }
    }
    Account account = server.account();
    try (ClawLive agent = account.connect()) {
      String id = agent.sessions().start(account.project(), TITLE).getSessionId();
      long begin = System.nanoTime();
      var text = new EventText();
      try (SessionPublisher publisher = agent.sessions().publisher(id)) {
        for (int i = 0; i < events; i++) {
          publisher.log(text.line(System.nanoTime()));
        }
        publisher.flush(Duration.ofMinutes(5));
      }
      Report.progress(
          "  published %,d events in %.1f s".formatted(events, (System.nanoTime() - begin) / 1e9));
      return new LongSession(id, client.sessions().get(id).getLastSequence());
    }
  }

  /** Fails unless the whole session was read. */
  void requireWhole(long read) {
    if (read != events) {
      throw new IllegalStateException("read " + read + " events; expected " + events);
    }
  }
}
