package io.clawlive.server.testing;

import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.PublishBatch;
import io.clawlive.streams.v1.PublishCommitted;
import io.clawlive.streams.v1.PublishOpen;
import io.clawlive.streams.v1.PublishRequest;
import io.clawlive.streams.v1.PublishResponse;
import io.grpc.stub.BlockingClientCall;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One Publish call, a step at a time. */
public final class Publishing implements AutoCloseable {
  private static final int BATCH = 200;
  private static final int IN_FLIGHT = 4;

  private final BlockingClientCall<PublishRequest, PublishResponse> call;
  private long opened = -1;

  private Publishing(BlockingClientCall<PublishRequest, PublishResponse> call) {
    this.call = call;
  }

  /** A call in which nothing was said yet. */
  public static Publishing begin(Client client) {
    return new Publishing(client.lastingCalls().publish());
  }

  /** Sends open and waits for opened. */
  public Publishing open(String stream, String producer) {
    sendOpen(stream, producer);
    opened = next().getOpened().getProducerSequence();
    return this;
  }

  /** Sends open and does not wait. */
  public void sendOpen(String stream, String producer) {
    send(
        PublishRequest.newBuilder()
            .setOpen(PublishOpen.newBuilder().setStreamId(stream).setProducerId(producer))
            .build());
  }

  /** What was committed of this producer when the call opened. */
  public long opened() {
    return opened;
  }

  /** Sends a batch and does not wait. */
  public void send(List<Event> events) {
    send(
        PublishRequest.newBuilder()
            .setBatch(PublishBatch.newBuilder().addAllEvents(events))
            .build());
  }

  /** Sends a batch and waits until it is committed. */
  public PublishCommitted publish(Event... events) {
    return publish(List.of(events));
  }

  /** Sends a batch and waits until it is committed. */
  public PublishCommitted publish(List<Event> events) {
    send(events);
    return committed();
  }

  /** Publishes the events with these numbers, several batches at a time. */
  public void publishAll(long first, long last, LongFunction<Event> event) {
    int unanswered = 0;
    for (long from = first; from <= last; from += BATCH) {
      send(LongStream.rangeClosed(from, Math.min(last, from + BATCH - 1)).mapToObj(event).toList());
      if (++unanswered > IN_FLIGHT) {
        committed();
        unanswered--;
      }
    }
    for (; unanswered > 0; unanswered--) {
      committed();
    }
  }

  /** The next acknowledgement. */
  public PublishCommitted committed() {
    return next().getCommitted();
  }

  /** Says that nothing follows and waits until the server says so too. */
  public void finish() {
    call.halfClose();
    PublishResponse last = Calls.read(call);
    if (last != null) {
      throw new AssertionError("one more answer: " + last);
    }
  }

  private PublishResponse next() {
    @Nullable PublishResponse next = Calls.read(call);
    return Objects.requireNonNull(next, "the call ended");
  }

  private void send(PublishRequest request) {
    Calls.write(call, request);
  }

  @Override
  public void close() {
    call.cancel("the test is over", null);
  }
}
