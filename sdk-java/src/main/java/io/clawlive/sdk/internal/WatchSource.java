package io.clawlive.sdk.internal;

import io.clawlive.live.v1.Session;
import io.clawlive.sdk.WatchOptions;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.StreamServiceGrpc;
import io.clawlive.streams.v1.WatchRequest;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.MethodDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows a stream. */
public final class WatchSource implements Source<WatchRequest, WatchResponse> {
  private final String streamId;
  private final WatchOptions options;
  private final boolean mayHide;

  private WatchSource(String streamId, WatchOptions options, boolean mayHide) {
    this.streamId = streamId;
    this.options = options;
    this.mayHide = mayHide;
  }

  /** Of a session, whose readers all see the same. */
  public static WatchSource ofSession(String sessionId, WatchOptions options) {
    return new WatchSource(sessionId, options, false);
  }

  /** Of a room, whose readers each see what their audience may. */
  public static WatchSource ofRoom(String roomId, WatchOptions options) {
    return new WatchSource(roomId, options, true);
  }

  /** Of a sandbox, whose readers all see the same. */
  public static WatchSource ofSandbox(String sandboxId, WatchOptions options) {
    return new WatchSource(sandboxId, options, false);
  }

  @Override
  public MethodDescriptor<WatchRequest, WatchResponse> method() {
    return StreamServiceGrpc.getWatchMethod();
  }

  @Override
  public WatchRequest request(long position, boolean known) {
    WatchRequest.Builder request =
        WatchRequest.newBuilder()
            .setStreamId(streamId)
            .addAllKinds(options.kinds())
            .setStopWhenCaughtUp(options.stopWhenCaughtUp());
    if (!known && options.tail().isPresent()) {
      return request.setTail(options.tail().getAsInt()).build();
    }
    return request.setAfterSequence(position).build();
  }

  @Override
  public List<Event> events(WatchResponse answer) {
    return answer.getEventsList();
  }

  @Override
  public WatchResponse.MarkCase mark(WatchResponse answer) {
    return answer.getMarkCase();
  }

  @Override
  public WatchResponse marked(WatchResponse answer) {
    return answer;
  }

  @Override
  public @Nullable Session session(WatchResponse answer) {
    return null;
  }

  @Override
  public boolean hasMarks() {
    return true;
  }

  @Override
  public boolean mayHide() {
    return mayHide;
  }

  @Override
  public boolean endsByItself() {
    return options.stopWhenCaughtUp();
  }
}
