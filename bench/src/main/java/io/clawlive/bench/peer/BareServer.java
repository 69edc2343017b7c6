package io.clawlive.bench.peer;

import io.clawlive.streams.v1.CaughtUp;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC server without logic: no storage, no positions, no flow control, no access. It shows what
 * the transport alone costs. Runs as a process of its own, as the server that it is compared with.
 */
public final class BareServer {
  private static final long GATHER_MILLIS = 10;
  private static final byte[] CAUGHT_UP =
      WatchResponse.newBuilder().setCaughtUp(CaughtUp.getDefaultInstance()).build().toByteArray();

  private final List<StreamObserver<byte[]>> each = new CopyOnWriteArrayList<>();
  private final List<StreamObserver<byte[]>> gathered = new CopyOnWriteArrayList<>();
  private ByteArrayOutputStream gathering = new ByteArrayOutputStream();

  private BareServer() {}

  /** Serves on the port given as the only argument until the process is ended. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var service = new BareServer();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])))
            .directExecutor()
            .addService(service.definition())
            .build()
            .start();
    var timer = Executors.newSingleThreadScheduledExecutor();
    var unused =
        timer.scheduleAtFixedRate(
            service::sendGathered, GATHER_MILLIS, GATHER_MILLIS, TimeUnit.MILLISECONDS);
    System.out.println("ready");
    server.awaitTermination();
  }

  private ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(BareMethods.SERVICE)
        .addMethod(BareMethods.PUBLISH, ServerCalls.asyncClientStreamingCall(this::publish))
        .addMethod(
            BareMethods.WATCH_EACH,
            ServerCalls.asyncServerStreamingCall((request, out) -> join(each, out)))
        .addMethod(
            BareMethods.WATCH_GATHERED,
            ServerCalls.asyncServerStreamingCall((request, out) -> join(gathered, out)))
        .build();
  }

  private static void join(List<StreamObserver<byte[]>> list, StreamObserver<byte[]> out) {
    list.add(out);
    ((io.grpc.stub.ServerCallStreamObserver<byte[]>) out)
        .setOnCancelHandler(() -> list.remove(out));
    out.onNext(CAUGHT_UP);
  }

  private StreamObserver<byte[]> publish(StreamObserver<byte[]> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] message) {
        each.forEach(out -> out.onNext(message));
        if (!gathered.isEmpty()) {
          gather(message);
        }
      }

      @Override
      public void onError(Throwable failure) {
        // The publisher has gone; there is nothing to undo.
      }

      @Override
      public void onCompleted() {
        answer.onNext(new byte[0]);
        answer.onCompleted();
      }
    };
  }

  private synchronized void gather(byte[] message) {
    gathering.writeBytes(message);
  }

  private synchronized byte[] take() {
    byte[] message = gathering.toByteArray();
    gathering.reset();
    return message;
  }

  private void sendGathered() {
    byte[] message = take();
    if (message.length > 0) {
      gathered.forEach(out -> out.onNext(message));
    }
  }
}
