package io.clawlive.sdk.internal;

import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.TokenSource;
import io.clawlive.sdk.UnauthenticatedException;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The credential of one call: asks the source once there is a connection, and remembers what it
 * gave, so that a token that the server refuses can be told from the one that follows it.
 *
 * <p>A source may wait for the network, so it is never asked on a thread of the connection or on
 * the timer, which its own calls may need.
 */
final class CallToken extends CallCredentials {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Executor WAITING = Executors.newCachedThreadPool(CallToken::thread);

  private final TokenSource source;
  private volatile String used = "";

  CallToken(TokenSource source) {
    this.source = source;
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor direct, MetadataApplier applier) {
    if (source instanceof FixedToken) {
      apply(applier);
    } else {
      WAITING.execute(() -> apply(applier));
    }
  }

  private void apply(MetadataApplier applier) {
    try {
      used = source.token();
      applier.apply(headers(used));
    } catch (RuntimeException failed) {
      applier.fail(Status.UNAUTHENTICATED.withCause(new SourceFailure(failed)));
    }
  }

  /** Whether the failure is one that another token could have prevented. */
  static boolean isMendable(ClawLiveException failure) {
    return failure.reason().equals("CREDENTIAL_EXPIRED");
  }

  /**
   * After a mendable failure: asks the source for another token and tells what it said, on a thread
   * that may wait.
   */
  void replace(ClawLiveException refused, Consumer<Replacement> told) {
    WAITING.execute(() -> told.accept(replacement(refused)));
  }

  /** As {@link #replace}, waiting for it. */
  Replacement replacement(ClawLiveException refused) {
    try {
      String next = source.replacement(used);
      return new Replacement(!next.isEmpty() && !next.equals(used), refused);
    } catch (RuntimeException failed) {
      return new Replacement(false, new SourceFailure(failed).told());
    }
  }

  /**
   * What a source said to a refused token.
   *
   * @param found whether there is another token
   * @param failure what the call fails with when there is none
   */
  record Replacement(boolean found, ClawLiveException failure) {}

  /** The source itself threw, so the call was not made. */
  static final class SourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceFailure(RuntimeException cause) {
      super(cause);
    }

    ClawLiveException told() {
      if (getCause() instanceof ClawLiveException known) {
        return Failures.again(known);
      }
      return new UnauthenticatedException(
          ErrorDetail.of(
              "TOKEN_SOURCE_FAILED",
              "The client's token source failed: " + getCause().getMessage(),
              false),
          getCause());
    }
  }

  private static Metadata headers(String token) {
    Metadata headers = new Metadata();
    if (!token.isEmpty()) {
      headers.put(AUTHORIZATION, "Bearer " + token);
    }
    return headers;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "clawlive-token");
    thread.setDaemon(true);
    return thread;
  }
}
