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

  /** Of this stream. */
  public WatchSource(String streamId, WatchOptions options) {
    this.streamId = streamId;
    this.options = options;
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
  public boolean endsByItself() {
    return options.stopWhenCaughtUp();
  }
}
