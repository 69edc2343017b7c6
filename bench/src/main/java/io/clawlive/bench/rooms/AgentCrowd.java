package io.clawlive.bench.rooms;

import io.clawlive.bench.load.Deliveries;
import io.clawlive.bench.load.EventText;
import io.clawlive.bench.load.Pace;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Agents in their rooms, each on a connection of its own. Two threads read for all of them, so that
 * the machine is left to the server. Once a second every agent acknowledges what it heard.
 */
final class AgentCrowd implements AutoCloseable {
  private static final int THREADS = 2;
  private static final int JOINING = 100;
  private static final int FLOW_CONTROL_BYTES = 256 << 10;
  private static final int LINE_LENGTH = 100;
  private static final int ROUNDS_A_SECOND = 20;
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PARTING_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * What became of a stretch of talk.
   *
   * @param heard every message at every agent
   * @param acknowledged every message at who said it
   * @param missing deliveries of all that was said since the crowd came together which did not come
   *     within ten seconds of the last message
   */
  record Talk(Deliveries heard, Deliveries acknowledged, long missing) {}

  private final String address;
  private final List<EventLoopGroup> loops = new ArrayList<>();
  private final List<ThreadTally> tallies = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<TalkingAgent> agents = new ArrayList<>();
  private final EventText text = new EventText(LINE_LENGTH);
  private final ScheduledExecutorService reports =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private long said;
  private int turn;
  private int round;

  /** A crowd of nobody yet, of a server, {@code host:port}. */
  AgentCrowd(String address) {
    this.address = address;
    for (int i = 0; i < THREADS; i++) {
      loops.add(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));
      tallies.add(new ThreadTally());
    }
  }

  /** Connects everybody and waits until each has what was said before. Called once. */
  void join(List<Seat> seats) throws InterruptedException {
    var settled = new CountDownLatch(seats.size());
    long patience = System.nanoTime() + SETTLE_NANOS;
    for (Seat seat : seats) {
      while (agents.size() + settled.getCount() - seats.size() > JOINING
          && System.nanoTime() < patience) {
        LockSupport.parkNanos(1_000_000);
      }
      // The twenty of a room are half on the one thread and half on the other.
      int row = agents.size() / (seats.size() / Seats.PER_ROOM);
      connect(seat, (agents.size() + row) % THREADS, settled);
    }
    boolean served = settled.await(patience - System.nanoTime(), TimeUnit.NANOSECONDS);
    requireFaultless();
    if (!served) {
      throw new IllegalStateException(
          settled.getCount() + " of " + seats.size() + " agents did not get into their rooms");
    }
    long every = TimeUnit.SECONDS.toMillis(1) / ROUNDS_A_SECOND;
    reports.scheduleAtFixedRate(this::reportSome, every, every, TimeUnit.MILLISECONDS);
  }

  private void connect(Seat seat, int thread, CountDownLatch settled) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address)
            .usePlaintext()
            .directExecutor()
            .eventLoopGroup(loops.get(thread))
            .channelType(NioSocketChannel.class)
            .flowControlWindow(FLOW_CONTROL_BYTES)
            .disableRetry()
            .build();
    channels.add(channel);
    agents.add(new TalkingAgent(seat, channel, tallies.get(thread), settled));
  }

  /** A part of the agents, so that all have reported after a second. */
  private void reportSome() {
    round = (round + 1) % ROUNDS_A_SECOND;
    for (int i = round; i < agents.size(); i += ROUNDS_A_SECOND) {
      agents.get(i).report();
    }
  }

  /** Lets them talk in turn at an even rate, and waits until everybody has heard everything. */
  Talk talk(double perSecond, double seconds) {
    takeDeliveries(1);
    takeAcknowledgements(1);
    long begin = System.nanoTime();
    said += Math.round(perSecond * seconds);
    Pace.run(perSecond, seconds, this::say);
    long patience = System.nanoTime() + CATCH_UP_NANOS;
    while ((missing() > 0 || ThreadTally.acknowledged(tallies) < said)
        && System.nanoTime() < patience) {
      LockSupport.parkNanos(1_000_000);
    }
    double took = (System.nanoTime() - begin) / 1e9;
    requireFaultless();
    var talk = new Talk(takeDeliveries(took), takeAcknowledgements(took), missing());
    if (talk.missing() == 0) {
      agents.forEach(TalkingAgent::requireComplete);
    }
    return talk;
  }

  private long missing() {
    return said * Seats.PER_ROOM - ThreadTally.delivered(tallies);
  }

  private Deliveries takeDeliveries(double seconds) {
    return ThreadTally.takeDeliveries(tallies, seconds);
  }

  private Deliveries takeAcknowledgements(double seconds) {
    return ThreadTally.takeAcknowledgements(tallies, seconds);
  }

  private void say(long due) {
    agents.get(turn).say(text.line(due), due);
    turn = (turn + 1) % agents.size();
  }

  /** Fails when one of the agents lost its call, was refused or heard events out of order. */
  private void requireFaultless() {
    Optional<String> fault =
        agents.stream().map(TalkingAgent::fault).filter(what -> !what.isEmpty()).findFirst();
    if (fault.isPresent()) {
      throw new IllegalStateException("an agent failed: " + fault.get());
    }
  }

  @Override
  public void close() throws InterruptedException {
    reports.shutdown();
    reports.awaitTermination(5, TimeUnit.SECONDS);
    agents.forEach(TalkingAgent::leave);
    long patience = System.nanoTime() + PARTING_NANOS;
    for (TalkingAgent agent : agents) {
      agent.awaitEnd(patience - System.nanoTime());
    }
    channels.forEach(ManagedChannel::shutdownNow);
    for (ManagedChannel channel : channels) {
      channel.awaitTermination(1, TimeUnit.SECONDS);
    }
    for (EventLoopGroup loop : loops) {
      loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
    }
  }
}
