package io.clawlive.server.platform.grpc;

import io.clawlive.errors.v1.ErrorReason;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerBuilder;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** Sets the limits of the gRPC door. {@code docs/operations.md} lists them for operators. */
@Singleton
final class ServerTuning implements BeanCreatedEventListener<ServerBuilder<?>> {
  private static final MethodDescriptor.Marshaller<InputStream> ANYTHING =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
          return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
          return new ByteArrayInputStream(new byte[0]);
        }
      };

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

  /** Answers calls of RPCs that do not exist through the interceptors, like every other answer. */
  private static final class UnknownMethods extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
      var method =
          MethodDescriptor.newBuilder(ANYTHING, ANYTHING)
              .setType(MethodType.UNKNOWN)
              .setFullMethodName(name)
              .build();
      return ServerMethodDefinition.create(
          method,
          (call, headers) -> {
            throw Refusal.of(
                ErrorReason.ERROR_REASON_METHOD_UNKNOWN,
                "This server has no RPC " + name + ".",
                "method",
                name);
          });
    }
  }
}
