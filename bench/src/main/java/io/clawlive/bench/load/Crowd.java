package io.clawlive.bench.load;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many watchers over a few connections, cheap enough to share the machine with the server. Each
 * checks that sequences follow each other; a crowd in which one saw a hole or lost its call has
 * failed.
 */
public final class Crowd implements Audience {
  private static final int CONNECTIONS = 10;
  private static final int JOINING = 200;
  private static final int FLOW_CONTROL_BYTES = 1 << 20;

  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<CrowdConnection> connections = new ArrayList<>();
  private final Tallies tallies;
  private int members;

  /** Connects to a server, {@code host:port}. */
  public Crowd(String address) {
    for (int i = 0; i < CONNECTIONS; i++) {
      channels.add(
          NettyChannelBuilder.forTarget(address)
              .usePlaintext()
              .directExecutor()
              .eventLoopGroup(threads)
              .channelType(NioSocketChannel.class)
              .flowControlWindow(FLOW_CONTROL_BYTES)
              .disableRetry()
              .build());
      connections.add(new CrowdConnection());
    }
    tallies = new Tallies(connections.stream().map(CrowdConnection::tally).toList());
  }

  /**
   * Adds watchers and waits until each was told that it has everything.
   *
   * @param method a server stream whose answers are encoded WatchResponses
   * @param request the encoded request of each
   */
  public void join(MethodDescriptor<?, ?> method, byte[] request, int count)
      throws InterruptedException {
    var settled = new CountDownLatch(count);
    long patience = Tallies.patience();
    for (int i = 0; i < count; i++) {
      // In waves: people come in numbers, but not all in the same millisecond.
      while (i + settled.getCount() - count > JOINING && System.nanoTime() < patience) {
        LockSupport.parkNanos(1_000_000);
      }
      start(method, request, settled, new CountDownLatch(1));
    }
    tallies.awaitSettled(settled, count);
  }

  /** Adds one reader and waits until its call has ended in good order. */
  public void readToEnd(MethodDescriptor<?, ?> method, byte[] request, long seconds)
      throws InterruptedException {
    var ended = new CountDownLatch(1);
    start(method, request, new CountDownLatch(1), ended);
    if (!ended.await(seconds, TimeUnit.SECONDS)) {
      requireWhole();
      throw new IllegalStateException("a reader is not done after " + seconds + " s");
    }
  }

  private void start(
      MethodDescriptor<?, ?> method, byte[] request, CountDownLatch settled, CountDownLatch ended) {
    int at = members++ % CONNECTIONS;
    CrowdConnection connection = connections.get(at);
    ClientCall<byte[], Integer> call =
        channels.get(at).newCall(connection.method(method), CallOptions.DEFAULT);
    call.start(connection.member(settled, ended), new Metadata());
    call.request(Integer.MAX_VALUE);
    call.sendMessage(request);
    call.halfClose();
  }

  @Override
  public int size() {
    return members;
  }

  @Override
  public long delivered() {
    return tallies.delivered();
  }

  @Override
  public Deliveries take() {
    return tallies.take();
  }

  @Override
  public void requireWhole() {
    tallies.requireWhole();
  }

  @Override
  public void close() throws InterruptedException {
    tallies.expectEnd();
    channels.forEach(ManagedChannel::shutdownNow);
    for (ManagedChannel channel : channels) {
      channel.awaitTermination(5, TimeUnit.SECONDS);
    }
    threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
  }
}
