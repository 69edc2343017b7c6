package io.clawlive.server.sandbox.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The way to the engine: so many calls at once, each with a deadline, and every failure in one
 * form. Streams have connections of their own, so that open ones keep no call waiting.
 */
final class Engine implements AutoCloseable {
  /** What we were written against; an older engine is spoken to in its own version. */
  private static final RemoteApiVersion NEWEST = RemoteApiVersion.create(1, 44);

  private final DockerSettings settings;
  private final Semaphore free;
  private final ZerodepDockerHttpClient controlHttp;
  private final ZerodepDockerHttpClient streamHttp;
  private volatile @Nullable Clients clients;

  private record Clients(DockerClient control, DockerClient streams, RemoteApiVersion version) {}

  Engine(DockerSettings settings) {
    this.settings = settings;
    this.free = new Semaphore(settings.calls(), true);
    this.controlHttp = http(settings, settings.calls() + 4);
    this.streamHttp = http(settings, 4096);
  }

  /** One call to the engine. */
  interface Call<T> {
    T to(DockerClient client) throws IOException;
  }

  /** Makes a call within the usual deadline. */
  <T> T call(Call<T> call) {
    return call(settings.deadline(), call);
  }

  <T> T call(Duration deadline, Call<T> call) {
    long end = System.nanoTime() + deadline.toNanos();
    try {
      if (!free.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        throw late(null);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      return within(Duration.ofNanos(end - System.nanoTime()), () -> call.to(clients().control()));
    } finally {
      free.release();
    }
  }

  /** Begins something that streams; only the beginning has a deadline. */
  <T> T stream(Call<T> call) {
    return within(settings.deadline(), () -> call.to(clients().streams()));
  }

  /** Sends something as long as it takes; it fails when the engine goes away. */
  <T> T upload(Call<T> call) {
    try {
      return call.to(clients().streams());
    } catch (IOException | RuntimeException e) {
      throw refusal(e);
    }
  }

  /** Opens a stream in both directions. */
  EngineSocket socket(String path, String json) {
    return within(
        settings.deadline(),
        () ->
            EngineSocket.open(
                settings.host(), "/v" + clients().version().getVersion() + path, json));
  }

  /** Reads what the library has no call for. */
  byte[] get(String path) {
    return call(client -> {
      DockerHttpClient.Request request =
          DockerHttpClient.Request.builder()
              .method(DockerHttpClient.Request.Method.GET)
              .path("/v" + clients().version().getVersion() + path)
              .build();
      try (DockerHttpClient.Response response = controlHttp.execute(request)) {
        byte[] body = response.getBody().readAllBytes();
        if (response.getStatusCode() != 200) {
          throw new EngineSocket.Refused(
              response.getStatusCode(), new String(body, StandardCharsets.UTF_8));
        }
        return body;
      }
    });
  }

  private Clients clients() {
    Clients known = clients;
    if (known != null) {
      return known;
    }
    DockerClient any = DockerClientImpl.getInstance(config(null), controlHttp);
    RemoteApiVersion theirs = RemoteApiVersion.parseConfig(any.versionCmd().exec().getApiVersion());
    RemoteApiVersion version = theirs.isGreater(NEWEST) ? NEWEST : theirs;
    Clients made =
        new Clients(
            DockerClientImpl.getInstance(config(version), controlHttp),
            DockerClientImpl.getInstance(config(version), streamHttp),
            version);
    clients = made;
    return made;
  }

  private DefaultDockerClientConfig config(@Nullable RemoteApiVersion version) {
    var builder =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(settings.host().toString())
            .withDockerTlsVerify(false);
    return (version == null ? builder : builder.withApiVersion(version)).build();
  }

  private static ZerodepDockerHttpClient http(DockerSettings settings, int connections) {
    return new ZerodepDockerHttpClient.Builder()
        .dockerHost(settings.host())
        .maxConnections(connections)
        .connectionTimeout(settings.deadline())
        .build();
  }

  /** On a thread of its own, because nothing else ends a call that the engine does not answer. */
  private <T> T within(Duration deadline, Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().name("engine-call").start(task);
    try {
      return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw late(e);
    } catch (InterruptedException e) {
      task.cancel(true);
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw refusal(e.getCause());
    }
  }

  private RuntimeRefusal late(@Nullable Exception cause) {
    String message = "The container engine did not answer within " + settings.deadline() + ".";
    return cause == null
        ? new RuntimeRefusal(Kind.UNAVAILABLE, message)
        : new RuntimeRefusal(Kind.UNAVAILABLE, message, cause);
  }

  private static RuntimeRefusal interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RuntimeRefusal(Kind.UNAVAILABLE, "The call to the engine was interrupted.", e);
  }

  private static RuntimeRefusal refusal(Throwable thrown) {
    if (thrown instanceof RuntimeRefusal refusal) {
      return refusal;
    }
    if (thrown instanceof EngineSocket.Refused refused) {
      return new RuntimeRefusal(
          kind(refused.status(), refused.getMessage()), text(refused.getMessage()), refused);
    }
    if (thrown instanceof DockerException answer) {
      return new RuntimeRefusal(
          kind(answer.getHttpStatus(), answer.getMessage()), text(answer.getMessage()), answer);
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof IOException) {
        return new RuntimeRefusal(
            Kind.UNAVAILABLE, "The container engine cannot be reached: " + t.getMessage(), thrown);
      }
    }
    return new RuntimeRefusal(Kind.FAILED, "The call to the engine failed: " + thrown, thrown);
  }

  /** What an answer of the engine means; its text tells more than its status. */
  private static Kind kind(int status, @Nullable String message) {
    String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
    if (text.contains("port is already allocated") || text.contains("address already in use")) {
      return Kind.PORT_TAKEN;
    }
    if (text.contains("no space left on device") || text.contains("disk quota exceeded")) {
      return Kind.DISK_FULL;
    }
    if (text.contains("no such image")) {
      return Kind.IMAGE_MISSING;
    }
    if (text.contains("no such container:") || text.contains("no such exec")) {
      return Kind.NOT_FOUND;
    }
    if (text.contains("not a directory")
        || text.contains("could not find the file")
        || text.contains("no such file or directory")
        || text.contains("rootfs is marked read-only")
        || text.contains("executable file not found")) {
      return Kind.NOT_USABLE;
    }
    return switch (status) {
      case 404 -> Kind.NOT_FOUND;
      case 304, 409 -> Kind.WRONG_PHASE;
      default -> Kind.FAILED;
    };
  }

  private static String text(@Nullable String message) {
    String text = message == null ? "" : message.strip();
    return "The container engine refused: " + text.substring(0, Math.min(text.length(), 500));
  }

  @Override
  public void close() {
    closeQuietly(controlHttp);
    closeQuietly(streamHttp);
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // What does not close is of no use to anybody either.
    }
  }
}
