package io.clawlive.server.platform.grpc;

import com.google.protobuf.Message;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Policy;
import io.clawlive.policy.v1.Rate;
import io.clawlive.server.platform.grpc.Buckets.Limit;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Counts calls against the rates of their RPC's policy. */
@Singleton
public final class Rates {
  /** A token that a call took. */
  private record Token(Limit limit, String key) {}

  private final Buckets buckets;

  Rates(Buckets buckets) {
    this.buckets = buckets;
  }

  /** What the contract says of an RPC. */
  static List<Rate> of(MethodDescriptor<?, ?> method) {
    return Policies.of(method).map(Policy::getRatesList).orElse(List.of());
  }

  /** Counts a call. */
  void count(ServerCall<?, ?> call, Message request) {
    count(call.getMethodDescriptor(), rate -> counted(rate, call, request));
  }

  /**
   * Counts what is asked for within a lasting call as if it were a call of this RPC by the same
   * caller; only what is counted by caller counts.
   *
   * @param caller as in {@link CallerKey}
   * @throws Refusal with RATE_LIMITED
   */
  public void countAs(MethodDescriptor<?, ?> method, String caller) {
    count(
        method,
        rate ->
            switch (rate.getKey()) {
              case RATE_KEY_CALLER -> marked("caller ", caller);
              case RATE_KEY_ADDRESS, RATE_KEY_FIELD -> "";
              case RATE_KEY_UNSPECIFIED, UNRECOGNIZED ->
                  throw new IllegalStateException("rate key");
            });
  }

  private void count(MethodDescriptor<?, ?> method, Function<Rate, String> countedBy) {
    List<Rate> rates = of(method);
    var taken = new ArrayList<Token>();
    for (int i = 0; i < rates.size(); i++) {
      Rate rate = rates.get(i);
      String counted = countedBy.apply(rate);
      if (counted.isEmpty()) {
        continue;
      }
      var limit = new Limit(rate.getCount(), Duration.ofSeconds(rate.getWindow().getSeconds()));
      var token = new Token(limit, method.getFullMethodName() + ' ' + i + ' ' + counted);
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
      case RATE_KEY_ADDRESS -> marked("address ", CallerAddress.counted(call));
      case RATE_KEY_CALLER -> {
        String caller = CallerKey.CURRENT.get();
        yield caller.isEmpty()
            ? marked("address ", CallerAddress.counted(call))
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
