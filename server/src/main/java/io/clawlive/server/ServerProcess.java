package io.clawlive.server;

import io.clawlive.server.identity.keys.LocalAdmin;
import io.clawlive.server.identity.logins.SigningKeys;
import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.platform.observability.Health;
import io.clawlive.server.platform.postgres.PostgresSource;
import io.clawlive.server.platform.redis.RedisAddress;
import io.clawlive.server.platform.web.WebDoor;
import io.clawlive.server.streams.StreamsDrain;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server from start to stop: PostgreSQL beside the application context, then the two doors,
 * then the readiness line; on the way down the open streams first and PostgreSQL last.
 */
final class ServerProcess {
  private final ServeCommand options;
  private final Home home;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable PostgresSource postgres;
  private @Nullable ApplicationContext context;

  ServerProcess(ServeCommand options, Home home) {
    this.options = options;
    this.home = home;
  }

  /** Runs until the process is told to stop. */
  int run() {
    var hook = new Thread(this::stop, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      start();
      stopped.await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (RuntimeException e) {
      stop();
      throw told(e);
    }
  }

  private void start() {
    if (options.redisUrl != null) {
      RedisAddress.of(options.redisUrl);
    }
    Map<String, Object> web = WebSettings.of(options);
    Path data = options.data == null ? home.defaultData() : options.data.toAbsolutePath();
    PostgresSource source =
        options.postgresUrl == null
            ? PostgresSource.embedded(data)
            : PostgresSource.outside(
                options.postgresUrl, System.getenv("CLAWLIVE_POSTGRES_PASSWORD"));
    postgres = source;
    Map<String, Object> properties = new HashMap<>(web);
    properties.put("grpc.server.host", options.bind);
    properties.put("grpc.server.port", options.grpcPort);
    if (options.redisUrl != null) {
      properties.put("clawlive.redis.url", options.redisUrl);
    }
    properties.put("clawlive.home", home.directory().toString());
    properties.put("clawlive.secrets.file", home.secretKeys().toString());
    if (System.getenv("CLAWLIVE_TEMPLATES_FOLDER") == null) {
      properties.put("clawlive.templates.folder", home.templates().toString());
    }
    properties.put("clawlive.sandbox.folder", home.sandboxes().toString());
    ApplicationContext started =
        ApplicationContext.builder()
            .properties(properties)
            .singletons(source)
            .banner(false)
            .deduceEnvironment(false)
            .start();
    context = started;
    source.requireSupported();
    started.getBean(SigningKeys.class).open();
    String token = localToken(started.getBean(LocalAdmin.class));
    GrpcEmbeddedServer door = started.getBean(GrpcEmbeddedServer.class);
    open(door::start, options.grpcPort, "--grpc-port");
    String address = options.bind + ":" + door.getPort();
    URI pages = open(started.getBean(WebDoor.class)::open, options.httpPort, "--http-port");
    try {
      home.writeLocalServer(address, pages, token);
    } catch (IOException e) {
      throw new StartException(
          home.directory() + " cannot be written (" + e.getMessage() + "); set CLAWLIVE_HOME.");
    }
    System.out.println("ready grpc=" + address + " http=" + pages + " data=" + source.describe());
    System.out.flush();
  }

  /** Opens a door, and says which one it is that finds its port taken. */
  private <T> T open(Supplier<T> door, int port, String option) {
    try {
      return door.get();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (isTaken(cause)) {
          throw new StartException(
              "the port %d on %s is taken; stop the other program or choose one with %s."
                  .formatted(port, options.bind, option));
        }
      }
      throw e;
    }
  }

  /** Linux's own way to wait for sockets has an exception of its own, told by its words alone. */
  private static boolean isTaken(Throwable cause) {
    return cause instanceof BindException
        || cause instanceof IOException
            && String.valueOf(cause.getMessage()).contains("Address already in use");
  }

  /** The key of the last start, as long as it works, so that open terminals keep their access. */
  private String localToken(LocalAdmin admin) {
    return home.localToken().filter(admin::holds).orElseGet(admin::renewKey);
  }

  private synchronized void stop() {
    ApplicationContext running = context;
    context = null;
    if (running != null) {
      running.findBean(Health.class).ifPresent(Health::stopping);
      running.findBean(StreamsDrain.class).ifPresent(StreamsDrain::drain);
      running.close();
    }
    PostgresSource source = postgres;
    postgres = null;
    if (source != null) {
      source.close();
    }
    stopped.countDown();
  }

  /** What a failed start says: one sentence where the cause is known. */
  private RuntimeException told(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartException told) {
        return told;
      }
      if (cause instanceof NotUsableException told) {
        return new StartException(String.valueOf(told.getMessage()));
      }
    }
    return failure;
  }
}
