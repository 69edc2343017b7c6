package io.clawlive.bench.faults;

import io.clawlive.bench.target.Account;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.PublishBatch;
import io.clawlive.streams.v1.PublishOpen;
import io.clawlive.streams.v1.PublishRequest;
import io.clawlive.streams.v1.PublishResponse;
import io.clawlive.streams.v1.StreamServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A publisher that takes a new name after every failure and sends again what was not acknowledged,
 * as clients do that know nothing of producer sequences. What had been stored without its
 * acknowledgement arriving is then stored twice: this is the arm that must show duplicates.
 */
final class ForgetfulWriter implements Writer {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final int MOST_WAITING = 2_000;
  private static final long RETRY_MILLIS = 200;

  private final String name;
  private final String session;
  private final ManagedChannel channel;
  private final StreamServiceGrpc.StreamServiceStub stub;
  private final Deque<Line> waiting = new ArrayDeque<>();
  private long number;
  private long acknowledged;
  private @Nullable Call call;

  ForgetfulWriter(String name, Account account, String session) {
    this.name = name;
    this.session = session;
    channel = NettyChannelBuilder.forTarget(account.address()).usePlaintext().build();
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + account.apiKey());
    stub =
        StreamServiceGrpc.newStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void write() {
    Call open = call;
    if (open == null) {
      pause();
      channel.resetConnectBackoff();
      open = new Call();
      call = open;
      open.begin();
    }
    if (waiting.size() < MOST_WAITING) {
      var line = new Line(name, ++number);
      waiting.addLast(line);
      open.send(line);
    }
  }

  private void pause() {
    try {
      wait(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized long acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (acknowledged() < number && System.nanoTime() < end) {
      synchronized (this) {
        if (call == null) {
          write();
        }
      }
      Thread.sleep(RETRY_MILLIS);
    }
    channel.shutdownNow();
  }

  /** One call under one name. */
  private final class Call implements StreamObserver<PublishResponse> {
    private final Deque<Line> sent = new ArrayDeque<>();
    private final StreamObserver<PublishRequest> out = stub.publish(this);
    private long sequence;
    private long committed;

    void begin() {
      out.onNext(
          PublishRequest.newBuilder()
              .setOpen(
                  PublishOpen.newBuilder()
                      .setStreamId(session)
                      .setProducerId(UUID.randomUUID().toString()))
              .build());
      waiting.forEach(this::send);
    }

    void send(Line line) {
      sent.addLast(line);
      out.onNext(
          PublishRequest.newBuilder()
              .setBatch(
                  PublishBatch.newBuilder()
                      .addEvents(
                          Event.newBuilder()
                              .setProducerSequence(++sequence)
                              .setLog(LogLine.newBuilder().setLine(line.text()))))
              .build());
    }

    @Override
    public void onNext(PublishResponse answer) {
      synchronized (ForgetfulWriter.this) {
        while (committed < answer.getCommitted().getProducerSequence()) {
          committed++;
          sent.removeFirst();
          acknowledged = waiting.removeFirst().number();
        }
      }
    }

    @Override
    public void onError(Throwable failure) {
      synchronized (ForgetfulWriter.this) {
        call = null;
      }
    }

    @Override
    public void onCompleted() {
      onError(new IllegalStateException("the server ended the call"));
    }
  }
}
