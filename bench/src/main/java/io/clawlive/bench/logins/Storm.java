package io.clawlive.bench.logins;

import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.RateLimitedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many who sign in at once, each again and again until they are all in. */
record Storm(String address) {
  private static final String PASSWORD = "correct horse battery";
  private static final int ACCOUNTS = 100;
  private static final int AT_ONCE = 200;

  /**
   * What became of it.
   *
   * @param sentAway answers that said to come again
   */
  record Outcome(double seconds, int sentAway) {}

  /** Makes the accounts. */
  static Storm prepare(ClawLive admin, String address) {
    for (int i = 0; i < ACCOUNTS; i++) {
      admin
          .accounts()
          .create(CreateAccountRequest.newBuilder().setName(name(i)).setPassword(PASSWORD).build());
    }
    return new Storm(address);
  }

  private static String name(int i) {
    return "storm-" + i;
  }

  /** Signs in this often. */
  Outcome run(int logins) throws Exception {
    var next = new AtomicInteger();
    var sentAway = new AtomicInteger();
    long begin = System.nanoTime();
    try (ClawLive client = ClawLive.connect(address);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < Math.min(AT_ONCE, logins); i++) {
        running.add(
            threads.submit(() -> {
              for (int n = next.getAndIncrement(); n < logins; n = next.getAndIncrement()) {
                signIn(client, name(n % ACCOUNTS), sentAway);
              }
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    return new Outcome((System.nanoTime() - begin) / 1e9, sentAway.get());
  }

  private static void signIn(ClawLive client, String name, AtomicInteger sentAway)
      throws InterruptedException {
    while (true) {
      try {
        client.identity().login(name, PASSWORD, "bench");
        return;
      } catch (RateLimitedException busy) {
        sentAway.incrementAndGet();
        Thread.sleep(busy.retryAfter().orElse(Duration.ofSeconds(1)));
      }
    }
  }
}
