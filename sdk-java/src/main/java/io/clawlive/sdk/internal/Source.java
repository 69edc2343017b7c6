package io.clawlive.sdk.internal;

import io.clawlive.live.v1.Session;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.MethodDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of the contract that delivers events: what to ask and how to read an answer.
 *
 * @param <Q> request
 * @param <A> answer
 */
interface Source<Q, A> {
  /** The call. */
  MethodDescriptor<Q, A> method();

  /** What to ask: from the options' start, or after {@code position} once that is known. */
  Q request(long position, boolean known);

  /** The events of an answer. */
  List<Event> events(A answer);

  /** The mark of an answer. */
  WatchResponse.MarkCase mark(A answer);

  /** The answer as a watch's; only called when it carries a mark. */
  WatchResponse marked(A answer);

  /** The session an answer brings along. */
  @Nullable Session session(A answer);

  /** Whether marks tell what retention removed and when the reader is caught up. */
  boolean hasMarks();

  /** Whether the stream hides events from some readers, so that a hole is no loss. */
  boolean mayHide();

  /** Whether the end of the call means that everything was delivered. */
  boolean endsByItself();
}
