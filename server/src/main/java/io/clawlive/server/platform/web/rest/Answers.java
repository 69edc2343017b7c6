package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.server.platform.grpc.EncodedMessages;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one call through the inner door. Whoever needs the next one waits for it, and
 * nothing more is asked for until it was taken.
 */
final class Answers implements AutoCloseable {
  private final Descriptor type;
  private final ClientCall<byte[], byte[]> call;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private boolean over;

  private sealed interface Arrival {
    record Answer(byte[] message) implements Arrival {}

    record End(Status status, Metadata trailers) implements Arrival {}
  }

  /** What waiting for an answer led to. */
  sealed interface Next {
    /** An answer. */
    record Answer(DynamicMessage message) implements Next {}

    /** None in the time given. */
    record Quiet() implements Next {}

    /** There is no more. */
    record End() implements Next {}
  }

  private Answers(Descriptor type, ClientCall<byte[], byte[]> call) {
    this.type = type;
    this.call = call;
  }

  /** Makes the call of a route. */
  static Answers of(
      Channel door, Route route, CallOptions options, Metadata headers, DynamicMessage request) {
    var method =
        EncodedMessages.carried(
            route.rpc().isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY,
            route.rpcName());
    var answers = new Answers(route.rpc().getOutputType(), door.newCall(method, options));
    answers.start(headers, request);
    return answers;
  }

  private void start(Metadata headers, DynamicMessage request) {
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] message) {
            arrivals.add(new Arrival.Answer(message));
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            arrivals.add(new Arrival.End(status, trailers));
          }
        },
        headers);
    call.request(1);
    call.sendMessage(request.toByteArray());
    call.halfClose();
  }

  /**
   * Waits for the next answer.
   *
   * @throws StatusRuntimeException when the call failed
   */
  Next next(Duration patience) throws InterruptedException {
    if (over) {
      return new Next.End();
    }
    Arrival arrival = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    return switch (arrival) {
      case null -> new Next.Quiet();
      case Arrival.Answer(byte[] message) -> {
        call.request(1);
        yield new Next.Answer(decoded(message));
      }
      case Arrival.End(Status status, Metadata trailers) -> {
        over = true;
        if (!status.isOk()) {
          throw status.asRuntimeException(trailers);
        }
        yield new Next.End();
      }
    };
  }

  /** Waits for the one answer of a call that has one. */
  DynamicMessage only() throws InterruptedException {
    DynamicMessage answer = null;
    while (true) {
      switch (next(Duration.ofDays(1))) {
        case Next.Answer(DynamicMessage message) -> answer = message;
        case Next.Quiet() -> {}
        case Next.End() -> {
          return present(answer);
        }
      }
    }
  }

  /** Tells the call that nobody waits for it any more. */
  void cancel() {
    call.cancel("the caller went away", null);
  }

  @Override
  public void close() {
    if (!over) {
      cancel();
    }
  }

  private static DynamicMessage present(@Nullable DynamicMessage answer) {
    if (answer == null) {
      throw new IllegalStateException("a call ended well without an answer");
    }
    return answer;
  }

  private DynamicMessage decoded(byte[] message) {
    try {
      return DynamicMessage.parseFrom(type, message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer is no " + type.getFullName(), e);
    }
  }
}
