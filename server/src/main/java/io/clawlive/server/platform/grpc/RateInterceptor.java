package io.clawlive.server.platform.grpc;

import com.google.protobuf.Message;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Policy;
import io.clawlive.policy.v1.Rate;
import io.clawlive.server.platform.grpc.Buckets.Limit;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts calls against the rates of their policy. */
@Singleton
@Order(Interceptors.RATES)
final class RateInterceptor implements ServerInterceptor {
  /** A token that a call took. */
  private record Token(Limit limit, String key) {}

  private final Buckets buckets;

  RateInterceptor(Buckets buckets) {
    this.buckets = buckets;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    List<Rate> rates =
        Policies.of(call.getMethodDescriptor()).map(Policy::getRatesList).orElse(List.of());
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    if (rates.isEmpty()) {
      return listener;
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        count(rates, call, (Message) message);
        super.onMessage(message);
      }
    };
  }

  private void count(List<Rate> rates, ServerCall<?, ?> call, Message request) {
    var taken = new ArrayList<Token>();
    for (int i = 0; i < rates.size(); i++) {
      Rate rate = rates.get(i);
      String counted = counted(rate, call, request);
      if (counted.isEmpty()) {
        continue;
      }
      String method = call.getMethodDescriptor().getFullMethodName();
      var limit = new Limit(rate.getCount(), Duration.ofSeconds(rate.getWindow().getSeconds()));
      var token = new Token(limit, method + ' ' + i + ' ' + counted);
      Duration wait = buckets.take(limit, token.key());
      if (!wait.isZero()) {
        // A call that is not let in costs nothing of the other rates.
        taken.forEach(other -> buckets.giveBack(other.limit(), other.key()));
        throw exceeded(limit, wait);
      }
      taken.add(token);
    }
  }

  /** What a rate counts this call by, its kind in front; empty for a call that is not counted. */
  private static String counted(Rate rate, ServerCall<?, ?> call, Message request) {
    return switch (rate.getKey()) {
      case RATE_KEY_ADDRESS -> marked("address ", CallerAddress.remoteOf(call));
      case RATE_KEY_CALLER -> {
        String caller = CallerKey.CURRENT.get();
        yield caller.isEmpty()
            ? marked("address ", CallerAddress.remoteOf(call))
            : marked("caller ", caller);
      }
      case RATE_KEY_FIELD -> marked("field ", RequestFields.read(request, rate.getField()));
      case RATE_KEY_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalStateException("rate key");
    };
  }

  private static String marked(String kind, String value) {
    return value.isEmpty() ? "" : kind + value;
  }

  private static Refusal exceeded(Limit limit, Duration wait) {
    long seconds = limit.window().toSeconds();
    return Refusal.retryAfter(
        ErrorReason.ERROR_REASON_RATE_LIMITED,
        "At most %,d calls in %,d seconds are taken here.".formatted(limit.count(), seconds),
        wait,
        "limit",
        Long.toString(limit.count()),
        "window_seconds",
        Long.toString(seconds));
  }
}
