package io.clawlive.sdk;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.clawlive.streams.v1.CaughtUp;
import io.clawlive.streams.v1.Checkpoint;
import io.clawlive.streams.v1.Ended;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Gap;
import io.clawlive.streams.v1.PublishCommitted;
import io.clawlive.streams.v1.PublishOpened;
import io.clawlive.streams.v1.PublishRequest;
import io.clawlive.streams.v1.PublishResponse;
import io.clawlive.streams.v1.StreamServiceGrpc;
import io.clawlive.streams.v1.WatchRequest;
import io.clawlive.streams.v1.WatchResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One stream in memory behind a real gRPC port, with faults that can be switched on. */
final class WireDouble implements AutoCloseable {
  static final String STREAM = "018f0000-0000-7000-8000-000000000001";

  /** Batches that are stored and then lose their connection before the answer. */
  final AtomicInteger dropsAfterCommit = new AtomicInteger();

  /** Watch messages after which the call breaks; negative means never. */
  final AtomicInteger watchMessagesUntilDrop = new AtomicInteger(-1);

  /** Watch calls that leave out every event whose sequence is 5. */
  final AtomicInteger watchesWithHole = new AtomicInteger();

  /** Why watches break. */
  volatile ErrorReason watchDropReason = ErrorReason.ERROR_REASON_SERVER_STOPPING;

  /** Why publishers break. */
  volatile ErrorReason publishDropReason = ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE;

  /** The authorization headers of all calls. */
  final ConcurrentLinkedQueue<String> authorizations = new ConcurrentLinkedQueue<>();

  /** What the next calls are refused with. */
  final ConcurrentLinkedQueue<StatusRuntimeException> refusals = new ConcurrentLinkedQueue<>();

  final ConcurrentLinkedQueue<WatchRequest> watchRequests = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<Integer> batchSizes = new ConcurrentLinkedQueue<>();
  final AtomicInteger opens = new AtomicInteger();
  volatile boolean ended;
  volatile long trimmedTo;
  volatile long commitMillis;
  volatile boolean holdAnswers;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  // A broken handshake is what some tests want; the transport need not report it.
  private static final Logger TRANSPORT = Logger.getLogger("io.grpc.netty");

  static {
    TRANSPORT.setLevel(Level.WARNING);
  }

  private final List<Event> stored = new ArrayList<>();
  private final Map<String, Long> producers = new HashMap<>();
  private @Nullable Server server;
  private int port;

  WireDouble() {
    start();
  }

  /** Listens again on the same port. */
  void start() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
              .addService(new Service())
              .intercept(new Headers())
              .build()
              .start();
      port = server.getPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Goes away at once; what is stored stays. */
  void stop() {
    Server running = server;
    server = null;
    if (running != null) {
      running.shutdownNow();
      try {
        running.awaitTermination(5, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  synchronized List<Event> stored() {
    return List.copyOf(stored);
  }

  /** Stores an event as the server would. */
  synchronized void store(Event event) {
    stored.add(event.toBuilder().setStreamId(STREAM).setSequence(stored.size() + 1L).build());
  }

  void storeThoughts(int count) {
    for (int i = 1; i <= count; i++) {
      store(Events.thought("t" + i));
    }
  }

  synchronized long committed(String producer) {
    return producers.getOrDefault(producer, 0L);
  }

  synchronized void pretendCommitted(String producer, long number) {
    producers.put(producer, number);
  }

  private synchronized void append(String producer, List<Event> events) {
    for (Event event : events) {
      if (event.getProducerSequence() > committed(producer)) {
        producers.put(producer, event.getProducerSequence());
        store(event.toBuilder().setProducerId(producer).build());
      }
    }
  }

  private synchronized List<Event> after(long sequence, int most) {
    int from = (int) Math.min(sequence, stored.size());
    return List.copyOf(stored.subList(from, Math.min(stored.size(), from + most)));
  }

  /** An answer as the real server gives it. */
  static StatusRuntimeException refusal(ErrorReason reason) {
    var rule = reason.getValueDescriptor().getOptions().getExtension(ErrorReasonProto.rule);
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(rule.getCode().getNumber())
            .setMessage("refused with " + reason)
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain("clawlive")
                        .setReason(reason.name().substring("ERROR_REASON_".length()))
                        .putMetadata("stream_id", STREAM)
                        .build()))
            .build());
  }

  @Override
  public void close() {
    stop();
  }

  private final class Headers implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String found = headers.get(AUTHORIZATION);
      authorizations.add(found == null ? "" : found);
      return next.startCall(call, headers);
    }
  }

  private final class Service extends StreamServiceGrpc.StreamServiceImplBase {
    @Override
    public StreamObserver<PublishRequest> publish(StreamObserver<PublishResponse> out) {
      return new Publishing(out);
    }

    @Override
    public void watch(WatchRequest request, StreamObserver<WatchResponse> out) {
      watchRequests.add(request);
      StatusRuntimeException refused = refusals.poll();
      if (refused != null) {
        out.onError(refused);
        return;
      }
      var call = (ServerCallStreamObserver<WatchResponse>) out;
      // Without a handler, sending to a reader that went away would throw.
      call.setOnCancelHandler(() -> {});
      Thread thread = new Thread(new Watching(request, call));
      thread.setDaemon(true);
      thread.start();
    }
  }

  private final class Publishing implements StreamObserver<PublishRequest> {
    private final StreamObserver<PublishResponse> out;
    private String producer = "";
    private boolean dead;

    Publishing(StreamObserver<PublishResponse> out) {
      this.out = out;
    }

    @Override
    public void onNext(PublishRequest request) {
      if (dead) {
        return;
      }
      if (request.hasOpen()) {
        open(request.getOpen().getProducerId());
        return;
      }
      batchSizes.add(request.getBatch().getEventsCount());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(commitMillis));
      append(producer, request.getBatch().getEventsList());
      while (holdAnswers) {
        LockSupport.parkNanos(1_000_000);
      }
      if (dropsAfterCommit.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        fail(refusal(publishDropReason));
        return;
      }
      out.onNext(
          PublishResponse.newBuilder()
              .setCommitted(PublishCommitted.newBuilder().setProducerSequence(committed(producer)))
              .build());
    }

    private void open(String id) {
      opens.incrementAndGet();
      producer = id;
      StatusRuntimeException refused = refusals.poll();
      if (refused != null) {
        fail(refused);
        return;
      }
      out.onNext(
          PublishResponse.newBuilder()
              .setOpened(PublishOpened.newBuilder().setProducerSequence(committed(id)))
              .build());
    }

    private void fail(StatusRuntimeException failure) {
      dead = true;
      out.onError(failure);
    }

    @Override
    public void onError(Throwable gone) {
      dead = true;
    }

    @Override
    public void onCompleted() {
      if (!dead) {
        out.onCompleted();
      }
    }
  }

  private final class Watching implements Runnable {
    private final WatchRequest request;
    private final ServerCallStreamObserver<WatchResponse> out;
    private long position;
    private boolean caughtUp;

    Watching(WatchRequest request, ServerCallStreamObserver<WatchResponse> out) {
      this.request = request;
      this.out = out;
      this.position =
          request.hasTail()
              ? Math.max(0, stored().size() - request.getTail())
              : request.getAfterSequence();
    }

    @Override
    public void run() {
      boolean hole = watchesWithHole.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      if (position < trimmedTo) {
        send(
            WatchResponse.newBuilder()
                .setGap(
                    Gap.newBuilder().setFirstSequence(position + 1).setLastSequence(trimmedTo)));
        position = trimmedTo;
      }
      while (!out.isCancelled() && server != null) {
        List<Event> next = after(position, 3);
        WatchResponse.Builder message = WatchResponse.newBuilder();
        for (Event event : next) {
          position = event.getSequence();
          boolean wanted =
              request.getKindsCount() == 0
                  || request
                      .getKindsList()
                      .contains(event.getPayloadCase().name().toLowerCase(Locale.ROOT));
          if (wanted && !(hole && position == 5)) {
            message.addEvents(event);
          }
        }
        if (next.isEmpty() && step()) {
          return;
        }
        if (!next.isEmpty()) {
          if (message.getEventsCount() == 0) {
            message.setCheckpoint(Checkpoint.newBuilder().setSequence(position));
          }
          if (!send(message)) {
            return;
          }
        }
      }
    }

    /** With nothing to send; true when the call is over. */
    private boolean step() {
      if (!caughtUp) {
        caughtUp = true;
        if (!send(
            WatchResponse.newBuilder().setCaughtUp(CaughtUp.newBuilder().setSequence(position)))) {
          return true;
        }
        if (request.getStopWhenCaughtUp()) {
          out.onCompleted();
          return true;
        }
      }
      if (ended) {
        send(WatchResponse.newBuilder().setEnded(Ended.newBuilder().setSequence(position)));
        out.onCompleted();
        return true;
      }
      LockSupport.parkNanos(1_000_000);
      return false;
    }

    private boolean send(WatchResponse.Builder message) {
      if (watchMessagesUntilDrop.get() == 0) {
        watchMessagesUntilDrop.set(-1);
        out.onError(refusal(watchDropReason));
        return false;
      }
      watchMessagesUntilDrop.getAndUpdate(left -> left > 0 ? left - 1 : left);
      while (!out.isReady() && !out.isCancelled()) {
        LockSupport.parkNanos(100_000);
      }
      out.onNext(message.build());
      return true;
    }
  }
}
