package io.clawlive.server.platform.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Measures how long calls with one answer take, whichever door they came through. */
@Singleton
@Order(Interceptors.METERS)
final class MeterInterceptor implements ServerInterceptor {
  private static final double NANOS_A_MILLI = 1e6;
  private static final double[] MILLIS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000};

  private final MeterRegistry meters;
  private final Map<String, DistributionSummary> latencies = new ConcurrentHashMap<>();

  MeterInterceptor(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    MethodDescriptor<Q, S> method = call.getMethodDescriptor();
    if (method.getType() != MethodType.UNARY) {
      return next.startCall(call, headers);
    }
    long start = System.nanoTime();
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            latency(method).record((System.nanoTime() - start) / NANOS_A_MILLI);
            super.close(status, trailers);
          }
        },
        headers);
  }

  private DistributionSummary latency(MethodDescriptor<?, ?> method) {
    return latencies.computeIfAbsent(
        method.getFullMethodName(),
        name ->
            DistributionSummary.builder("clawlive.api.latency.ms")
                .description("Time from the arrival of a call to its answer, in milliseconds.")
                .tag("endpoint", name)
                .serviceLevelObjectives(MILLIS)
                .register(meters));
  }
}
