package io.clawlive.server.rooms.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.rooms.v1.AgentChannelServiceGrpc;
import io.clawlive.rooms.v1.ChannelChat;
import io.clawlive.rooms.v1.ChannelHello;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.ConnectResponse;
import io.clawlive.rooms.v1.ConnectResponse.MessageCase;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Connecting;
import io.clawlive.server.testing.Memory;
import io.clawlive.server.testing.TestRoom;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.RoomSettings;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An agent that does not read costs the server nothing that grows, and misses nothing. */
final class SlowAgentTest {
  private static final int SLOW = 10;
  private static final int EACH = 500;
  private static final int AHEAD = 20;
  private static final int EARLY = 1_000;
  private static final int ALL = 4_000;
  private static final int FLOOD = 5_000;

  @AutoClose
  private static final TestServer server = TestServer.start("clawlive.leases.settling=0s");

  private static TestRoom room() {
    return TestRoom.with(
        server.person("host-" + System.nanoTime()).client(),
        RoomSettings.newBuilder()
            .setMessagesPerMinute(100_000)
            .setMaxMembers(SLOW + ALL / EACH + 1));
  }

  @Test
  void agentsThatStopReadingCostNoGrowingMemoryAndLaterGetEverything() {
    TestRoom room = room();
    ManagedChannel slowLine = server.channelOf(64 << 10);
    try {
      var slow = new ArrayList<Connecting>();
      for (int n = 0; n < SLOW; n++) {
        Worker agent = server.worker("slow-" + n);
        var member = room.join(agent.client());
        assertEquals(agent.agentId(), member.getParty().getId());
        var channel =
            Connecting.open(new Client(slowLine, agent.key()), ChannelHello.getDefaultInstance());
        channel.until(MessageCase.CAUGHT_UP);
        slow.add(channel);
      }
      say(room, slow, 0, EARLY);
      Memory early = Memory.used();
      say(room, slow, EARLY, ALL);
      Memory late = Memory.used();

      // What was said in between is about 12 MB, were it kept but once and not for each agent.
      long heap = (late.heap() - early.heap()) >> 20;
      assertTrue(heap < 6, () -> "the heap has grown by " + heap + " MiB");
      long buffers = (late.buffers() - early.buffers()) >> 20;
      assertTrue(buffers < 24, () -> "the network's buffers have grown by " + buffers + " MiB");

      var readers = new ArrayList<Callable<Integer>>();
      slow.forEach(channel -> readers.add(() -> readAll(channel)));
      Together.run(readers).forEach(heard -> assertEquals(ALL, heard));
    } finally {
      slowLine.shutdownNow();
    }
  }

  /** Numbers, each agent some of them: nobody may say so much in a minute. */
  private static void say(TestRoom room, List<Connecting> slow, int from, int to) {
    for (int first = from; first < to; first += EACH) {
      Worker talker = server.worker("talker-" + first);
      var member = room.join(talker.client());
      assertEquals(talker.agentId(), member.getParty().getId());
      try (var channel = Connecting.open(talker)) {
        for (int n = first; n < first + EACH; n++) {
          channel.say("m" + n, room.id(), n + " " + "x".repeat(3_900));
          if (n >= first + AHEAD) {
            assertTrue(channel.result("m" + (n - AHEAD)).hasSequence());
            channel.forget();
          }
        }
        for (int n = first + EACH - AHEAD; n < first + EACH; n++) {
          assertTrue(channel.result("m" + n).hasSequence());
        }
      }
      slow.forEach(Connecting::beat);
    }
  }

  /** Reads everything that was said, holds nothing, and fails at the first hole or repeat. */
  private static int readAll(Connecting channel) {
    int heard = 0;
    try (channel) {
      while (heard < ALL) {
        for (String said : channel.takeChat(1)) {
          assertEquals(Integer.toString(heard), said.substring(0, said.indexOf(' ')));
          heard++;
        }
      }
    }
    return heard;
  }

  @Test
  void aFloodOfRequestsWaitsWithWhoeverSendsIt() {
    Worker agent = server.worker("flood");
    TestRoom foreign = TestRoom.hidden(server.person("owner").client());
    var answered = new AtomicInteger();
    ClientCall<ConnectRequest, ConnectResponse> call =
        agent
            .client()
            .channel()
            .newCall(AgentChannelServiceGrpc.getConnectMethod(), CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(ConnectResponse message) {
            if (message.getResult().hasRefusal()) {
              answered.incrementAndGet();
            }
          }
        },
        new Metadata());
    double before = server.counted("clawlive.agent.channel.requests");
    call.sendMessage(
        ConnectRequest.newBuilder().setHello(ChannelHello.getDefaultInstance()).build());
    for (int n = 0; n < FLOOD; n++) {
      call.sendMessage(
          ConnectRequest.newBuilder()
              .setRequestId("f" + n)
              .setChat(ChannelChat.newBuilder().setRoomId(foreign.id()).setMessage("let me in"))
              .build());
    }
    double taken = untilQuiet() - before;
    assertTrue(taken < FLOOD / 2, () -> "the server took " + taken + " and nobody read an answer");
    assertEquals(0, answered.get());

    call.request(FLOOD + 10);
    Together.soon("all are answered", Duration.ofSeconds(20), () -> answered.get() == FLOOD);
    call.cancel("the test is over", null);
  }

  private static double untilQuiet() {
    double taken = -1;
    double now = server.counted("clawlive.agent.channel.requests");
    while (now > taken) {
      taken = now;
      Together.pause(Duration.ofSeconds(1));
      now = server.counted("clawlive.agent.channel.requests");
    }
    return now;
  }
}
