package io.clawlive.bench.ingest;

import io.clawlive.bench.load.EventText;
import io.clawlive.bench.load.Gate;
import io.clawlive.bench.target.Account;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Publishers at full speed, each with a client, a session and a thread of its own. */
final class Publishers {
  private static final double WARM_UP_SECONDS = 0.5;

  private Publishers() {}

  /** Gives the events acknowledged a second, by all together. */
  static double run(Account account, int publishers, int inFlight, double seconds)
      throws Exception {
    var ready = new CountDownLatch(publishers);
    try (ExecutorService threads = Executors.newFixedThreadPool(publishers)) {
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < publishers; i++) {
        rates.add(threads.submit(() -> one(account, inFlight, seconds, ready)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += rate.get();
      }
      return sum;
    }
  }

  private static double one(Account account, int inFlight, double seconds, CountDownLatch allReady)
      throws Exception {
    var text = new EventText();
    try (ClawLive client = account.connect();
        var gate = new Gate(client, account.newSession(client), inFlight)) {
      gate.publish(text.line(System.nanoTime()));
      allReady.countDown();
      allReady.await();
      publish(gate, text, WARM_UP_SECONDS);
      long before = gate.committed();
      long begin = System.nanoTime();
      publish(gate, text, seconds);
      return (gate.committed() - before) / ((System.nanoTime() - begin) / 1e9);
    }
  }

  private static void publish(Gate gate, EventText text, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      gate.publish(text.line(now));
    }
  }
}
