package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.ListAgentsRequest;
import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.RegisterAgentResponse;
import io.clawlive.identity.v1.Role;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.SessionStatus;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.ProofKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The SDK against the real server, which is killed while it works. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerProcessTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private ServerUnderTest server;
  private ClawLive admin;
  private ClawLive agent;
  private String projectId;

  @BeforeAll
  void start(@TempDir Path home) {
    server = new ServerUnderTest(home);
    admin = ClawLive.connect(server.address(), server.token());
    RegisterAgentResponse registered = admin.agents().register("sdk-tester");
    agent = ClawLive.connect(server.address(), registered.getApiKey());
    projectId = agent.projects().create("sdk-tester", "sdk-project").getProjectId();
  }

  @AfterAll
  void stop() {
    agent.close();
    admin.close();
    server.close();
  }

  @Test
  void identityAgentsAndProjectsAnswer() {
    assertEquals(Role.ROLE_AGENT, agent.identity().whoAmI().getRole());
    assertEquals(Role.ROLE_ADMIN, admin.identity().whoAmI().getRole());
    try (ClawLive spectator = ClawLive.connect(server.address())) {
      assertEquals(Role.ROLE_SPECTATOR, spectator.identity().whoAmI().getRole());
    }
    Agent found = agent.agents().get("sdk-tester");
    assertTrue(
        StreamSupport.stream(agent.agents().list().spliterator(), false).anyMatch(found::equals));
    assertEquals(
        1,
        agent
            .agents()
            .page(ListAgentsRequest.newBuilder().setPageSize(1).build())
            .getAgentsCount());
    Project project = agent.projects().get("sdk-tester/sdk-project");
    assertEquals(projectId, project.getProjectId());
    assertEquals(List.of(project), list(agent.projects().list("sdk-tester")));
  }

  @Test
  void everyRefusalHasItsException() {
    assertEquals(
        "HANDLE_TAKEN",
        assertThrows(AlreadyExistsException.class, () -> admin.agents().register("sdk-tester"))
            .reason());
    assertThrows(NotFoundException.class, () -> agent.agents().get("nobody"));
    assertThrows(NotFoundException.class, () -> agent.projects().get("none"));
    assertThrows(NotFoundException.class, () -> agent.sessions().get(UUID.randomUUID().toString()));
    InvalidRequestException invalid =
        assertThrows(InvalidRequestException.class, () -> agent.sessions().get("no uuid"));
    assertFalse(invalid.violations().isEmpty());
    try (ClawLive wrong = ClawLive.connect(server.address(), "cl_wrong_key");
        ClawLive spectator = ClawLive.connect(server.address())) {
      assertEquals(
          "CREDENTIAL_INVALID",
          assertThrows(UnauthenticatedException.class, () -> wrong.identity().whoAmI()).reason());
      assertEquals(
          "CREDENTIAL_MISSING",
          assertThrows(UnauthenticatedException.class, () -> spectator.sessions().start(projectId))
              .reason());
    }
    String other = admin.agents().register("sdk-other").getApiKey();
    String session = agent.sessions().start(projectId).getSessionId();
    try (ClawLive stranger = ClawLive.connect(server.address(), other)) {
      assertThrows(NotAllowedException.class, () -> stranger.sessions().end(session));
      SessionPublisher publisher = stranger.sessions().publisher(session);
      publisher.thought("not mine");
      assertThrows(NotAllowedException.class, () -> publisher.flush(SOON));
      assertThrows(NotAllowedException.class, publisher::close);
    }
    agent.sessions().end(session);
    assertThrows(StreamEndedException.class, () -> agent.sessions().heartbeat(session));
    assertThrows(
        StreamEndedException.class,
        () -> agent.sessions().append(session, "p", List.of(Events.thought(1, "late"))));
    assertThrows(
        InvalidRequestException.class,
        () -> agent.sessions().watch(session, WatchOptions.after(900)).iterator().hasNext());
  }

  @Test
  void aSessionLivesFromStartToReplay() {
    StartSessionRequest request =
        StartSessionRequest.newBuilder()
            .setProjectId(projectId)
            .setTitle("life")
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Session session = agent.sessions().start(request);
    String id = session.getSessionId();
    assertEquals(id, agent.sessions().start(request).getSessionId());
    assertEquals(
        SessionStatus.SESSION_STATUS_PAUSED, agent.sessions().pause(id, "tea").getStatus());
    assertEquals(SessionStatus.SESSION_STATUS_LIVE, agent.sessions().resume(id).getStatus());
    assertEquals(SessionStatus.SESSION_STATUS_LIVE, agent.sessions().heartbeat(id).getStatus());
    try (SessionPublisher publisher = agent.sessions().publisher(id)) {
      publisher.thought("first", "tag");
      publisher.log(LogLevel.LOG_LEVEL_WARN, "build", "\u001b[33mcareful\u001b[0m");
      publisher.commit("0a1b2c3d", "made it");
      publisher.proof(ProofKind.PROOF_KIND_TEST, "green", "https://host.example/run/1");
      publisher.chat("me", "hello");
    }
    agent.sessions().append(id, "single", List.of(Events.thought(1, "appended")));
    agent.sessions().append(id, "single", List.of(Events.thought(1, "appended again")));
    agent.sessions().end(id, "done");
    List<StreamEvent> watched = events(agent.sessions().watch(id));
    assertEquals(
        List.of("thought", "log", "proof", "proof", "chat", "thought"),
        watched.stream().map(StreamEvent::kind).filter(kind -> !kind.equals("status")).toList());
    assertEquals(LongStream.rangeClosed(1, watched.size()).boxed().toList(), sequences(watched));
    try (EventStream replay = agent.sessions().replay(id)) {
      List<StreamEvent> replayed = new ArrayList<>();
      replay.forEach(replayed::add);
      assertEquals(watched, replayed);
      assertEquals(id, replay.session().orElseThrow().getSessionId());
    }
    for (StreamEvent event : watched) {
      StreamEvent read = EventJson.read(EventJson.write(event));
      assertEquals(event.payload(), read.payload());
      assertEquals(event.recordedAt(), read.recordedAt());
    }
    EventPage back =
        agent.sessions().events(id, PageRequest.before(watched.size() + 1).withSize(2));
    assertEquals(watched.subList(watched.size() - 2, watched.size()), back.events());
    assertTrue(back.hasMore());
    List<StreamEvent> logs =
        events(agent.sessions().watch(id, WatchOptions.fromStart().withKinds("log")));
    assertEquals(1, logs.size());
    ListSessionsRequest ended =
        ListSessionsRequest.newBuilder()
            .setStatus(SessionStatus.SESSION_STATUS_ENDED)
            .setPageSize(1)
            .build();
    assertTrue(
        list(agent.sessions().list(ended)).stream().anyMatch(s -> s.getSessionId().equals(id)));
  }

  @Test
  void asynchronousCallsAnswerThroughFutures() throws Exception {
    Session session =
        agent.sessions().startAsync("sdk-tester/sdk-project", "async").get(10, TimeUnit.SECONDS);
    assertEquals("async", session.getTitle());
    assertEquals(
        session.getSessionId(),
        agent.sessions().getAsync(session.getSessionId()).get(10, TimeUnit.SECONDS).getSessionId());
  }

  @Test
  void killingTheServerLosesNothingAndRepeatsNothing(@TempDir Path spool) throws Exception {
    int publishers = 4;
    int each = 6_000;
    String id = agent.sessions().start(projectId).getSessionId();
    CompletableFuture<List<StreamEvent>> watcher =
        CompletableFuture.supplyAsync(() -> events(agent.sessions().watch(id)));
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, publishers)
            .mapToObj(i ->
                CompletableFuture.runAsync(
                    () -> write(id, i, each, spool), task -> new Thread(task).start()))
            .toList();
    for (int kill = 0; kill < 2; kill++) {
      Thread.sleep(700);
      server.kill();
      Thread.sleep(200);
      server.start();
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get(60, TimeUnit.SECONDS);
    }
    agent.sessions().end(id);
    List<StreamEvent> seen = watcher.get(30, TimeUnit.SECONDS);
    assertEquals(LongStream.rangeClosed(1, seen.size()).boxed().toList(), sequences(seen));
    assertEquals(events(agent.sessions().replay(id)), seen);
    for (int i = 0; i < publishers; i++) {
      String prefix = i + ":";
      assertEquals(
          IntStream.range(0, each).mapToObj(n -> prefix + n).toList(),
          seen.stream()
              .map(StreamEvent::payload)
              .filter(EventPayload.Thought.class::isInstance)
              .map(payload -> ((EventPayload.Thought) payload).text())
              .filter(text -> text.startsWith(prefix))
              .toList());
    }
  }

  private void write(String id, int writer, int count, Path spool) {
    PublisherOptions options =
        PublisherOptions.defaults().withBuffer(500, 1 << 20).withCloseTimeout(SOON);
    // Half of the writers keep their events on disk as well.
    PublisherOptions own =
        writer % 2 == 0 ? options : options.withSpool(spool.resolve("" + writer));
    try (SessionPublisher publisher = agent.sessions().publisher(id, own)) {
      for (int n = 0; n < count; n++) {
        publisher.thought(writer + ":" + n);
        if (n % 100 == 0) {
          Thread.sleep(20);
        }
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static List<StreamEvent> events(EventStream stream) {
    try (stream) {
      return list(stream);
    }
  }

  private static <T> List<T> list(Iterable<T> items) {
    List<T> all = new ArrayList<>();
    items.forEach(all::add);
    return all;
  }

  private static List<Long> sequences(List<StreamEvent> events) {
    return events.stream().map(StreamEvent::sequence).toList();
  }
}
