package io.clawlive.sdk;

import io.clawlive.rooms.v1.AgentChannelServiceGrpc;
import io.clawlive.rooms.v1.ChannelContext;
import io.clawlive.rooms.v1.ChannelRefusal;
import io.clawlive.rooms.v1.ChannelResult;
import io.clawlive.rooms.v1.ChannelWelcome;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.ConnectResponse;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.rooms.v1.Room;
import io.clawlive.rooms.v1.RoomCursor;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The server's side of agents' channels in memory, behind a real gRPC port, with faults. */
final class ChannelDouble implements AutoCloseable {
  static final String ROOM = "018f0000-0000-7000-8000-00000000000a";
  static final String OTHER_ROOM = "018f0000-0000-7000-8000-00000000000b";
  static final String AGENT = "018f0000-0000-7000-8000-0000000000aa";
  static final String PERSON = "018f0000-0000-7000-8000-0000000000bb";

  /** Requests that are done and then lose their connection before the answer. */
  final AtomicInteger dropsBeforeAnswer = new AtomicInteger();

  /** Requests that are refused with what is in here. */
  final ConcurrentLinkedQueue<ChannelRefusal> refusals = new ConcurrentLinkedQueue<>();

  /** What the next calls end with instead of welcome. */
  final ConcurrentLinkedQueue<StatusRuntimeException> ends = new ConcurrentLinkedQueue<>();

  /** Every message an agent sent. */
  final ConcurrentLinkedQueue<ConnectRequest> received = new ConcurrentLinkedQueue<>();

  /** Messages that went out over all calls. */
  final AtomicInteger sent = new AtomicInteger();

  volatile Duration report = Duration.ofSeconds(10);

  private final Map<String, List<Event>> rooms = new LinkedHashMap<>();
  private final Map<String, Long> acknowledged = new HashMap<>();
  private final Map<String, ChannelResult> results = new HashMap<>();
  private @Nullable Channel current;
  private @Nullable Server server;
  private int port;

  ChannelDouble(String... roomIds) {
    for (String room : roomIds) {
      rooms.put(room, new ArrayList<>());
    }
    start();
  }

  /** Listens again on the same port. */
  void start() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
              .addService(new Service())
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

  /** Somebody else says something. */
  synchronized long say(String room, String text, boolean mention) {
    Chat.Builder chat = Chat.newBuilder().setUser("ada").setMessage(text);
    if (mention) {
      chat.addMentions(Party.newBuilder().setId(AGENT).setHandle("bot"));
    }
    return store(
        room, Event.newBuilder().setActor(Actor.newBuilder().setId(PERSON)).setChat(chat).build());
  }

  synchronized long store(String room, Event event) {
    List<Event> events = rooms.computeIfAbsent(room, id -> new ArrayList<>());
    Event stored = event.toBuilder().setStreamId(room).setSequence(events.size() + 1L).build();
    events.add(stored);
    if (current != null) {
      current.send(ConnectResponse.newBuilder().addEvents(stored).build());
    }
    return stored.getSequence();
  }

  /** What the agent said, in order. */
  synchronized List<String> said(String room) {
    return rooms.get(room).stream()
        .filter(event -> event.getActor().getId().equals(AGENT) && event.hasChat())
        .map(event -> event.getChat().getMessage())
        .toList();
  }

  synchronized long acknowledged(String room) {
    return acknowledged.getOrDefault(room, 0L);
  }

  /** Ends the present call with a failure. */
  synchronized void drop(StatusRuntimeException why) {
    if (current != null) {
      current.end(why);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private final class Service extends AgentChannelServiceGrpc.AgentChannelServiceImplBase {
    @Override
    public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> out) {
      var call = (ServerCallStreamObserver<ConnectResponse>) out;
      call.setOnCancelHandler(() -> {});
      return new Channel(call);
    }
  }

  /** Whether more was sent than the agent takes. */
  synchronized boolean isHeldUp() {
    return current != null && !current.out.isReady();
  }

  private final class Channel implements StreamObserver<ConnectRequest> {
    private final ServerCallStreamObserver<ConnectResponse> out;
    private boolean dead;

    Channel(ServerCallStreamObserver<ConnectResponse> out) {
      this.out = out;
    }

    void send(ConnectResponse message) {
      if (!out.isCancelled() && !dead) {
        sent.incrementAndGet();
        out.onNext(message);
      }
    }

    @Override
    public void onNext(ConnectRequest request) {
      received.add(request);
      synchronized (ChannelDouble.this) {
        if (dead) {
          return;
        }
        if (request.hasHello()) {
          hello(request);
        } else if (request.hasAcknowledgement()) {
          request
              .getAcknowledgement()
              .getCursorsList()
              .forEach(it -> acknowledged.merge(it.getRoomId(), it.getSequence(), Math::max));
        } else if (!request.getRequestId().isEmpty()) {
          request(request);
        }
      }
    }

    void end(StatusRuntimeException why) {
      dead = true;
      current = null;
      out.onError(why);
    }

    private void hello(ConnectRequest request) {
      StatusRuntimeException end = ends.poll();
      if (end != null) {
        end(end);
        return;
      }
      Map<String, Long> from = new HashMap<>(acknowledged);
      request.getHello().getCursorsList().forEach(it -> from.put(it.getRoomId(), it.getSequence()));
      current = this;
      send(
          ConnectResponse.newBuilder()
              .setWelcome(
                  ChannelWelcome.newBuilder()
                      .setAgentId(AGENT)
                      .setHandle("bot")
                      .setRooms(rooms.size())
                      .setNextReport(
                          com.google.protobuf.Duration.newBuilder()
                              .setSeconds(report.toSeconds())
                              .setNanos(report.toNanosPart())))
              .build());
      rooms.forEach((room, events) -> {
        long cursor = from.getOrDefault(room, 0L);
        send(
            ConnectResponse.newBuilder()
                .setContext(
                    ChannelContext.newBuilder()
                        .setCursor(cursor)
                        .setContext(
                            GetRoomContextResponse.newBuilder()
                                .setRoom(Room.newBuilder().setRoomId(room))))
                .build());
        events.stream()
            .skip(cursor)
            .forEach(event -> send(ConnectResponse.newBuilder().addEvents(event).build()));
        send(
            ConnectResponse.newBuilder()
                .setCaughtUp(RoomCursor.newBuilder().setRoomId(room).setSequence(events.size()))
                .build());
      });
    }

    private void request(ConnectRequest request) {
      ChannelResult known = results.get(request.getRequestId());
      ChannelResult result = known == null ? done(request) : known;
      results.put(request.getRequestId(), result);
      if (dropsBeforeAnswer.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        end(WireDouble.refusal(io.clawlive.errors.v1.ErrorReason.ERROR_REASON_SERVER_STOPPING));
        return;
      }
      send(ConnectResponse.newBuilder().setResult(result).build());
    }

    private ChannelResult done(ConnectRequest request) {
      ChannelResult.Builder result =
          ChannelResult.newBuilder().setRequestId(request.getRequestId());
      ChannelRefusal refusal = refusals.poll();
      if (refusal != null) {
        return result.setRefusal(refusal).build();
      } else if (request.hasChat()) {
        return result
            .setSequence(
                store(
                    request.getChat().getRoomId(),
                    Event.newBuilder()
                        .setActor(Actor.newBuilder().setId(AGENT))
                        .setChat(
                            Chat.newBuilder()
                                .setUser("bot")
                                .setMessage(request.getChat().getMessage())
                                .setThread(request.getChat().getThread()))
                        .build()))
            .build();
      }
      return result.setDone(io.clawlive.rooms.v1.ChannelDone.getDefaultInstance()).build();
    }

    @Override
    public void onError(Throwable gone) {
      forget();
    }

    @Override
    public void onCompleted() {
      forget();
      if (!dead) {
        out.onCompleted();
      }
    }

    private void forget() {
      synchronized (ChannelDouble.this) {
        if (current == this) {
          current = null;
        }
      }
    }
  }
}
