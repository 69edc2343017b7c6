package io.clawlive.server.platform.grpc;

import io.grpc.ServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Sets the limits and the threads of the gRPC door. {@code docs/operations.md} lists the limits for
 * operators.
 */
@Singleton
final class ServerTuning implements BeanCreatedEventListener<ServerBuilder<?>> {
  /** What a caller may have on its way to us: 10 MB/s over a distance of 100 ms. */
  private static final int FLOW_CONTROL_BYTES = 1 << 20;

  /**
   * One network thread a processor. The library's own default is two, and on a busy server these
   * only wait for each other's processor.
   */
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(
          Runtime.getRuntime().availableProcessors(),
          new DefaultThreadFactory("grpc", true),
          Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

  @Override
  public ServerBuilder<?> onCreated(BeanCreatedEvent<ServerBuilder<?>> event) {
    var builder = (NettyServerBuilder) event.getBean();
    return builder
        .bossEventLoopGroup(threads)
        .workerEventLoopGroup(threads)
        .channelType(
            Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        // Far more than validation takes, so that an oversized message gets an answer with a
        // reason.
        .maxInboundMessageSize(8 << 20)
        .maxInboundMetadataSize(16 << 10)
        .maxConcurrentCallsPerConnection(5_000)
        // A fixed window. One that tunes itself sends a ping for every message that comes in alone,
        // and an agent's messages do: four writes and reads for one.
        .flowControlWindow(FLOW_CONTROL_BYTES)
        // A page with many watchers that closes resets them all at once; a flood of resets is cut.
        .maxRstFramesPerWindow(10_000, 30)
        .keepAliveTime(30, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .addService(ProtoReflectionServiceV1.newInstance())
        .fallbackHandlerRegistry(new UnknownMethods());
  }

  /** The threads go when the server has nothing more for them; nobody waits for them. */
  @PreDestroy
  void close() {
    threads.shutdownGracefully(5, 30, TimeUnit.SECONDS);
  }
}
