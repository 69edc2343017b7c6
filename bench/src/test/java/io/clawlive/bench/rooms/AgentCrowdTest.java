package io.clawlive.bench.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.bench.rooms.AgentCrowd.Talk;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.bench.target.Target;
import io.clawlive.bench.target.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the workload {@code rooms}, without its peer. */
class AgentCrowdTest {
  @TempDir Path work;

  @Test
  void everybodyInARoomHearsWhatIsSaidThereAlsoAfterComingBack() throws Exception {
    Target target = TestServers.in(work);
    try (RunningServer server = target.serve(target.fresh("rooms"))) {
      List<Seat> seats = Seats.prepare(server, 40);
      assertEquals(40, seats.size());
      assertFalse(seats.get(0).roomId().equals(seats.get(1).roomId()), "neighbours share a room");

      for (int visit = 1; visit <= 2; visit++) {
        try (var crowd = new AgentCrowd(server.address())) {
          crowd.join(seats);
          Talk talk = crowd.talk(80, 1);
          assertEquals(0, talk.missing());
          assertEquals(1_600, talk.heard().count());
          assertEquals(80, talk.acknowledged().count());
          assertTrue(talk.heard().p50Millis() > 0, "no time passed: " + talk);
        }
        StoredChat.Found found = StoredChat.compare(server.address(), seats);
        assertEquals(new StoredChat.Found(2, 80 * visit, 0), found);
      }

      seats.get(0).said().add(1);
      assertEquals(
          1, StoredChat.compare(server.address(), seats).apart(), "a stranger is not seen");
    }
  }
}
