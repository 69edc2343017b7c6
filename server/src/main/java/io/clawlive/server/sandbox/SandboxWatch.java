package io.clawlive.server.sandbox;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.WatchSandboxResponse;
import io.clawlive.server.streams.Watch;
import io.clawlive.server.streams.WatchSink;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.SandboxChange;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

/** Tells a caller how a sandbox changes: what the events say, put into the sandbox as it was. */
final class SandboxWatch implements WatchSink {
  private final ServerCallStreamObserver<WatchSandboxResponse> out;
  private Sandbox sandbox;
  private @Nullable Watch watch;
  private boolean over;

  SandboxWatch(Sandbox present, ServerCallStreamObserver<WatchSandboxResponse> out) {
    this.sandbox = present;
    this.out = out;
  }

  void opened(Watch opened) {
    synchronized (this) {
      watch = opened;
    }
    opened.onReady();
  }

  void ready() {
    Watch present = present();
    if (present != null) {
      present.onReady();
    }
  }

  void close() {
    synchronized (this) {
      over = true;
    }
    Watch present = present();
    if (present != null) {
      present.close();
    }
  }

  private synchronized @Nullable Watch present() {
    return watch;
  }

  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public void events(byte[] message) {
    try {
      for (Event event : WatchResponse.parseFrom(message).getEventsList()) {
        tell(event);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the feed sent what is no answer", e);
    }
  }

  private synchronized void tell(Event event) {
    SandboxChange change = event.getSandbox();
    if (over || change.getRevision() <= sandbox.getRevision()) {
      return;
    }
    var now =
        sandbox.toBuilder()
            .setState(change.getState())
            .setReason(change.getReason())
            .setMessage(change.getMessage())
            .setRevision(change.getRevision())
            .clearExitCode()
            .clearLeaseEndsAt();
    if (change.hasExitCode()) {
      now.setExitCode(change.getExitCode());
    }
    if (change.hasLeaseEndsAt()) {
      now.setLeaseEndsAt(change.getLeaseEndsAt());
    }
    sandbox = now.build();
    out.onNext(WatchSandboxResponse.newBuilder().setSandbox(sandbox).build());
  }

  @Override
  public void caughtUp(long sequence) {}

  @Override
  public void checkpoint(long sequence) {}

  @Override
  public void gap(long firstSequence, long lastSequence) {}

  @Override
  public void ended(long sequence) {
    complete();
  }

  @Override
  public synchronized void complete() {
    if (!over) {
      over = true;
      out.onCompleted();
    }
  }

  @Override
  public synchronized void fail(RuntimeException reason) {
    if (!over) {
      over = true;
      out.onError(Status.UNAVAILABLE.withCause(reason).asRuntimeException());
    }
  }
}
