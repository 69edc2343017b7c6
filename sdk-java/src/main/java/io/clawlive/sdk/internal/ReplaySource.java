package io.clawlive.sdk.internal;

import io.clawlive.live.v1.ReplayRequest;
import io.clawlive.live.v1.ReplayResponse;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.SessionServiceGrpc;
import io.clawlive.sdk.WatchOptions;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.MethodDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a session holds. */
public final class ReplaySource implements Source<ReplayRequest, ReplayResponse> {
  private final String sessionId;
  private final WatchOptions options;

  /** Of this session. */
  public ReplaySource(String sessionId, WatchOptions options) {
    if (options.tail().isPresent()) {
      throw new IllegalArgumentException("a replay has no tail; expected WatchOptions.after");
    }
    this.sessionId = sessionId;
    this.options = options;
  }

  @Override
  public MethodDescriptor<ReplayRequest, ReplayResponse> method() {
    return SessionServiceGrpc.getReplayMethod();
  }

  @Override
  public ReplayRequest request(long position, boolean known) {
    return ReplayRequest.newBuilder()
        .setSessionId(sessionId)
        .setAfterSequence(position)
        .addAllKinds(options.kinds())
        .build();
  }

  @Override
  public List<Event> events(ReplayResponse answer) {
    return answer.getEventsList();
  }

  @Override
  public WatchResponse.MarkCase mark(ReplayResponse answer) {
    return WatchResponse.MarkCase.MARK_NOT_SET;
  }

  @Override
  public WatchResponse marked(ReplayResponse answer) {
    return WatchResponse.getDefaultInstance();
  }

  @Override
  public @Nullable Session session(ReplayResponse answer) {
    return answer.hasSession() ? answer.getSession() : null;
  }

  @Override
  public boolean hasMarks() {
    return false;
  }

  @Override
  public boolean mayHide() {
    return false;
  }

  @Override
  public boolean endsByItself() {
    return true;
  }
}
