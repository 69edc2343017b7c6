package io.clawlive.sdk.internal;

import io.clawlive.rooms.v1.ChannelRefusal;
import io.clawlive.rooms.v1.ChannelResult;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.sdk.ClawLiveException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What was asked on a channel and is not answered, in the order it was asked, over any number of
 * connections. The link guards it. Answers are told on the handlers' threads, because whoever waits
 * for one may go on to wait for something else.
 */
final class ChannelRequests {
  private static final int MOST = 1_000;

  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Executor threads = HandlerThreads.shared();

  private record Waiting(ConnectRequest request, CompletableFuture<ChannelResult> answer) {}

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  boolean isFull() {
    return waiting.size() >= MOST;
  }

  /** Everything that waits, to be sent again. */
  List<ConnectRequest> all() {
    return waiting.values().stream().map(Waiting::request).toList();
  }

  /** The answer to a request; the one that waits already where its id is known. */
  CompletableFuture<ChannelResult> add(ConnectRequest request) {
    return waiting
        .computeIfAbsent(
            request.getRequestId(), id -> new Waiting(request, new CompletableFuture<>()))
        .answer();
  }

  boolean knows(String requestId) {
    return waiting.containsKey(requestId);
  }

  void answered(ChannelResult result) {
    Waiting known = waiting.remove(result.getRequestId());
    if (known == null) {
      return; // An answer to what an earlier connection asked and was answered.
    }
    if (result.hasRefusal()) {
      ClawLiveException refusal = failure(result.getRefusal());
      threads.execute(() -> known.answer().completeExceptionally(refusal));
    } else {
      threads.execute(() -> known.answer().complete(result));
    }
  }

  void failAll(ClawLiveException failure) {
    waiting
        .values()
        .forEach(it ->
            threads.execute(() -> it.answer().completeExceptionally(Failures.again(failure))));
    waiting.clear();
  }

  private static ClawLiveException failure(ChannelRefusal refusal) {
    return Failures.refused(
        refusal.getReason(),
        refusal.getMessage(),
        refusal.getMetadataMap(),
        refusal.hasRetryAfter()
            ? Optional.of(Times.duration(refusal.getRetryAfter()))
            : Optional.empty());
  }
}
