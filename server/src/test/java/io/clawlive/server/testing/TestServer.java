package io.clawlive.server.testing;

import io.clawlive.server.identity.keys.LocalAdmin;
import io.clawlive.server.identity.logins.SigningKeys;
import io.clawlive.server.platform.postgres.PostgresSource;
import io.clawlive.server.platform.web.WebDoor;
import io.clawlive.server.streams.StreamsDrain;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A whole server in this JVM: its own database, its real beans, its doors on free ports, a channel
 * to knock with.
 */
public final class TestServer implements AutoCloseable {
  /** The transport reports on the console what tests do to it on purpose. */
  private static final Logger TRANSPORT = Logger.getLogger("io.grpc");

  static {
    TRANSPORT.setLevel(Level.OFF);
  }

  private final TestDatabase database;
  private final ApplicationContext context;
  private final int port;
  private final URI web;
  private final ManagedChannel channel;
  private final String adminKey;

  private TestServer(TestDatabase database, ApplicationContext context, String adminKey) {
    this.database = database;
    this.context = context;
    this.adminKey = adminKey;
    var meters = (CompositeMeterRegistry) context.getBean(MeterRegistry.class);
    meters.add(new SimpleMeterRegistry());
    this.port = context.getBean(GrpcEmbeddedServer.class).start().getPort();
    this.web = context.getBean(WebDoor.class).open();
    this.channel = channelOf(64 << 10);
  }

  /**
   * Starts a server on a database of its own.
   *
   * @param properties settings that differ from the defaults, each {@code name=value}
   */
  public static TestServer start(String... properties) {
    return startOn(TestDatabase.create(), properties);
  }

  /** Starts a server on this database. */
  public static TestServer startOn(TestDatabase database, String... properties) {
    ApplicationContext context = context(database, properties);
    return new TestServer(database, context, context.getBean(LocalAdmin.class).renewKey());
  }

  /** Starts a second server on the same database. */
  public TestServer sibling(String... properties) {
    return new TestServer(database, context(database, properties), adminKey);
  }

  private static ApplicationContext context(TestDatabase database, String... properties) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("grpc.server.host", "127.0.0.1");
    settings.put("grpc.server.port", 0);
    settings.put("micronaut.server.host", "127.0.0.1");
    settings.put("micronaut.server.port", 0);
    // Cheap to compute: what tests guard with passwords is worth nothing.
    settings.put("clawlive.identity.passwords.memory-kib", 64);
    settings.put("clawlive.identity.passwords.iterations", 1);
    settings.put("clawlive.secrets.file", database.keyset().toString());
    for (String property : properties) {
      String[] parts = property.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    ApplicationContext started =
        ApplicationContext.builder()
            .properties(settings)
            .singletons(PostgresSource.outside(database.urlWithUser(), database.password()))
            .banner(false)
            .deduceEnvironment(false)
            .start();
    try {
      started.getBean(SigningKeys.class).open();
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** A channel of the caller's own; whoever asks for it shuts it down. */
  public ManagedChannel channelOf(int windowBytes) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .flowControlWindow(windowBytes)
        .maxInboundMessageSize(8 << 20)
        .build();
  }

  /** The address of the web door. */
  public URI web() {
    return web;
  }

  /** The database, for what no RPC does. */
  public TestDatabase database() {
    return database;
  }

  /** A bean of the server. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** The value of a counter of the server, all its tags together. */
  public double counted(String name) {
    return context.getBean(MeterRegistry.class).find(name).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  /** A caller without a credential. */
  public Client nobody() {
    return new Client(channel, null);
  }

  /** The administrator of this server's machine. */
  public Client admin() {
    return as(adminKey);
  }

  /** The administrator, calling over another channel than the gRPC door's. */
  public Client adminOver(Channel other) {
    return new Client(other, adminKey);
  }

  /** Whoever holds this key. */
  public Client as(String key) {
    return new Client(channel, key);
  }

  /** Makes an account with this name and signs it in. */
  public Person person(String name) {
    return Person.create(this, name);
  }

  /** Registers an agent with this handle, and a project "work" of it. */
  public Worker worker(String handle) {
    return Worker.register(this, admin(), handle);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    context.getBean(StreamsDrain.class).drain();
    context.close();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
