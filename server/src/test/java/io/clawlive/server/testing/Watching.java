package io.clawlive.server.testing;

import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.WatchResponse;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import io.grpc.stub.BlockingClientCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One Watch call. Nothing is asked of the server beyond the message that is read next. */
public final class Watching implements AutoCloseable {
  private final BlockingClientCall<?, WatchResponse> call;

  Watching(BlockingClientCall<?, WatchResponse> call) {
    this.call = call;
  }

  /** The next message; null when the call has ended well. */
  public @Nullable WatchResponse nextOrEnd() {
    return Calls.read(call);
  }

  /** The next message. */
  public WatchResponse next() {
    return Objects.requireNonNull(nextOrEnd(), "the call ended");
  }

  /** The events up to and with the message that carries this mark. */
  public List<Event> until(MarkCase mark) {
    var events = new ArrayList<Event>();
    WatchResponse message;
    do {
      message = next();
      events.addAll(message.getEventsList());
    } while (message.getMarkCase() != mark);
    return events;
  }

  /** The events until this many are there. */
  public List<Event> take(int count) {
    var events = new ArrayList<Event>(count);
    while (events.size() < count) {
      events.addAll(next().getEventsList());
    }
    return events;
  }

  @Override
  public void close() {
    call.cancel("the test is over", null);
  }
}
