package io.clawlive.server.platform.web.grpcweb;

import io.clawlive.server.platform.web.Exchange;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.netty.body.NettyByteBodyFactory;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One call: what comes from the inner door is gathered until the connection can take it.
 *
 * <p>The inner door is asked for no more messages once a piece of the body is full, so a reader
 * that is slow, or has stopped, holds back the answers where they are made. A piece is written for
 * each time the connection asks, always on the connection's event loop: the HTTP server loses count
 * of what it asked for when it is answered on another thread. The call ends at once when the
 * connection does.
 */
final class GrpcWebCall extends ClientCall.Listener<byte[]>
    implements Publisher<ReadBuffer>, Subscription {
  /** Bytes of messages that a call may hold before the inner door is asked for no more. */
  private static final int PIECE_BYTES = 64 << 10;

  /** Messages that are asked for and have not come, at most. */
  private static final int AHEAD = 2;

  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final ClientCall<byte[], byte[]> call;
  private final ServerHttpRequest<?> request;
  private final Channel channel;
  private final Exchange exchange;
  private final Encoding encoding;
  private final boolean unary;
  private final Supplier<StatusRuntimeException> unreadable;
  private final CompletableFuture<HttpResponse<ByteBody>> answer = new CompletableFuture<>();
  private final GenericFutureListener<io.netty.util.concurrent.Future<? super Void>> gone =
      closed -> cancel();

  // Shared with the threads that answer, under this object's lock.
  private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
  private long arrivedBytes;
  private int asked;
  private boolean woken;
  private Metadata headers = new Metadata();
  private @Nullable Status end;
  private Metadata trailers = new Metadata();

  // Used on the event loop alone.
  private @Nullable Subscriber<? super ReadBuffer> body;
  private long demand;
  private boolean writing;
  private boolean finished;

  GrpcWebCall(
      ClientCall<byte[], byte[]> call,
      ServerHttpRequest<?> request,
      Encoding encoding,
      MethodType type,
      Supplier<StatusRuntimeException> unreadable) {
    this.call = call;
    this.request = request;
    this.channel = ((NettyHttpRequest<?>) request).getChannelHandlerContext().channel();
    this.exchange = Exchange.of(request);
    this.encoding = encoding;
    this.unreadable = unreadable;
    this.unary = type == MethodType.UNARY;
  }

  /** Makes the call. The answer comes with its first message, or its end. */
  CompletableFuture<HttpResponse<ByteBody>> begin(Metadata sent, List<byte[]> messages) {
    channel.closeFuture().addListener(gone);
    call.start(this, sent);
    askForMore();
    messages.forEach(call::sendMessage);
    call.halfClose();
    return answer;
  }

  @Override
  public synchronized void onHeaders(Metadata received) {
    headers = received;
  }

  @Override
  public void onMessage(byte[] message) {
    synchronized (this) {
      arrived.add(message);
      arrivedBytes += message.length;
      asked--;
      wake();
    }
    askForMore();
  }

  private void askForMore() {
    int more;
    synchronized (this) {
      more = end == null && arrivedBytes < PIECE_BYTES ? AHEAD - asked : 0;
      asked += more;
    }
    if (more > 0) {
      call.request(more);
    }
  }

  @Override
  public void onClose(Status status, Metadata received) {
    if (status.getCode() == Status.Code.UNKNOWN && !received.containsKey(DETAILS)) {
      // No answer of ours lacks details. Bytes that cannot be decoded end a call before it passes
      // anything that would answer.
      StatusRuntimeException answer = unreadable.get();
      end(answer.getStatus(), Objects.requireNonNullElseGet(answer.getTrailers(), Metadata::new));
    } else if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      end(
          status.withDescription("The call did not end in the time that grpc-timeout gave."),
          received);
    } else {
      end(status, received);
    }
  }

  private synchronized void end(Status status, Metadata received) {
    exchange.code(status.getCode().name());
    end = status;
    trailers = received;
    wake();
  }

  private void wake() {
    if (!woken) {
      woken = true;
      channel.eventLoop().execute(this::proceed);
    }
  }

  /** Does what can be done with what has arrived. */
  private void proceed() {
    if (finished) {
      return;
    }
    if (answer.isDone()) {
      write();
    } else {
      answer();
    }
  }

  private void answer() {
    boolean ended;
    boolean empty;
    synchronized (this) {
      woken = false;
      ended = end != null;
      empty = arrived.isEmpty();
    }
    if (ended && empty) {
      finish();
      answer.complete(trailersOnly(request, encoding, status(), trailers));
    } else if (ended) {
      finish();
      ByteBuf frames = take();
      ResponseFrames.end(frames, status(), trailers);
      ByteBuf encoded = ResponseFrames.encoded(frames, encoding);
      exchange.sent(encoded.readableBytes());
      answer.complete(
          response(encoding, headers).body(new NettyByteBodyFactory(channel).adapt(encoded)));
    } else if (!unary) {
      answer.complete(response(encoding, headers).body(request.byteBodyFactory().adapt(this)));
    }
  }

  @Override
  public void subscribe(Subscriber<? super ReadBuffer> subscriber) {
    body = subscriber;
    subscriber.onSubscribe(this);
  }

  @Override
  public void request(long count) {
    if (channel.eventLoop().inEventLoop()) {
      demand += count;
      write();
    } else {
      channel.eventLoop().execute(() -> request(count));
    }
  }

  /** Writes a piece of the body for each that is asked for, as long as there is something. */
  private void write() {
    if (writing || body == null) {
      return;
    }
    writing = true;
    while (demand > 0 && !finished) {
      boolean ended;
      synchronized (this) {
        woken = false;
        ended = end != null;
        if (arrived.isEmpty() && !ended) {
          break;
        }
      }
      ByteBuf frames = take();
      if (ended) {
        finish();
        ResponseFrames.end(frames, status(), trailers);
      }
      demand--;
      ByteBuf encoded = ResponseFrames.encoded(frames, encoding);
      exchange.sent(encoded.readableBytes());
      body.onNext(new NettyByteBodyFactory(channel).readBufferFactory().adapt(encoded));
      if (ended) {
        body.onComplete();
      }
    }
    writing = false;
  }

  /** Takes what has arrived, and asks for more in its place. */
  private ByteBuf take() {
    List<byte[]> messages;
    synchronized (this) {
      messages = new ArrayList<>(arrived);
      arrived.clear();
      arrivedBytes = 0;
    }
    askForMore();
    return ResponseFrames.messages(channel.alloc(), messages);
  }

  @Override
  public void cancel() {
    if (channel.eventLoop().inEventLoop()) {
      finish();
    } else {
      channel.eventLoop().execute(this::finish);
    }
    call.cancel("the connection is gone", null);
    // Nobody reads it, but the HTTP server lets go of a request only when it is answered.
    answer.complete(trailersOnly(request, encoding, Status.CANCELLED, new Metadata()));
  }

  private void finish() {
    finished = true;
    channel.closeFuture().removeListener(gone);
  }

  private synchronized Status status() {
    return Objects.requireNonNull(end, "the call has not ended");
  }

  /** The answer to a call that ended before it said anything: its end, in the headers. */
  static HttpResponse<ByteBody> trailersOnly(
      ServerHttpRequest<?> request, Encoding encoding, Status status, Metadata trailers) {
    MutableHttpResponse<ByteBody> response = response(encoding, new Metadata());
    Trailers.tell(status, trailers, response.getHeaders()::add);
    return response.body(request.byteBodyFactory().createEmpty());
  }

  private static MutableHttpResponse<ByteBody> response(Encoding encoding, Metadata headers) {
    MutableHttpResponse<ByteBody> response = HttpResponse.ok();
    response.header("content-type", encoding.mediaType());
    Trailers.tell(headers, response.getHeaders()::add);
    return response;
  }
}
