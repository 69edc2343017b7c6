package io.clawlive.server.live;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.logs;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.live.v1.HeartbeatRequest;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.ListSessionsResponse;
import io.clawlive.live.v1.PauseSessionRequest;
import io.clawlive.live.v1.ReplayRequest;
import io.clawlive.live.v1.ReplayResponse;
import io.clawlive.live.v1.ResumeSessionRequest;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.SessionStatus;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Status;
import io.clawlive.streams.v1.StatusState;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The life of a session, and what the list and the replay tell of it. */
final class SessionTest {
  @AutoClose private static final TestServer server = TestServer.start("clawlive.live.beat=100ms");

  private static final Worker worker = server.worker("sessions");

  @Test
  void aSessionStartsLiveOnItsProject() {
    Session session =
        worker
            .client()
            .sessions()
            .startSession(
                StartSessionRequest.newBuilder()
                    .setProjectId(worker.projectId())
                    .setTitle("Fix the door")
                    .build())
            .getSession();

    assertEquals(SessionStatus.SESSION_STATUS_LIVE, session.getStatus());
    assertEquals(io.clawlive.live.v1.Liveness.LIVENESS_LIVE, session.getLiveness());
    assertEquals("Fix the door", session.getTitle());
    assertEquals(worker.projectId(), session.getProjectId());
    assertEquals("work", session.getProjectSlug());
    assertEquals(worker.agentId(), session.getAgentId());
    assertEquals("sessions", session.getAgentHandle());
    assertEquals(session.getStartedAt(), session.getLastHeartbeatAt());
    assertFalse(session.hasEndedAt());
    assertEquals(1, session.getLastSequence());
    assertEquals(session, get(session.getSessionId()));
  }

  @Test
  void everyChangeIsAnEventOnTheStream() {
    String id = worker.stream();
    assertEquals(SessionStatus.SESSION_STATUS_PAUSED, pause(id, "lunch").getStatus());
    assertEquals(SessionStatus.SESSION_STATUS_LIVE, resume(id).getStatus());
    Session ended = worker.end(id);
    assertEquals(SessionStatus.SESSION_STATUS_ENDED, ended.getStatus());
    assertEquals(io.clawlive.live.v1.Liveness.LIVENESS_OFFLINE, ended.getLiveness());
    assertTrue(ended.hasEndedAt());

    assertEquals(
        List.of(
            status(StatusState.STATUS_STATE_LIVE, ""),
            status(StatusState.STATUS_STATE_PAUSED, "lunch"),
            status(StatusState.STATUS_STATE_LIVE, ""),
            status(StatusState.STATUS_STATE_ENDED, "")),
        server.nobody().everything(id).stream().map(Event::getStatus).toList());
  }

  @Test
  void aChangeThatIsNoneIsNotToldTwice() {
    String id = worker.stream();
    pause(id, "");
    pause(id, "");
    resume(id);
    resume(id);
    assertEquals(3, server.nobody().everything(id).size());
  }

  @Test
  void endingAnEndedSessionAnswersAsTheFirstTime() {
    String id = worker.stream();
    Session first = worker.end(id);
    assertEquals(first, worker.end(id));
    assertEquals(2, server.nobody().everything(id).size());
  }

  @Test
  void endingAtTheSameMomentEndsOnce() {
    String id = worker.stream();
    Callable<Session> end = () -> worker.end(id);
    Together.run(Collections.nCopies(8, end))
        .forEach(ended -> assertEquals(SessionStatus.SESSION_STATUS_ENDED, ended.getStatus()));
    assertEquals(2, server.nobody().everything(id).size());
  }

  @Test
  void anEndedSessionIsNeitherPausedResumedNorKeptAlive() {
    String id = worker.stream();
    worker.end(id);
    Refused.with(ErrorReason.ERROR_REASON_SESSION_ENDED, () -> heartbeat(id));
    Refused.with(ErrorReason.ERROR_REASON_SESSION_ENDED, () -> pause(id, ""));
    Refused.with(ErrorReason.ERROR_REASON_SESSION_ENDED, () -> resume(id));
  }

  @Test
  void aPausedSessionStillTakesEvents() {
    String id = worker.stream();
    pause(id, "");
    assertEquals(1, worker.append(id, thought(1, "on the side")).getInserted());
  }

  @Test
  void theSameRequestGivesTheSameSessionHoweverOftenAndAtOnceItComes() {
    var request =
        StartSessionRequest.newBuilder()
            .setProjectId(worker.projectId())
            .setRequestId("request-1")
            .build();
    Callable<String> start =
        () -> worker.client().sessions().startSession(request).getSession().getSessionId();
    var ids = Set.copyOf(Together.run(Collections.nCopies(10, start)));
    assertEquals(1, ids.size());
    assertEquals(1, server.nobody().everything(ids.iterator().next()).size());

    Worker other = server.worker("other-sessions");
    String others =
        other
            .client()
            .sessions()
            .startSession(request.toBuilder().setProjectId(other.projectId()).build())
            .getSession()
            .getSessionId();
    assertFalse(ids.contains(others), "a request id is its agent's own");
    assertNotEquals(worker.stream(), worker.stream(), "no request id, no memory");
  }

  @Test
  void whatIsNoSessionIsNotFound() {
    Refused.with(ErrorReason.ERROR_REASON_SESSION_NOT_FOUND, () -> get(worker.projectId()));
    Refused.with(ErrorReason.ERROR_REASON_SESSION_NOT_FOUND, () -> heartbeat(worker.projectId()));
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> get("last-one"));
    Refused.with(
        ErrorReason.ERROR_REASON_PROJECT_NOT_FOUND,
        () ->
            worker
                .client()
                .sessions()
                .startSession(
                    StartSessionRequest.newBuilder().setProjectId(worker.agentId()).build()));
  }

  @Test
  void theListIsFilteredByEachCondition() {
    Worker lister = server.worker("lister");
    String live = lister.stream();
    String paused = lister.stream();
    String ended = lister.stream();
    pause(lister, paused);
    lister.end(ended);
    String elsewhere =
        lister
            .client()
            .projects()
            .createProject(
                CreateProjectRequest.newBuilder().setAgent("lister").setSlug("else").build())
            .getProject()
            .getProjectId();

    var mine = ListSessionsRequest.newBuilder().setAgent("lister");
    assertEquals(List.of(ended, paused, live), ids(list(mine)), "newest first");
    assertEquals(List.of(ended, paused, live), ids(list(mine.clone().setAgent(lister.agentId()))));
    assertEquals(
        List.of(live), ids(list(mine.clone().setStatus(SessionStatus.SESSION_STATUS_LIVE))));
    assertEquals(
        List.of(paused), ids(list(mine.clone().setStatus(SessionStatus.SESSION_STATUS_PAUSED))));
    assertEquals(
        List.of(ended), ids(list(mine.clone().setStatus(SessionStatus.SESSION_STATUS_ENDED))));
    assertEquals(3, list(mine.clone().setProjectId(lister.projectId())).getSessionsCount());
    assertEquals(0, list(mine.clone().setProjectId(elsewhere)).getSessionsCount());
    Refused.with(
        ErrorReason.ERROR_REASON_AGENT_NOT_FOUND, () -> list(mine.clone().setAgent("nobody")));
  }

  @Test
  void theListComesInPages() {
    Worker pager = server.worker("pager");
    var started = new ArrayList<String>();
    for (int n = 0; n < 5; n++) {
      started.add(pager.stream());
    }
    var request = ListSessionsRequest.newBuilder().setAgent("pager").setPageSize(2);
    var listed = new ArrayList<String>();
    var sizes = new ArrayList<Integer>();
    ListSessionsResponse page;
    do {
      page = list(request);
      listed.addAll(ids(page));
      sizes.add(page.getSessionsCount());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    assertEquals(started.reversed(), listed);
    assertEquals(List.of(2, 2, 1), sizes);
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD, () -> list(request.setPageToken("page 2")));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> list(request.clone().clearPageToken().setPageSize(201)));
  }

  @Test
  void aReplayIsTheSessionAndThenTheStoredLog() {
    String id = worker.stream();
    try (Publishing call = worker.publish(id, "p")) {
      call.publishAll(1, 2_500, n -> n % 2 == 0 ? thought(n, "t" + n) : log(n, "l" + n));
    }
    List<ReplayResponse> replay = replay(ReplayRequest.newBuilder().setSessionId(id));
    assertEquals(get(id), replay.getFirst().getSession());
    List<Event> stored = server.nobody().everything(id);
    assertEquals(2_501, stored.size());
    assertEquals(stored, events(replay));

    var part = ReplayRequest.newBuilder().setSessionId(id).setAfterSequence(2_000);
    assertEquals(stored.subList(2_000, 2_501), events(replay(part)));
    assertEquals(
        stored.stream().filter(e -> e.hasThought() && e.getSequence() > 2_000).toList(),
        events(replay(part.clone().addKinds("thought"))));
    Refused.with(
        ErrorReason.ERROR_REASON_SEQUENCE_IN_FUTURE,
        () -> replay(part.clone().setAfterSequence(9_999)));
    Refused.with(
        ErrorReason.ERROR_REASON_KIND_UNKNOWN, () -> replay(part.clone().addKinds("thoughts")));
  }

  @Test
  void theSessionKnowsHowManyWatch() {
    String id = worker.stream();
    try (Watching one = server.nobody().watch(id);
        Watching two = server.nobody().watch(id)) {
      one.until(MarkCase.CAUGHT_UP);
      two.until(MarkCase.CAUGHT_UP);
      assertEquals(2, get(id).getViewers());
    }
    Together.soon("they have gone", Duration.ofSeconds(5), () -> get(id).getViewers() == 0);
    Together.soon("the peak is kept", Duration.ofSeconds(5), () -> get(id).getViewersPeak() == 2);
  }

  @Test
  void theSessionKnowsHowFarItsStreamIs() {
    String id = worker.stream();
    worker.append(id, logs(1, 4).toArray(Event[]::new));
    assertEquals(5, get(id).getLastSequence());
  }

  private static Session get(String id) {
    return server
        .nobody()
        .sessions()
        .getSession(GetSessionRequest.newBuilder().setSessionId(id).build())
        .getSession();
  }

  private static Session heartbeat(String id) {
    return worker
        .client()
        .sessions()
        .heartbeat(HeartbeatRequest.newBuilder().setSessionId(id).build())
        .getSession();
  }

  private static Session pause(String id, String reason) {
    return worker
        .client()
        .sessions()
        .pauseSession(PauseSessionRequest.newBuilder().setSessionId(id).setReason(reason).build())
        .getSession();
  }

  private static void pause(Worker owner, String id) {
    Session paused =
        owner
            .client()
            .sessions()
            .pauseSession(PauseSessionRequest.newBuilder().setSessionId(id).build())
            .getSession();
    assertEquals(SessionStatus.SESSION_STATUS_PAUSED, paused.getStatus());
  }

  private static Session resume(String id) {
    return worker
        .client()
        .sessions()
        .resumeSession(ResumeSessionRequest.newBuilder().setSessionId(id).build())
        .getSession();
  }

  private static ListSessionsResponse list(ListSessionsRequest.Builder request) {
    return server.nobody().sessions().listSessions(request.build());
  }

  private static List<String> ids(ListSessionsResponse page) {
    return page.getSessionsList().stream().map(Session::getSessionId).toList();
  }

  private static List<ReplayResponse> replay(ReplayRequest.Builder request) {
    var messages = new ArrayList<ReplayResponse>();
    server.nobody().sessions().replay(request.build()).forEachRemaining(messages::add);
    return messages;
  }

  private static List<Event> events(List<ReplayResponse> replay) {
    return replay.stream().flatMap(message -> message.getEventsList().stream()).toList();
  }

  private static Status status(StatusState state, String reason) {
    return Status.newBuilder().setState(state).setReason(reason).build();
  }
}
