package io.clawlive.bench.ingest;

import io.clawlive.bench.load.EventText;
import io.clawlive.bench.target.Account;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.PublisherOptions;
import io.clawlive.sdk.SessionPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** One event at a time: publish, wait for the acknowledgement, go on. */
final class OneByOne {
  private OneByOne() {}

  /** Gives the time of each acknowledgement in nanoseconds. */
  static List<Long> acknowledgements(Account account, int count) {
    var text = new EventText();
    var acknowledged = new Semaphore(0);
    List<Long> times = new ArrayList<>(count);
    PublisherOptions options =
        PublisherOptions.defaults().onCommitted(number -> acknowledged.release());
    try (ClawLive client = account.connect();
        SessionPublisher publisher =
            client.sessions().publisher(account.newSession(client), options)) {
      publisher.log(text.line(System.nanoTime()));
      acknowledged.acquireUninterruptibly();
      for (int i = 0; i < count; i++) {
        long begin = System.nanoTime();
        publisher.log(text.line(begin));
        acknowledged.acquireUninterruptibly();
        times.add(System.nanoTime() - begin);
      }
    }
    return times;
  }
}
