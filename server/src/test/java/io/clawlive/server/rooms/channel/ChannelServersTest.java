package io.clawlive.server.rooms.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.ConnectResponse.MessageCase;
import io.clawlive.server.streams.StreamsDrain;
import io.clawlive.server.testing.Connecting;
import io.clawlive.server.testing.TestDatabase;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestRoom;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Presence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Channels on several servers, and on one that goes and comes back. */
final class ChannelServersTest {

  @Test
  void aNewerChannelOnAnotherServerEndsTheOlderWithoutTheAgentBeingGoneForAMoment() {
    try (TestRedis redis = TestRedis.start();
        TestServer one = TestServer.start(redis.property(), "clawlive.leases.settling=0s");
        TestServer two = one.sibling(redis.property(), "clawlive.leases.settling=0s")) {
      var host = one.person("host");
      Worker agent = one.worker("mover");
      TestRoom room = TestRoom.open(host.client());
      var unused = room.join(agent.client());
      try (var older = Connecting.open(agent)) {
        older.until(MessageCase.CAUGHT_UP);
        long started = System.nanoTime();
        try (var newer = Connecting.open(agent.at(two))) {
          assertEquals(ErrorReason.ERROR_REASON_AGENT_SUPERSEDED, older.refused().reason());
          Duration took = Duration.ofNanos(System.nanoTime() - started);
          assertTrue(took.toMillis() < 3_000, () -> "told after " + took);

          newer.until(MessageCase.CAUGHT_UP);
          room.say(host.client(), "heard there");
          assertEquals("heard there", newer.takeChat(1).getFirst());
          assertTrue(newer.say("a", room.id(), "and said there").result("a").hasSequence());
          Together.pause(Duration.ofMillis(500));
          assertEquals(
              List.of(Presence.PRESENCE_ACTIVE),
              room.log(host.client()).stream()
                  .filter(Event::hasPresence)
                  .map(event -> event.getPresence().getMember())
                  .filter(member -> member.getParty().getHandle().equals("mover"))
                  .map(member -> member.getPresence())
                  .toList());
        }
      }
    }
  }

  @Test
  void anAgentGoesOnWhereItWasWhenItsServerIsBack() {
    TestDatabase database;
    Worker agent;
    TestRoom room;
    String hostKey;
    try (TestServer server = TestServer.start()) {
      database = server.database();
      var host = server.worker("host");
      hostKey = host.key();
      agent = server.worker("patient");
      room = TestRoom.open(host.client());
      var unused = room.join(agent.client());
      try (var channel = Connecting.open(agent)) {
        long handled = room.say(host.client(), "handled");
        room.say(host.client(), "heard");
        assertEquals(List.of("handled", "heard"), channel.takeChat(2));
        channel.acknowledge(room.id(), handled);
        assertTrue(channel.say("mine", room.id(), "mine").result("mine").hasSequence());

        server.bean(StreamsDrain.class).drain();

        assertEquals(ErrorReason.ERROR_REASON_SERVER_STOPPING, channel.refused().reason());
      }
      try (var late = Connecting.begin(agent.client())) {
        assertEquals(ErrorReason.ERROR_REASON_SERVER_STOPPING, late.refused().reason());
      }
    }
    try (TestServer server = TestServer.startOn(database);
        var channel = Connecting.open(agent.at(server))) {
      new TestRoom(server.as(hostKey), room.id()).say(server.as(hostKey), "after");
      assertTrue(channel.say("mine", room.id(), "mine").result("mine").hasSequence());
      assertEquals(List.of("heard", "mine", "after"), channel.takeChat(3));
    }
  }
}
