package io.clawlive.sdk.internal;

import io.clawlive.rooms.v1.ChannelAcknowledgement;
import io.clawlive.rooms.v1.ChannelGoodbye;
import io.clawlive.rooms.v1.ChannelHeartbeat;
import io.clawlive.rooms.v1.ChannelHello;
import io.clawlive.rooms.v1.ChannelResult;
import io.clawlive.rooms.v1.ChannelStatus;
import io.clawlive.rooms.v1.ChannelWelcome;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.ConnectResponse;
import io.clawlive.rooms.v1.RoomCursor;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.ConnectionChange;
import io.clawlive.sdk.ConnectionState;
import io.clawlive.sdk.CursorStore;
import io.clawlive.streams.v1.Event;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of one agent's channel over as many calls as it takes: what was asked and not answered,
 * what is handled and not acknowledged, and the call it goes through. One lock guards everything;
 * listeners run after it is released, handlers in {@link RoomLanes}.
 *
 * <p>Invariant: a position is acknowledged only after its handlers returned and the cursors are
 * saved; a request is sent again with its own id until it is answered.
 */
public final class ChannelLink {
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Duration LAST_HANDLERS = Duration.ofSeconds(5);
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofMillis(20);
  private static final Duration STEADY = Duration.ofSeconds(5);
  private static final Duration SHORTEST_BEAT = Duration.ofMillis(100);

  private final Transport transport;
  private final ChannelHello hello;
  private final CursorStore cursors;
  private final Consumer<ConnectionChange> onConnection;
  private final RoomLanes lanes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Notices notices = new Notices();
  private final Backoff backoff = new Backoff();
  private final ChannelRequests requests = new ChannelRequests();
  private final Map<String, ChannelStatus> statuses = new LinkedHashMap<>();
  private final Map<String, Long> acknowledgeable = new LinkedHashMap<>();
  private final CompletableFuture<ChannelWelcome> welcomed = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private ConnectionState state = ConnectionState.CONNECTING;
  private volatile String agentId = "";
  private @Nullable ChannelCall call;
  private @Nullable Future<?> beat;
  private @Nullable ClawLiveException failure;
  private Duration interval = Duration.ofSeconds(5);
  private long welcomeAt;
  private boolean acknowledgementArmed;
  private boolean renewed;
  private boolean closing;

  /**
   * A channel that is not connected yet.
   *
   * @param hello who connects; cursors are filled in here
   * @param most events that may wait in a room before no more are asked for
   * @param handler runs an item's handlers and does not throw
   */
  public ChannelLink(
      Transport transport,
      ChannelHello hello,
      int most,
      CursorStore cursors,
      Consumer<RoomItem> handler,
      Consumer<ConnectionChange> onConnection) {
    this.transport = transport;
    this.hello = hello;
    this.cursors = cursors;
    this.onConnection = onConnection;
    this.lanes = new RoomLanes(most, cursors.load(), new Lane(handler));
  }

  /** What the lanes tell. */
  private final class Lane implements RoomLanes.Work {
    private final Consumer<RoomItem> handler;

    Lane(Consumer<RoomItem> handler) {
      this.handler = handler;
    }

    @Override
    public void run(RoomItem item) {
      handler.accept(item);
    }

    @Override
    public void handled(String roomId, long sequence) {
      ChannelLink.this.handled(roomId, sequence);
    }

    @Override
    public void roomAgain() {
      locked(ChannelLink.this::ask);
    }
  }

  /** Begins the first connection, or the next one. */
  public void connect() {
    locked(() -> {
      if (call != null || isOver()) {
        return;
      }
      transport.hurry();
      ChannelCall next = new ChannelCall(this, transport);
      call = next;
      next.start(hello.toBuilder().addAllCursors(lanes.cursors()).build());
    });
  }

  /** The agent's id, empty before the first welcome. */
  public String agentId() {
    return agentId;
  }

  /** Completes with the first welcome. */
  public CompletableFuture<ChannelWelcome> welcomed() {
    return welcomed;
  }

  /** Completes when the channel is closed, and fails when it cannot go on. */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  /** How the connection stands. */
  public ConnectionState state() {
    lock.lock();
    try {
      return state;
    } finally {
      unlock();
    }
  }

  /** Asks something. Without a request id it gets one. */
  public CompletableFuture<ChannelResult> request(ConnectRequest request) {
    ConnectRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    lock.lock();
    try {
      if (isOver()) {
        ClawLiveException known = failure;
        return CompletableFuture.failedFuture(
            known == null ? ChannelFailures.closed() : Failures.again(known));
      }
      if (requests.isFull()) {
        return CompletableFuture.failedFuture(ChannelFailures.bufferFull());
      }
      boolean fresh = !requests.knows(named.getRequestId());
      CompletableFuture<ChannelResult> answer = requests.add(named);
      if (fresh && isWelcome()) {
        send(named);
      }
      // The answer may stand behind events that no handler has room for.
      ask();
      return answer;
    } finally {
      unlock();
    }
  }

  /** Says what the agent does, and again after a reconnect. */
  public void status(ChannelStatus status) {
    locked(() -> {
      if (status.getRoomId().isEmpty()) {
        statuses.clear();
      }
      statuses.put(status.getRoomId(), status);
      if (isWelcome()) {
        send(ConnectRequest.newBuilder().setStatus(status).build());
      }
    });
  }

  /** Says goodbye after the handlers that run. A second call does nothing. */
  public void close() {
    lanes.stop(LAST_HANDLERS);
    lock.lock();
    try {
      if (closing || isOver()) {
        return;
      }
      closing = true;
      ChannelCall open = call;
      if (open != null && open.isWelcome()) {
        acknowledge();
        send(ConnectRequest.newBuilder().setGoodbye(ChannelGoodbye.getDefaultInstance()).build());
        open.halfClose();
        open.ask();
        long left = GOODBYE.toNanos();
        while (call == open && left > 0) {
          long remaining = left;
          left = Interrupts.during(() -> changed.awaitNanos(remaining));
        }
      }
    } finally {
      end(ConnectionState.CLOSED, null);
      unlock();
    }
  }

  void onMessage(ChannelCall from, ConnectResponse message, Runnable taken) {
    locked(() -> {
      taken.run();
      if (from != call) {
        return;
      }
      take(message);
      ask();
    });
  }

  private void take(ConnectResponse message) {
    // What stands in one message is in this order: a room's context before its first events.
    if (message.hasContext()) {
      lanes.add(new RoomItem.Stands(message.getContext()));
    }
    for (Event event : message.getEventsList()) {
      lanes.add(new RoomItem.Happened(event));
    }
    switch (message.getMessageCase()) {
      case WELCOME -> welcome(message.getWelcome());
      case RESULT -> requests.answered(message.getResult());
      case CAUGHT_UP -> passed(message.getCaughtUp());
      case GAP -> passed(message.getGap());
      case LEFT -> lanes.add(new RoomItem.Left(message.getLeft()));
      case NEXT_REPORT -> beatEvery(Times.duration(message.getNextReport()));
      case CONTEXT, MESSAGE_NOT_SET -> {
        // Taken above, or of a newer contract.
      }
    }
  }

  private void passed(RoomCursor cursor) {
    lanes.add(new RoomItem.Passed(cursor.getRoomId(), cursor.getSequence()));
  }

  private void welcome(ChannelWelcome welcome) {
    ChannelCall open = call;
    if (open == null || open.isWelcome()) {
      return;
    }
    open.welcomed();
    agentId = welcome.getAgentId();
    renewed = false;
    welcomeAt = System.nanoTime();
    statuses.values().forEach(it -> send(ConnectRequest.newBuilder().setStatus(it).build()));
    requests.all().forEach(this::send);
    acknowledge();
    beatEvery(Times.duration(welcome.getNextReport()));
    change(ConnectionState.CONNECTED, null, null);
    notices.add(() -> welcomed.complete(welcome));
  }

  /** Twice as often as the server asks, so that one late report is no silence. */
  private void beatEvery(Duration report) {
    Duration half = report.dividedBy(2);
    interval = half.compareTo(SHORTEST_BEAT) < 0 ? SHORTEST_BEAT : half;
    stopBeat();
    beat = Timer.after(interval, this::beat);
  }

  private void beat() {
    locked(() -> {
      if (!isOver() && isWelcome()) {
        send(
            ConnectRequest.newBuilder()
                .setHeartbeat(ChannelHeartbeat.getDefaultInstance())
                .build());
        beat = Timer.after(interval, this::beat);
      }
    });
  }

  private void stopBeat() {
    Future<?> planned = beat;
    if (planned != null) {
      planned.cancel(false);
    }
  }

  private void handled(String roomId, long sequence) {
    if (state() == ConnectionState.CLOSED) {
      return; // A handler closed the channel or outlived it: its event comes again.
    }
    try {
      cursors.save(roomId, sequence);
    } catch (RuntimeException failed) {
      // Going on would handle these events a second time after a restart.
      ClawLiveException told =
          failed instanceof ClawLiveException known
              ? known
              : ChannelFailures.cursorsUnusable(failed);
      locked(() -> end(ConnectionState.FAILED, told));
      return;
    }
    locked(() -> {
      acknowledgeable.put(roomId, sequence);
      if (!acknowledgementArmed) {
        acknowledgementArmed = true;
        Timer.after(ACKNOWLEDGE_WITHIN, () -> locked(this::acknowledge));
      }
    });
  }

  /** Sends what is handled. What a lost call carried is in the next hello's cursors. */
  private void acknowledge() {
    acknowledgementArmed = false;
    if (!isWelcome() || acknowledgeable.isEmpty()) {
      return;
    }
    ChannelAcknowledgement.Builder positions = ChannelAcknowledgement.newBuilder();
    List<String> rooms = acknowledgeable.keySet().stream().limit(200).toList();
    for (String room : rooms) {
      Long sequence = acknowledgeable.remove(room);
      if (sequence != null) {
        positions.addCursors(RoomCursor.newBuilder().setRoomId(room).setSequence(sequence));
      }
    }
    send(ConnectRequest.newBuilder().setAcknowledgement(positions).build());
    if (!acknowledgeable.isEmpty()) {
      acknowledge();
    }
  }

  /** Asks for the next message while the rooms have room, or while somebody waits for an answer. */
  private void ask() {
    ChannelCall open = call;
    if (open != null && (!requests.isEmpty() || closing || !lanes.isFull())) {
      open.ask();
    }
  }

  void onClose(ChannelCall from, Status status, Metadata trailers) {
    locked(() -> {
      if (from != call) {
        return;
      }
      call = null;
      stopBeat();
      changed.signalAll();
      if (closing || isOver()) {
        return;
      }
      ClawLiveException cause = cause(status, trailers);
      if (CallToken.isMendable(cause) && !renewed) {
        renewed = true;
        from.token().replace(cause, this::replaced);
      } else if (!cause.retryable() && !cause.reason().equals("CHANNEL_SILENT")) {
        end(ConnectionState.FAILED, cause);
      } else {
        reconnectLater(cause, from.isWelcome());
      }
    });
  }

  /** Goes on at once with another token, if there is one. */
  private void replaced(CallToken.Replacement replacement) {
    locked(() -> {
      if (isOver()) {
        return;
      }
      if (replacement.found()) {
        change(ConnectionState.RECONNECTING, replacement.failure(), Duration.ZERO);
        connect();
      } else {
        end(ConnectionState.FAILED, replacement.failure());
      }
    });
  }

  private ClawLiveException cause(Status status, Metadata trailers) {
    return transport.isClosed()
        ? ChannelFailures.closed()
        : Failures.of(
            status.isOk() ? Status.CANCELLED.withDescription("the server ended the call") : status,
            trailers,
            transport.address());
  }

  private void reconnectLater(ClawLiveException cause, boolean welcome) {
    if (welcome && System.nanoTime() - welcomeAt > STEADY.toNanos()) {
      backoff.reset();
    }
    boolean reached = welcome || !cause.reason().equals("NO_SERVER");
    Duration wait = cause.retryAfter().orElseGet(() -> backoff.next(reached));
    change(ConnectionState.RECONNECTING, cause, wait);
    Timer.after(wait, this::connect);
  }

  private void end(ConnectionState to, @Nullable ClawLiveException cause) {
    if (isOver()) {
      return;
    }
    failure = cause;
    lanes.stop(Duration.ZERO);
    stopBeat();
    ChannelCall open = call;
    call = null;
    if (open != null) {
      open.cancel();
    }
    requests.failAll(cause == null ? ChannelFailures.closed() : cause);
    change(to, cause, null);
    changed.signalAll();
    notices.add(() -> {
      cursors.close();
      if (cause == null) {
        ended.complete(null);
        welcomed.completeExceptionally(ChannelFailures.closed());
      } else {
        ended.completeExceptionally(cause);
        welcomed.completeExceptionally(Failures.again(cause));
      }
    });
  }

  private boolean isOver() {
    return state == ConnectionState.CLOSED || state == ConnectionState.FAILED;
  }

  private boolean isWelcome() {
    ChannelCall open = call;
    return open != null && open.isWelcome();
  }

  private void send(ConnectRequest request) {
    ChannelCall open = call;
    if (open != null) {
      open.send(request);
    }
  }

  private void change(
      ConnectionState to, @Nullable ClawLiveException cause, @Nullable Duration retryIn) {
    state = to;
    ConnectionChange told =
        new ConnectionChange(to, Optional.ofNullable(cause), Optional.ofNullable(retryIn));
    notices.add(() -> onConnection.accept(told));
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      unlock();
    }
  }

  private void unlock() {
    lock.unlock();
    if (!lock.isHeldByCurrentThread()) {
      notices.run();
    }
  }
}
