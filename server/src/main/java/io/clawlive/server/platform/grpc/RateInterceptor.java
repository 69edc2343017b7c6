package io.clawlive.server.platform.grpc;

import com.google.protobuf.Message;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Rate;
import io.github.bucket4j.Bucket;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts calls against the rates of their policy. Buckets live in this server's memory: two servers
 * count apart.
 */
@Singleton
@Order(Interceptors.RATES)
final class RateInterceptor implements ServerInterceptor {
  /** Above this many buckets the full ones, which remember nothing, are thrown away. */
  private static final int MANY_BUCKETS = 10_000;

  /** A bucket and how much it holds when nothing was taken lately. */
  private record Counted(Bucket bucket, long capacity) {
    boolean isFull() {
      return bucket.getAvailableTokens() >= capacity;
    }
  }

  private final ConcurrentHashMap<String, Counted> buckets = new ConcurrentHashMap<>();
  private volatile int sweepAbove = MANY_BUCKETS;

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    List<Rate> rates =
        Policies.of(call.getMethodDescriptor()).map(p -> p.getRatesList()).orElse(List.of());
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    if (rates.isEmpty()) {
      return listener;
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        rates.forEach(rate -> count(rate, call, (Message) message));
        super.onMessage(message);
      }
    };
  }

  private void count(Rate rate, ServerCall<?, ?> call, Message request) {
    String key =
        switch (rate.getKey()) {
          case RATE_KEY_ADDRESS -> address(call);
          case RATE_KEY_CALLER -> CallerKey.CURRENT.get();
          case RATE_KEY_FIELD -> RequestFields.read(request, rate.getField());
          case RATE_KEY_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalStateException("rate key");
        };
    if (key.isEmpty()) {
      return;
    }
    sweep();
    Counted counted =
        buckets.computeIfAbsent(
            call.getMethodDescriptor().getFullMethodName() + ' ' + key,
            k -> new Counted(bucket(rate), rate.getCount()));
    var probe = counted.bucket().tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      long seconds = rate.getWindow().getSeconds();
      throw Refusal.retryAfter(
          ErrorReason.ERROR_REASON_RATE_LIMITED,
          "At most %,d calls in %,d seconds are taken here.".formatted(rate.getCount(), seconds),
          Duration.ofNanos(probe.getNanosToWaitForRefill()),
          "limit",
          Integer.toString(rate.getCount()),
          "window_seconds",
          Long.toString(seconds));
    }
  }

  /** Throws away the buckets that are full, which remember nothing, when there are many. */
  private void sweep() {
    if (buckets.size() > sweepAbove) {
      buckets.values().removeIf(Counted::isFull);
      sweepAbove = Math.max(MANY_BUCKETS, 2 * buckets.size());
    }
  }

  private static Bucket bucket(Rate rate) {
    return Bucket.builder()
        .addLimit(limit ->
            limit
                .capacity(rate.getCount())
                .refillGreedy(rate.getCount(), Duration.ofSeconds(rate.getWindow().getSeconds())))
        .build();
  }

  /** The caller's address; empty for the server's own machine, which is not counted. */
  private static String address(ServerCall<?, ?> call) {
    var remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return remote instanceof InetSocketAddress inet && !inet.getAddress().isLoopbackAddress()
        ? inet.getAddress().getHostAddress()
        : "";
  }
}
