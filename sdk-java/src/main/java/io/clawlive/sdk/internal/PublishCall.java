package io.clawlive.sdk.internal;

import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.PublishBatch;
import io.clawlive.streams.v1.PublishOpen;
import io.clawlive.streams.v1.PublishRequest;
import io.clawlive.streams.v1.PublishResponse;
import io.clawlive.streams.v1.StreamServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One Publish call, from open to its end. A link that reconnects goes through many of them. */
final class PublishCall extends ClientCall.Listener<PublishResponse> {
  // Several full batches may wait in the transport, so that the line never runs dry between acks.
  private static final int READY_BYTES = 1 << 20;

  private final PublishLink link;
  private final Transport transport;
  private final CallToken token;
  private final ClientCall<PublishRequest, PublishResponse> wire;
  private @Nullable Future<?> openLimit;
  private boolean opened;
  private int inFlight;

  PublishCall(PublishLink link, Transport transport) {
    this.link = link;
    this.transport = transport;
    this.token = transport.token();
    // Answers are handled on the connection's own thread: they are short, and a change of threads
    // would cost more than they do.
    this.wire =
        transport.call(
            StreamServiceGrpc.getPublishMethod(),
            CallOptions.DEFAULT.withExecutor(Runnable::run).withOnReadyThreshold(READY_BYTES),
            token);
  }

  void start(String streamId, String producerId) {
    openLimit =
        Timer.after(
            transport.options().callTimeout(),
            () -> wire.cancel("the server did not answer in time", null));
    wire.start(this, new Metadata());
    wire.request(Integer.MAX_VALUE);
    wire.sendMessage(
        PublishRequest.newBuilder()
            .setOpen(PublishOpen.newBuilder().setStreamId(streamId).setProducerId(producerId))
            .build());
  }

  CallToken token() {
    return token;
  }

  boolean isOpened() {
    return opened;
  }

  /** Batches that are not answered yet. */
  int inFlight() {
    return inFlight;
  }

  /** Whether the transport takes a message without piling it up. */
  boolean isReady() {
    return opened && wire.isReady();
  }

  void send(List<Event> events) {
    inFlight++;
    wire.sendMessage(
        PublishRequest.newBuilder()
            .setBatch(PublishBatch.newBuilder().addAllEvents(events))
            .build());
  }

  void halfClose() {
    wire.halfClose();
  }

  void cancel() {
    stopLimit();
    wire.cancel("closed by the caller", null);
  }

  @Override
  public void onReady() {
    link.onReady(this);
  }

  @Override
  public void onMessage(PublishResponse message) {
    switch (message.getMessageCase()) {
      case OPENED -> {
        stopLimit();
        link.onOpened(this, message.getOpened().getProducerSequence(), () -> opened = true);
      }
      case COMMITTED ->
          link.onCommitted(this, message.getCommitted().getProducerSequence(), () -> inFlight--);
      case MESSAGE_NOT_SET -> {
        // An answer of a newer contract that this version has no use for.
      }
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    stopLimit();
    link.onClose(this, status, trailers);
  }

  private void stopLimit() {
    Future<?> limit = openLimit;
    if (limit != null) {
      limit.cancel(false);
    }
  }
}
