package io.clawlive.server.streams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.PublishBatch;
import io.clawlive.streams.v1.PublishCommitted;
import io.clawlive.streams.v1.PublishOpen;
import io.clawlive.streams.v1.PublishOpened;
import io.clawlive.streams.v1.PublishRequest;
import io.clawlive.streams.v1.PublishResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One Publish call. A few batches may be on their way to the disk; the next is asked for when one
 * of them is committed, so a publisher that is faster than the disk waits in its own memory.
 */
final class PublishCall implements StreamObserver<PublishRequest> {
  private static final int BATCHES_IN_FLIGHT = 8;

  private final EventLog log;
  private final EventReadRepository events;
  private final Publishers publishers;
  private final Actor actor;
  private final ServerCallStreamObserver<PublishResponse> out;
  private @Nullable PublishOpen open;
  private @Nullable UUID stream;
  private int inFlight;
  private boolean asked = true;
  private boolean halfClosed;
  private boolean draining;
  private boolean closed;

  PublishCall(
      EventLog log,
      EventReadRepository events,
      Publishers publishers,
      Actor actor,
      ServerCallStreamObserver<PublishResponse> out) {
    this.log = log;
    this.events = events;
    this.publishers = publishers;
    this.actor = actor;
    this.out = out;
    out.disableAutoRequest();
    out.setOnCancelHandler(this::cancelled);
    // A refusal is answered above this class, which hears of it only as the end of the call.
    out.setOnCloseHandler(this::cancelled);
    out.request(1);
  }

  UUID stream() {
    return java.util.Objects.requireNonNull(stream);
  }

  @Override
  public void onNext(PublishRequest request) {
    switch (request.getMessageCase()) {
      case OPEN -> open(request.getOpen());
      case BATCH -> append(request.getBatch());
      case MESSAGE_NOT_SET -> throw new IllegalStateException("validation let an empty one pass");
    }
  }

  private void open(PublishOpen request) {
    if (open != null) {
      throw notOpened("open was sent twice.");
    }
    StreamErrors.refuseServersName("open.producer_id", request.getProducerId());
    UUID id = UUID.fromString(request.getStreamId());
    if (log.state(id).ended()) {
      throw StreamErrors.ended(id);
    }
    stream = id;
    open = request;
    publishers.add(this);
    long committed = events.producerSequence(id, request.getProducerId());
    synchronized (this) {
      out.onNext(
          PublishResponse.newBuilder()
              .setOpened(PublishOpened.newBuilder().setProducerSequence(committed))
              .build());
      out.request(1);
    }
  }

  private void append(PublishBatch batch) {
    PublishOpen opened = open;
    if (opened == null) {
      throw notOpened("A batch came before open.");
    }
    synchronized (this) {
      asked = false;
      if (draining || closed) {
        return;
      }
      inFlight++;
    }
    log.append(stream(), opened.getProducerId(), batch.getEventsList(), actor)
        .whenComplete(this::committed);
    synchronized (this) {
      askForMore();
    }
  }

  private static Refusal notOpened(String message) {
    return Refusal.of(ErrorReason.ERROR_REASON_PUBLISH_NOT_OPENED, message);
  }

  private synchronized void committed(@Nullable Appended appended, @Nullable Throwable failure) {
    inFlight--;
    if (closed) {
      return;
    }
    if (failure != null) {
      fail(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
      return;
    }
    out.onNext(
        PublishResponse.newBuilder()
            .setCommitted(
                PublishCommitted.newBuilder()
                    .setProducerSequence(appended.producerSequence())
                    .setSequence(appended.sequence()))
            .build());
    askForMore();
    finish();
  }

  private void askForMore() {
    if (!asked && !halfClosed && !draining && !closed && inFlight < BATCHES_IN_FLIGHT) {
      asked = true;
      out.request(1);
    }
  }

  /** The server stops: nothing more is taken, what is under way is still acknowledged. */
  synchronized void drain() {
    draining = true;
    finish();
  }

  private void finish() {
    if (closed || inFlight > 0) {
      return;
    }
    if (draining) {
      fail(StreamErrors.stopping());
    } else if (halfClosed) {
      close();
      out.onCompleted();
    }
  }

  private void fail(Throwable failure) {
    close();
    out.onError(Status.UNKNOWN.withCause(failure).asRuntimeException());
  }

  private void close() {
    closed = true;
    publishers.remove(this);
  }

  @Override
  public synchronized void onCompleted() {
    halfClosed = true;
    finish();
  }

  @Override
  public void onError(Throwable t) {
    cancelled();
  }

  private synchronized void cancelled() {
    close();
  }
}
