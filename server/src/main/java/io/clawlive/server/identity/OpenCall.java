package io.clawlive.server.identity;

import io.clawlive.policy.v1.Resource;
import io.clawlive.server.platform.grpc.Refusal;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A streaming call that can be ended from outside. Whoever answers it does not notice: what they
 * send after the end goes nowhere, and they hear of the end as of any other.
 */
final class OpenCall<Q, S> extends SimpleForwardingServerCall<Q, S> {
  /** What the call looks at. */
  record Sight(Resource resource, String id) {}

  private final @Nullable Credential credential;
  private volatile @Nullable Sight sight;
  private boolean closed;

  OpenCall(ServerCall<Q, S> call, @Nullable Credential credential) {
    super(call);
    this.credential = credential;
  }

  @Nullable Credential credential() {
    return credential;
  }

  @Nullable Sight sight() {
    return sight;
  }

  /** Says what the call looks at, so that it ends when that becomes hidden. */
  void looksAt(Sight seen) {
    sight = seen;
  }

  /** Ends the call with a refusal. */
  void end(Refusal refusal) {
    close(Status.UNAUTHENTICATED.withCause(refusal), new Metadata());
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!closed) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(S message) {
    if (!closed) {
      super.sendMessage(message);
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    if (!closed) {
      closed = true;
      super.close(status, trailers);
    }
  }
}
