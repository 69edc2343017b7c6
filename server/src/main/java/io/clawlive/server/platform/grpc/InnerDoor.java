package io.clawlive.server.platform.grpc;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micronaut.core.order.OrderUtil;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The same services behind the same interceptors as at the gRPC door, reached without a network.
 * Other doors carry their calls here, so none of them implements anything twice.
 *
 * <p>Callbacks of a call run on the thread that answers it and must not block; blocking stubs wait
 * on a queue of their own and are fine.
 */
@Singleton
public final class InnerDoor extends Channel {
  /** On whose behalf a call is made: the network address of the caller of the outer door. */
  public static final CallOptions.Key<InetAddress> CALLER =
      CallOptions.Key.create("clawlive-caller-address");

  private final ErrorAnswers errors;
  private final Server server;
  private final ManagedChannel channel;
  private final Map<String, MethodDescriptor<?, ?>> methods = new HashMap<>();

  InnerDoor(
      List<BindableService> services,
      List<ServerInterceptor> interceptors,
      ErrorAnswers errors,
      @Named(TaskExecutors.IO) ExecutorService calls) {
    this.errors = errors;
    String name = UUID.randomUUID().toString();
    var builder =
        InProcessServerBuilder.forName(name)
            .executor(calls)
            .fallbackHandlerRegistry(new UnknownMethods());
    services.forEach(builder::addService);
    var ordered = new ArrayList<>(interceptors);
    OrderUtil.reverseSort(ordered);
    ordered.forEach(builder::intercept);
    builder.intercept(new OuterAddress.Receiver());
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (var service : server.getServices()) {
      for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
        methods.put(method.getMethodDescriptor().getFullMethodName(), method.getMethodDescriptor());
      }
    }
    channel =
        InProcessChannelBuilder.forName(name)
            .directExecutor()
            .intercept(new OuterAddress.Sender())
            .build();
  }

  /** The RPC with this name, such as {@code clawlive.agents.v1.AgentService/GetAgent}. */
  public Optional<MethodDescriptor<?, ?>> method(String name) {
    return Optional.ofNullable(methods.get(name));
  }

  /**
   * The answer to a call that an outer door itself declines, in the form that every other refusal
   * has.
   *
   * @param method as the caller named it
   */
  public StatusRuntimeException answer(RuntimeException failure, String method) {
    return errors.of(failure, method);
  }

  @Override
  public <Q, S> ClientCall<Q, S> newCall(MethodDescriptor<Q, S> method, CallOptions options) {
    return channel.newCall(method, options);
  }

  @Override
  public String authority() {
    return channel.authority();
  }

  @PreDestroy
  void close() throws InterruptedException {
    channel.shutdown();
    server.shutdown();
    if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
      server.shutdownNow();
    }
    channel.shutdownNow();
  }
}
