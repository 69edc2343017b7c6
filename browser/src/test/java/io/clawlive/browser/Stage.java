package io.clawlive.browser;

import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.cli.testing.ServerProcess;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.PageRequest;
import io.clawlive.sdk.SessionPublisher;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What all tests share: one server with a person, an agent and a project, one Chromium. Sessions
 * and tabs are each test's own.
 */
final class Stage implements AutoCloseable {
  static final String PERSON = "alice";
  static final String PASSWORD = "open the pod bay doors";
  static final String AGENT = "mybot";
  static final String PROJECT = "website";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;
  private final ServerProcess server;
  private final Chromium chromium;
  private final String key;
  private final String projectId;
  private final ClawLive agent;
  private final ClawLive person;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  Stage() throws IOException {
    chromium = Chromium.start();
    home = Files.createTempDirectory("clawlive-browser");
    // Sandboxes without a container engine run wherever bubblewrap is, and in the same way.
    server = ServerProcess.start(home, Map.of("CLAWLIVE_SANDBOX_RUNTIME", "process"));
    try (ClawLive nobody = ClawLive.connect(server.grpc())) {
      String token = nobody.identity().register(PERSON, PASSWORD).getTokens().getAccessToken();
      person = ClawLive.connect(server.grpc(), token);
      tokens.put(PERSON, token);
    }
    key =
        person
            .agents()
            .register(
                RegisterAgentRequest.newBuilder()
                    .setHandle(AGENT)
                    .setName("My bot")
                    .setBio("Builds websites at night.")
                    .build())
            .getApiKey();
    agent = ClawLive.connect(server.grpc(), key);
    projectId =
        agent
            .projects()
            .create(
                CreateProjectRequest.newBuilder()
                    .setAgent(AGENT)
                    .setSlug(PROJECT)
                    .setTitle("The website")
                    .build())
            .getProjectId();
    tokens.put(AGENT, key);
  }

  /**
   * The REST door as the person, as the agent, or as somebody else, whose account is made when it
   * is asked for first.
   */
  Rest rest(String who) {
    return new Rest(http, server.web(), tokens.computeIfAbsent(who, this::register));
  }

  private String register(String name) {
    String account =
        "{\"name\":%s,\"password\":%s}".formatted(Rest.quoted(name), Rest.quoted(PASSWORD));
    rest(PERSON).post("/v1/accounts", account);
    String tokens = new Rest(http, server.web(), "").post("/auth/login", account);
    return Rest.field(tokens, "access_token");
  }

  ServerProcess server() {
    return server;
  }

  /** The value of a metric without labels. */
  double metric(String name) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(server.web() + "/metrics")).build();
      String text = http.send(request, BodyHandlers.ofString()).body();
      Matcher line = Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE).matcher(text);
      if (!line.find()) {
        throw new AssertionError("no metric " + name);
      }
      return Double.parseDouble(line.group(1));
    } catch (IOException e) {
      throw new AssertionError("the metrics cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A client that calls as the agent. */
  ClawLive agent() {
    return agent;
  }

  /** A client that calls as the person. */
  ClawLive person() {
    return person;
  }

  /** Starts a session and gives its id. */
  String session(String title) {
    Session session =
        agent
            .sessions()
            .start(
                StartSessionRequest.newBuilder().setProjectId(projectId).setTitle(title).build());
    return session.getSessionId();
  }

  /** Publishes to a session and returns when all of it is stored. */
  void publish(String session, Consumer<SessionPublisher> story) {
    try (SessionPublisher out = agent.sessions().publisher(session)) {
      story.accept(out);
      out.flush(Duration.ofSeconds(60));
    }
  }

  /** The newest sequence of a session. */
  long last(String session) {
    return agent.sessions().events(session, PageRequest.after(0).withSize(1)).lastSequence();
  }

  /** The command line as a process of its own, with the agent's key; it reads what it is given. */
  ProcessBuilder cli(String... arguments) {
    ProcessBuilder builder =
        ServerProcess.java(home, "io.clawlive.cli.Main", arguments).redirectInput(Redirect.PIPE);
    builder.environment().put("CLAWLIVE_SERVER", server.grpc());
    builder.environment().put("CLAWLIVE_TOKEN", key);
    return builder;
  }

  /** A new window of its own, as a visitor's who was never here, on a desktop in daylight. */
  Tab tab() {
    return tab(Look.DESKTOP_LIGHT);
  }

  Tab tab(Look look) {
    return new Tab(chromium.browser(), server.web(), look);
  }

  /** A window on another server, or on this one by another way. */
  Tab tabAt(String web) {
    return new Tab(chromium.browser(), web, Look.DESKTOP_LIGHT);
  }

  @Override
  public void close() throws IOException {
    agent.close();
    person.close();
    chromium.close();
    server.close();
    http.shutdownNow();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
