package io.clawlive.server.platform.grpc;

import io.grpc.ServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Sets the limits of the gRPC door. {@code docs/operations.md} lists them for operators. */
@Singleton
final class ServerTuning implements BeanCreatedEventListener<ServerBuilder<?>> {
  @Override
  public ServerBuilder<?> onCreated(BeanCreatedEvent<ServerBuilder<?>> event) {
    var builder = (NettyServerBuilder) event.getBean();
    return builder
        // Far more than validation takes, so that an oversized message gets an answer with a
        // reason.
        .maxInboundMessageSize(8 << 20)
        .maxInboundMetadataSize(16 << 10)
        .maxConcurrentCallsPerConnection(5_000)
        // A page with many watchers that closes resets them all at once; a flood of resets is cut.
        .maxRstFramesPerWindow(10_000, 30)
        .keepAliveTime(30, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .addService(ProtoReflectionServiceV1.newInstance())
        .fallbackHandlerRegistry(new UnknownMethods());
  }
}
