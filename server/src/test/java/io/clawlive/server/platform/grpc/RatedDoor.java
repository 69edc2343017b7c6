package io.clawlive.server.platform.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.policy.v1.Policy;
import io.clawlive.policy.v1.PolicyProto;
import io.clawlive.server.testing.TestServer;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** One RPC with a policy of the test's own behind the interceptors of a server. */
final class RatedDoor implements AutoCloseable {
  private final MethodDescriptor<WhoAmIRequest, WhoAmIResponse> method;
  private final Server server;
  private final ManagedChannel channel;

  RatedDoor(TestServer beans, Policy policy) {
    method =
        MethodDescriptor.newBuilder(
                ProtoUtils.marshaller(WhoAmIRequest.getDefaultInstance()),
                ProtoUtils.marshaller(WhoAmIResponse.getDefaultInstance()))
            .setType(MethodType.UNARY)
            .setFullMethodName("rated.Rated/Call")
            .setSchemaDescriptor(new Schema(describe(policy)))
            .build();
    var service =
        ServerServiceDefinition.builder("rated.Rated")
            .addMethod(
                method,
                ServerCalls.asyncUnaryCall((request, answer) -> {
                  answer.onNext(WhoAmIResponse.getDefaultInstance());
                  answer.onCompleted();
                }))
            .build();
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .addService(
                  ServerInterceptors.interceptForward(
                      service,
                      new Pretence(),
                      beans.bean(ErrorInterceptor.class),
                      beans.bean(RateInterceptor.class)))
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  void call(String address, String caller) {
    ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(channel, Pretence.of(address, caller)),
        method,
        CallOptions.DEFAULT,
        WhoAmIRequest.getDefaultInstance());
  }

  private static Descriptors.MethodDescriptor describe(Policy policy) {
    var rpc =
        MethodDescriptorProto.newBuilder()
            .setName("Call")
            .setInputType("." + WhoAmIRequest.getDescriptor().getFullName())
            .setOutputType("." + WhoAmIResponse.getDescriptor().getFullName())
            .setOptions(MethodOptions.newBuilder().setExtension(PolicyProto.policy, policy));
    FileDescriptor messages = WhoAmIRequest.getDescriptor().getFile();
    var file =
        FileDescriptorProto.newBuilder()
            .setName("rated.proto")
            .setPackage("rated")
            .setSyntax("proto3")
            .addDependency(messages.getName())
            .addService(ServiceDescriptorProto.newBuilder().setName("Rated").addMethod(rpc))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {messages})
          .findServiceByName("Rated")
          .findMethodByName("Call");
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private record Schema(Descriptors.MethodDescriptor getMethodDescriptor)
      implements ProtoMethodDescriptorSupplier {
    @Override
    public Descriptors.MethodDescriptor getMethodDescriptor() {
      return getMethodDescriptor;
    }

    @Override
    public Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getMethodDescriptor.getService();
    }

    @Override
    public FileDescriptor getFileDescriptor() {
      return getMethodDescriptor.getFile();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
