package io.clawlive.bench.fanout;

import com.google.protobuf.Timestamp;
import io.clawlive.bench.load.Audience;
import io.clawlive.bench.load.Crowd;
import io.clawlive.bench.load.EventText;
import io.clawlive.bench.peer.BareMethods;
import io.clawlive.bench.peer.BareProcess;
import io.clawlive.bench.target.JvmProcess;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The bare gRPC server. Its messages hold what an event of ours holds when it is delivered. */
final class BareStage implements Stage {
  private final BareProcess server;
  private final MethodDescriptor<byte[], byte[]> watch;
  private final EventText text = new EventText();
  private final ManagedChannel channel;
  private final StreamObserver<byte[]> publisher;
  private final Event.Builder event;
  private long sequence;

  /** With the way the bare server is to send. */
  BareStage(BareProcess server, MethodDescriptor<byte[], byte[]> watch) {
    this.server = server;
    this.watch = watch;
    channel = NettyChannelBuilder.forTarget(server.address()).usePlaintext().build();
    publisher =
        ClientCalls.asyncClientStreamingCall(
            channel.newCall(BareMethods.PUBLISH, CallOptions.DEFAULT), new Ignored());
    String id = UUID.randomUUID().toString();
    Timestamp now = Timestamp.newBuilder().setSeconds(1_800_000_000L).setNanos(123_456_789).build();
    event =
        Event.newBuilder()
            .setStreamId(id)
            .setProducerId(id)
            .setOccurredAt(now)
            .setRecordedAt(now)
            .setActor(Actor.newBuilder().setKind(ActorKind.ACTOR_KIND_AGENT).setId(id));
  }

  @Override
  public Audience crowd(int watchers) throws InterruptedException {
    var crowd = new Crowd(server.address());
    crowd.join(watch, new byte[0], watchers);
    return crowd;
  }

  @Override
  public void publish(long nanoTime) {
    sequence++;
    publisher.onNext(
        WatchResponse.newBuilder()
            .addEvents(
                event
                    .setSequence(sequence)
                    .setProducerSequence(sequence)
                    .setLog(
                        LogLine.newBuilder()
                            .setLevel(LogLevel.LOG_LEVEL_INFO)
                            .setLine(text.line(nanoTime))))
            .build()
            .toByteArray());
  }

  @Override
  public JvmProcess jvm() {
    return server.jvm();
  }

  @Override
  public void close() throws InterruptedException {
    publisher.onCompleted();
    channel.shutdown();
    channel.awaitTermination(5, TimeUnit.SECONDS);
  }

  private static final class Ignored implements StreamObserver<byte[]> {
    @Override
    public void onNext(byte[] answer) {}

    @Override
    public void onError(Throwable failure) {
      // A server that is gone shows in the crowd.
    }

    @Override
    public void onCompleted() {}
  }
}
