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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
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
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerProcessTest {
  private static final String HANDLE = "sdk-" + Long.toString(System.nanoTime(), 36);
  private static final String SLUG = "sdk-project";
  private static final Duration SOON = Duration.ofSeconds(60);

  private ServerUnderTest server;
  private ClawLive admin;
  private ClawLive agent;
  private String projectId;

  @BeforeAll
  void start(@TempDir Path home) {
    server = new ServerUnderTest(home);
    admin = ClawLive.connect(server.address(), server.token());
    RegisterAgentResponse registered = admin.agents().register(HANDLE);
    agent = ClawLive.connect(server.address(), registered.getApiKey());
    projectId = agent.projects().create(HANDLE, SLUG).getProjectId();
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
    Agent found = agent.agents().get(HANDLE);
    // A list leaves the projects out.
    Agent listed = found.toBuilder().clearProjects().build();
    assertTrue(
        StreamSupport.stream(agent.agents().list().spliterator(), false).anyMatch(listed::equals));
    assertEquals(
        1,
        agent
            .agents()
            .page(ListAgentsRequest.newBuilder().setPageSize(1).build())
            .getAgentsCount());
    Project project = agent.projects().get(HANDLE + "/" + SLUG);
    assertEquals(projectId, project.getProjectId());
    assertEquals(List.of(project), list(agent.projects().list(HANDLE)));
  }

  @Test
  void everyRefusalHasItsException() {
    assertEquals(
        "HANDLE_TAKEN",
        assertThrows(AlreadyExistsException.class, () -> admin.agents().register(HANDLE)).reason());
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
    String other = admin.agents().register(HANDLE + "-2").getApiKey();
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
        agent.sessions().startAsync(HANDLE + "/" + SLUG, "async").get(10, TimeUnit.SECONDS);
    assertEquals("async", session.getTitle());
    assertEquals(
        session.getSessionId(),
        agent.sessions().getAsync(session.getSessionId()).get(10, TimeUnit.SECONDS).getSessionId());
  }

  @Test
  void killingTheServerLosesNothingAndRepeatsNothing(@TempDir Path spool) throws Exception {
    int publishers = 4;
    AtomicInteger connections = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    String id = agent.sessions().start(projectId).getSessionId();
    CompletableFuture<List<StreamEvent>> watcher =
        CompletableFuture.supplyAsync(() -> events(agent.sessions().watch(id)), this::fork);
    List<CompletableFuture<Integer>> writers =
        IntStream.range(0, publishers)
            .mapToObj(writer -> options(spool, writer, connections))
            .map(options ->
                CompletableFuture.supplyAsync(() -> write(id, options, enough), this::fork))
            .toList();
    for (int kill = 1; kill <= 2; kill++) {
      awaitConnections(connections, publishers * kill);
      Thread.sleep(300);
      server.kill();
      server.start();
    }
    awaitConnections(connections, publishers * 3);
    Thread.sleep(300);
    enough.set(true);
    List<Integer> written = new ArrayList<>();
    for (CompletableFuture<Integer> writer : writers) {
      written.add(writer.get(60, TimeUnit.SECONDS));
    }
    agent.sessions().end(id);
    List<StreamEvent> seen = watcher.get(30, TimeUnit.SECONDS);
    assertEquals(LongStream.rangeClosed(1, seen.size()).boxed().toList(), sequences(seen));
    assertEquals(events(agent.sessions().replay(id)), seen);
    Map<String, List<String>> byProducer =
        seen.stream()
            .filter(event -> event.payload() instanceof EventPayload.Thought)
            .collect(
                Collectors.groupingBy(
                    StreamEvent::producerId,
                    Collectors.mapping(
                        event -> ((EventPayload.Thought) event.payload()).text(),
                        Collectors.toList())));
    assertEquals(
        written.stream().sorted().toList(),
        byProducer.values().stream().map(List::size).sorted().toList());
    byProducer
        .values()
        .forEach(texts ->
            assertEquals(
                IntStream.range(0, texts.size()).mapToObj(Integer::toString).toList(), texts));
  }

  /** Half of the writers keep their events on disk as well. */
  private static PublisherOptions options(Path spool, int writer, AtomicInteger connections) {
    PublisherOptions options =
        PublisherOptions.defaults()
            .withBuffer(500, 1 << 20)
            .withCloseTimeout(SOON)
            .onConnection(change -> {
              if (change.state() == ConnectionState.CONNECTED) {
                connections.incrementAndGet();
              }
            });
    return writer % 2 == 0 ? options : options.withSpool(spool.resolve("" + writer));
  }

  private int write(String id, PublisherOptions options, AtomicBoolean enough) {
    int count = 0;
    try (SessionPublisher publisher = agent.sessions().publisher(id, options)) {
      while (!enough.get()) {
        publisher.thought(Integer.toString(count++));
        if (count % 100 == 0) {
          LockSupport.parkNanos(20_000_000);
        }
      }
    }
    return count;
  }

  private static void awaitConnections(AtomicInteger connections, int expected)
      throws InterruptedException {
    long until = System.nanoTime() + SOON.toNanos();
    while (connections.get() < expected) {
      assertTrue(System.nanoTime() < until, () -> connections + " connections of " + expected);
      Thread.sleep(5);
    }
  }

  private void fork(Runnable task) {
    new Thread(task).start();
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
