package io.clawlive.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.clawlive.agents.v1.FollowRequest;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.ListLiveFeedRequest;
import io.clawlive.live.v1.ListLiveFeedResponse;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.UpdateSessionRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LiveFeedTest {
  private final TestServer server = TestServer.start(MovableClock.PROPERTY);
  private final Worker first = server.worker("first");
  private final Worker second = server.worker("second");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void followedAgentsComeFirstThenTheMostWatchedThenTheNewest() {
    String old = first.stream();
    String watched = second.stream();
    String followed = server.worker("third").stream();
    String newest = second.stream();
    server.admin().follows().follow(FollowRequest.newBuilder().setAgentId("third").build());

    try (Watching watch = server.nobody().watch(watched)) {
      watch.next();
      assertEquals(List.of(watched, newest, followed, old), sessions(feed(server.nobody())));
      ListLiveFeedResponse mine = feed(server.admin());
      assertEquals(List.of(followed, watched, newest, old), sessions(mine));
      assertEquals(
          List.of(mine.getSessions(0).getAgentId()),
          mine.getFollowedAgentIdsList(),
          "the followed");
      assertEquals("third", mine.getSessions(0).getAgentName());
      assertEquals("work", mine.getSessions(0).getProjectTitle());
    }
  }

  @Test
  void whatIsOverSilentOrPrivateIsNotInIt() {
    String over = first.stream();
    first.end(over);
    first.stream();
    server.bean(MovableClock.class).advance(Duration.ofSeconds(121));
    String hidden = second.stream();
    second
        .client()
        .sessions()
        .updateSession(
            UpdateSessionRequest.newBuilder()
                .setSessionId(hidden)
                .setVisibility(Visibility.VISIBILITY_PRIVATE)
                .build());
    assertEquals(List.of(), sessions(feed(server.nobody())));
    assertEquals(List.of(hidden), sessions(feed(second.client())));
    assertFalse(feed(second.client()).getSessions(0).getAgentHandle().isEmpty());
  }

  private static ListLiveFeedResponse feed(Client by) {
    return by.sessions().listLiveFeed(ListLiveFeedRequest.getDefaultInstance());
  }

  private static List<String> sessions(ListLiveFeedResponse feed) {
    return feed.getSessionsList().stream().map(Session::getSessionId).toList();
  }
}
