package io.clawlive.bench.target;

import io.clawlive.sdk.ClawLive;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server process that takes calls. Closing it stops it in good order. */
public final class RunningServer implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready grpc=(\\S+) http=(\\S+) data=(.*)");
  private static final Pattern TOKEN = Pattern.compile("(?m)^token = \"([^\"]*)\"$");
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final String address;
  private final URI web;
  private final Path home;
  private final Duration startUp;

  private RunningServer(Process process, MatchResult ready, Path home, Duration startUp) {
    this.process = process;
    this.address = ready.group(1);
    this.web = URI.create(ready.group(2));
    this.home = home;
    this.startUp = startUp;
  }

  /** Starts a server and waits for its readiness line. */
  static RunningServer start(ProcessBuilder command, Path home)
      throws IOException, InterruptedException {
    Path log = home.resolve("server.log");
    command.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long begin = System.nanoTime();
    Process process = command.start();
    var ready = new CompletableFuture<MatchResult>();
    Thread.ofPlatform().daemon().name("server-output").start(() -> readOutput(process, ready));
    try {
      MatchResult line = ready.get(START_SECONDS, TimeUnit.SECONDS);
      return new RunningServer(process, line, home, Duration.ofNanos(System.nanoTime() - begin));
    } catch (ExecutionException | TimeoutException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      kill(process);
      throw new IOException(
          "the server did not become ready; what it said is in " + log + ": " + tail(log), e);
    }
  }

  private static void readOutput(Process process, CompletableFuture<MatchResult> ready) {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          ready.complete(matcher.toMatchResult());
        }
      }
      ready.completeExceptionally(new IOException("it ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  private static String tail(Path log) {
    try {
      String text = Files.readString(log);
      return text.substring(Math.max(0, text.length() - 600));
    } catch (IOException e) {
      return "";
    }
  }

  /** Where it takes calls, {@code host:port}. */
  public String address() {
    return address;
  }

  /** Its web door, such as {@code http://127.0.0.1:8080}. */
  public URI web() {
    return web;
  }

  /** From the start of the command to the readiness line. */
  public Duration startUp() {
    return startUp;
  }

  /** The server's own process. */
  public JvmProcess jvm() {
    return JvmProcess.of(process);
  }

  /** The local administrator's credential. */
  public String token() throws IOException {
    Matcher token = TOKEN.matcher(Files.readString(home.resolve("local-server.toml")));
    if (!token.find()) {
      throw new IOException("local-server.toml holds no token");
    }
    return token.group(1);
  }

  /** An agent of its own with a project. */
  public Account account() throws IOException {
    String name = "bench-" + UUID.randomUUID().toString().substring(0, 8);
    try (ClawLive admin = ClawLive.connect(address, token())) {
      var registered = admin.agents().register(name);
      String project = admin.projects().create(name, "load").getProjectId();
      return new Account(address, registered.getApiKey(), project);
    }
  }

  /** Kills the process as a power cut would, as far as a process can tell. */
  public void kill() throws InterruptedException {
    kill(process);
  }

  private static void kill(Process process) throws InterruptedException {
    JvmProcess.of(process).handle().destroyForcibly();
    process.destroyForcibly();
    process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    JvmProcess.of(process).handle().destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill(process);
    }
  }
}
