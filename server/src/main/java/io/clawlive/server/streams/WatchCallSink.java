package io.clawlive.server.streams;

import io.clawlive.streams.v1.CaughtUp;
import io.clawlive.streams.v1.Checkpoint;
import io.clawlive.streams.v1.Ended;
import io.clawlive.streams.v1.Gap;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;

/** A Watch call. */
record WatchCallSink(ServerCallStreamObserver<byte[]> call) implements WatchSink {
  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void events(byte[] message) {
    call.onNext(message);
  }

  @Override
  public void caughtUp(long sequence) {
    send(WatchResponse.newBuilder().setCaughtUp(CaughtUp.newBuilder().setSequence(sequence)));
  }

  @Override
  public void checkpoint(long sequence) {
    send(WatchResponse.newBuilder().setCheckpoint(Checkpoint.newBuilder().setSequence(sequence)));
  }

  @Override
  public void gap(long firstSequence, long lastSequence) {
    send(
        WatchResponse.newBuilder()
            .setGap(
                Gap.newBuilder().setFirstSequence(firstSequence).setLastSequence(lastSequence)));
  }

  @Override
  public void ended(long sequence) {
    send(WatchResponse.newBuilder().setEnded(Ended.newBuilder().setSequence(sequence)));
    call.onCompleted();
  }

  @Override
  public void complete() {
    call.onCompleted();
  }

  @Override
  public void fail(RuntimeException reason) {
    call.onError(Status.UNAVAILABLE.withCause(reason).asRuntimeException());
  }

  private void send(WatchResponse.Builder mark) {
    call.onNext(mark.build().toByteArray());
  }
}
