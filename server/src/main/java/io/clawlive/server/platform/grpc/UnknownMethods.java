package io.clawlive.server.platform.grpc;

import io.clawlive.errors.v1.ErrorReason;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerMethodDefinition;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Answers calls of RPCs that do not exist through the interceptors, like every other answer. */
final class UnknownMethods extends HandlerRegistry {
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
