package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.TestRedis;
import io.clawlive.server.testing.TestRoom;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Presence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PresenceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String[] QUICK = {
    "clawlive.rooms.lease=1s", "clawlive.rooms.sweep-interval=200ms", "clawlive.leases.settling=0s"
  };

  private static List<Presence> told(TestRoom room) {
    return room.log(room.host()).stream()
        .filter(Event::hasPresence)
        .map(event -> event.getPresence().getMember().getPresence())
        .toList();
  }

  @Test
  void severalDevicesAreOneMemberAndTheLastOneThatGoesTakesItOffline() {
    try (TestServer server = TestServer.start(QUICK)) {
      Client ann = server.person("ann").client();
      TestRoom room = TestRoom.open(ann);
      assertEquals(Presence.PRESENCE_OFFLINE, room.member("ann").getPresence());

      room.beat(ann, "telephone", Presence.PRESENCE_IDLE);
      assertEquals(Presence.PRESENCE_IDLE, room.member("ann").getPresence());
      room.beat(ann, "tab", Presence.PRESENCE_ACTIVE);
      assertEquals(Presence.PRESENCE_ACTIVE, room.member("ann").getPresence());
      assertEquals(1, room.context(ann).getRoom().getPresent());
      room.beat(ann, "tab", Presence.PRESENCE_OFFLINE);
      assertEquals(Presence.PRESENCE_IDLE, room.member("ann").getPresence());

      // The telephone is killed: nothing is heard of it any more.
      Together.soon(
          "the lease ends",
          PATIENCE,
          () -> room.member("ann").getPresence() == Presence.PRESENCE_OFFLINE);
      assertEquals(
          List.of(
              Presence.PRESENCE_IDLE,
              Presence.PRESENCE_ACTIVE,
              Presence.PRESENCE_IDLE,
              Presence.PRESENCE_OFFLINE),
          told(room));
    }
  }

  @Test
  void whoComesIsThereAtOnceEvenWhileNobodyCanTellWhoIsGone() {
    try (TestServer server = TestServer.start()) {
      Client ann = server.person("ann").client();
      TestRoom room = TestRoom.open(ann);
      room.beat(ann, "tab", Presence.PRESENCE_IDLE);
      assertEquals(Presence.PRESENCE_IDLE, room.member("ann").getPresence());
      room.beat(ann, "tab", Presence.PRESENCE_ACTIVE);
      room.beat(ann, "telephone", Presence.PRESENCE_IDLE);
      assertEquals(Presence.PRESENCE_ACTIVE, room.member("ann").getPresence());
      room.beat(ann, "tab", Presence.PRESENCE_OFFLINE);
      assertEquals(
          Presence.PRESENCE_ACTIVE,
          room.member("ann").getPresence(),
          "another device may be there that has not had the time to say so");
    }
  }

  @Test
  void oneGoesAndTheOthersStay() {
    try (TestServer server = TestServer.start(QUICK)) {
      Client ann = server.person("ann").client();
      Client ben = server.person("ben").client();
      TestRoom room = TestRoom.open(ann);
      room.join(ben);
      room.beat(ben, "tab", Presence.PRESENCE_ACTIVE);
      Together.soon(
          "ben's lease ends while ann's is renewed",
          PATIENCE,
          () -> {
            room.beat(ann, "tab", Presence.PRESENCE_ACTIVE);
            return room.member("ben").getPresence() == Presence.PRESENCE_OFFLINE;
          });
      assertEquals(Presence.PRESENCE_ACTIVE, room.member("ann").getPresence());
    }
  }

  @Test
  void twoServersOfOneRedisTellItOnce() {
    try (TestRedis redis = TestRedis.start();
        TestServer one = TestServer.start(with(redis));
        TestServer two = one.sibling(with(redis))) {
      var person = one.person("ann");
      Client there = two.as(person.tokens().getAccessToken());
      TestRoom room = TestRoom.open(person.client());
      room.beat(person.client(), "tab", Presence.PRESENCE_ACTIVE);
      room.beat(there, "telephone", Presence.PRESENCE_ACTIVE);
      room.beat(person.client(), "tab", Presence.PRESENCE_OFFLINE);
      assertEquals(
          Presence.PRESENCE_ACTIVE,
          room.member("ann").getPresence(),
          "the telephone is known to the other server");
      Together.soon(
          "the lease ends",
          PATIENCE,
          () -> room.member("ann").getPresence() == Presence.PRESENCE_OFFLINE);
      Together.pause(Duration.ofSeconds(1));
      assertEquals(List.of(Presence.PRESENCE_ACTIVE, Presence.PRESENCE_OFFLINE), told(room));
    }
  }

  private static String[] with(TestRedis redis) {
    return new String[] {QUICK[0], QUICK[1], QUICK[2], redis.property()};
  }
}
