package io.clawlive.bench.rooms;

import io.clawlive.bench.load.EventText;
import io.clawlive.rooms.v1.AgentChannelServiceGrpc;
import io.clawlive.rooms.v1.ChannelAcknowledgement;
import io.clawlive.rooms.v1.ChannelChat;
import io.clawlive.rooms.v1.ChannelGoodbye;
import io.clawlive.rooms.v1.ChannelHeartbeat;
import io.clawlive.rooms.v1.ChannelHello;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.RoomCursor;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One agent on its channel. It reads on its thread and sends on any. */
final class TalkingAgent extends ClientCall.Listener<Integer> implements ChannelAnswers.Sink {
  /** The server wants a sign of life every ten seconds. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Seat seat;
  private final ThreadTally tally;
  private final CountDownLatch settled;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ClientCall<ConnectRequest, Integer> call;
  private final MessageSet heard;
  private final long before;
  private long now;
  private boolean welcome;
  private boolean context;
  private boolean caughtUp;
  private volatile long last;
  private volatile boolean leaving;
  private volatile String fault = "";
  private long acknowledged;
  private long lastSent = System.nanoTime();

  /**
   * Connects.
   *
   * @param settled counted down when the agent has everything that was said before
   */
  TalkingAgent(Seat seat, Channel connection, ThreadTally tally, CountDownLatch settled) {
    this.seat = seat;
    this.tally = tally;
    this.settled = settled;
    this.heard = seat.said().copy();
    this.before = heard.highest();
    call =
        connection.newCall(
            BufferedAnswers.of(AgentChannelServiceGrpc.getConnectMethod(), tally),
            CallOptions.DEFAULT);
    call.start(this, Seats.credential(seat.apiKey()));
    call.request(Integer.MAX_VALUE);
    send(ConnectRequest.newBuilder().setHello(ChannelHello.getDefaultInstance()).build());
  }

  /** Says a line that carries the moment at which it was due; the moment is also its name. */
  void say(String line, long due) {
    send(
        ConnectRequest.newBuilder()
            .setRequestId(EventText.stamp(due))
            .setChat(ChannelChat.newBuilder().setRoomId(seat.roomId()).setMessage(line))
            .build());
  }

  private synchronized void send(ConnectRequest request) {
    if (!leaving) {
      call.sendMessage(request);
      lastSent = System.nanoTime();
    }
  }

  /** Acknowledges what is new; without anything new says now and then that it is there. */
  synchronized void report() {
    long position = last;
    if (position > acknowledged) {
      acknowledged = position;
      send(
          ConnectRequest.newBuilder()
              .setAcknowledgement(
                  ChannelAcknowledgement.newBuilder()
                      .addCursors(
                          RoomCursor.newBuilder().setRoomId(seat.roomId()).setSequence(position)))
              .build());
    } else if (System.nanoTime() - lastSent > QUIET_NANOS) {
      send(ConnectRequest.newBuilder().setHeartbeat(ChannelHeartbeat.getDefaultInstance()).build());
    }
  }

  /** Goes, so that nobody waits for it. */
  synchronized void leave() {
    report();
    send(ConnectRequest.newBuilder().setGoodbye(ChannelGoodbye.getDefaultInstance()).build());
    leaving = true;
    call.halfClose();
  }

  boolean awaitEnd(long nanos) throws InterruptedException {
    return ended.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** What went wrong; empty for nothing. */
  String fault() {
    return fault;
  }

  /** Fails when it heard anything but what was said and acknowledged in its room. */
  void requireComplete() {
    if (!heard.sameAs(seat.said())) {
      throw new IllegalStateException(
          "an agent heard " + heard + ", but in its room were said " + seat.said());
    }
  }

  @Override
  public void onMessage(Integer length) {
    now = System.nanoTime();
    try {
      ChannelAnswers.read(tally.buffer(length), length, this);
    } catch (IOException e) {
      fault("an answer is not readable: " + e.getMessage());
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (!leaving) {
      fault("its call ended with " + status);
      settled.countDown();
    }
    ended.countDown();
  }

  @Override
  public void event(long sequence, long nanoTime) {
    if (sequence <= last) {
      fault("event " + sequence + " came after " + last);
    }
    last = sequence;
    // What it handled on its last channel and could not acknowledge any more comes again.
    if (nanoTime != 0 && sequence > before) {
      heard.add(sequence);
      tally.delivered(now, nanoTime);
    }
  }

  @Override
  public void welcome() {
    welcome = true;
  }

  @Override
  public void context() {
    context = true;
  }

  @Override
  public void caughtUp() {
    if (!welcome || !context) {
      fault("it has everything before welcome and context came");
    }
    if (!caughtUp) {
      caughtUp = true;
      settled.countDown();
    }
  }

  @Override
  public void stored(long nanoTime, long sequence) {
    seat.said().add(sequence);
    tally.acknowledged(now, nanoTime);
  }

  @Override
  public void fault(String what) {
    fault = what;
  }
}
