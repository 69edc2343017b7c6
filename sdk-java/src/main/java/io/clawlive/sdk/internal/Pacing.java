package io.clawlive.sdk.internal;

import io.clawlive.sdk.PublisherOptions;

/**
 * When a publisher sends. The first batch goes at once, or after the linger; while batches are on
 * their way a further one waits until it is worth a message or until an answer comes. So a single
 * event has no delay and a fast producer's batches grow by themselves. Guarded by the owner's lock.
 */
final class Pacing {
  // Four batches hide the way there and back; more would only make the server's queue longer.
  private static final int MAX_IN_FLIGHT = 4;
  private static final int WORTH_SENDING_EVENTS = 32;
  private static final int WORTH_SENDING_BYTES = 256 << 10;

  private final PublisherOptions options;
  private final Runnable send;
  private boolean lingerArmed;
  private boolean lingerOver;

  /** {@code send} is called on the timer's thread when a linger is over. */
  Pacing(PublisherOptions options, Runnable send) {
    this.options = options;
    this.send = send;
  }

  /** Whether a batch is due; {@code hurry} means that somebody waits for it. */
  boolean isDue(Outbox outbox, int inFlight, boolean hurry) {
    long unsent = outbox.unsent();
    if (unsent == 0 || inFlight >= MAX_IN_FLIGHT) {
      return false;
    }
    if (inFlight > 0) {
      // As many as are on their way: few and full batches at any speed of the producer.
      long worth = Math.max(WORTH_SENDING_EVENTS, outbox.size() - unsent);
      return unsent >= Math.min(options.maxBatchEvents(), worth)
          || outbox.unsentBytes() >= WORTH_SENDING_BYTES;
    }
    if (options.linger().isZero() || lingerOver || hurry || unsent >= options.maxBatchEvents()) {
      return true;
    }
    if (!lingerArmed) {
      lingerArmed = true;
      Timer.after(options.linger(), send);
    }
    return false;
  }

  /** The linger's time has come. */
  void lingered() {
    lingerArmed = false;
    lingerOver = true;
  }

  /** A batch was sent; the next one lingers anew. */
  void sent() {
    lingerOver = false;
  }
}
