package io.clawlive.server.testing;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import redis.embedded.RedisServer;

/**
 * A Redis of a test's own, which can be killed, started again at the same place, and made to hang.
 */
public final class TestRedis implements AutoCloseable {
  private final int port;
  private final String password;
  private RedisServer server;

  private TestRedis(int port, String password) {
    this.port = port;
    this.password = password;
    this.server = launch();
  }

  /** Starts an empty Redis that asks for no password. */
  public static TestRedis start() {
    return new TestRedis(freePort(), "");
  }

  /** Starts an empty Redis that asks for this password. */
  public static TestRedis startWithPassword(String password) {
    return new TestRedis(freePort(), password);
  }

  /** A port on which nothing listens. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The setting that points a server at it. */
  public String property() {
    return property(port);
  }

  /** The setting that points a server at a Redis on this port. */
  public static String property(int port) {
    return "clawlive.redis.url=redis://127.0.0.1:" + port;
  }

  /** Ends the process at once; what it held is gone. */
  public void kill() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again at the same place, empty. */
  public void startAgain() {
    server = launch();
  }

  /** Starts an empty Redis on a port that was free a moment ago. */
  public static TestRedis startOn(int port) {
    return new TestRedis(port, "");
  }

  /** Lets the process stand still, its connections open, while something is done. */
  public void whileHanging(Runnable story) {
    String process =
        ask(redis -> redis.info("server").replaceAll("(?s).*process_id:(\\d+).*", "$1"));
    signal("-STOP", process);
    try {
      story.run();
    } finally {
      signal("-CONT", process);
    }
  }

  /** Every key and how many milliseconds it will live, -1 for ever. */
  public TreeMap<String, Long> keys() {
    return ask(redis -> {
      var keys = new TreeMap<String, Long>();
      redis.keys("*").forEach(key -> keys.put(key, redis.pttl(key)));
      return keys;
    });
  }

  /** Makes a user, by the rules as Redis writes them. */
  public void permit(String user, String... rules) {
    ask(redis ->
        redis.dispatch(
            CommandType.ACL,
            new StatusOutput<>(StringCodec.UTF8),
            new CommandArgs<>(StringCodec.UTF8)
                .add("SETUSER")
                .add(user)
                .addValues(List.of(rules))));
  }

  /** How many fields the hash under a key has. */
  public long fields(String key) {
    return ask(redis -> redis.hlen(key));
  }

  private <T> T ask(Function<RedisCommands<String, String>, T> question) {
    var uri = RedisURI.builder().withHost("127.0.0.1").withPort(port);
    if (!password.isEmpty()) {
      uri.withPassword(password.toCharArray());
    }
    try (var client = RedisClient.create(uri.build());
        var connection = client.connect()) {
      return Objects.requireNonNull(question.apply(connection.sync()));
    }
  }

  private static void signal(String signal, String process) {
    try {
      new ProcessBuilder("kill", signal, process).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private RedisServer launch() {
    try {
      var builder =
          RedisServer.newRedisServer()
              .bind("127.0.0.1")
              .port(port)
              .setting("save \"\"")
              .setting("dir " + System.getProperty("java.io.tmpdir"))
              .onShutdownForceStop(true);
      if (!password.isEmpty()) {
        builder.setting("requirepass " + password);
      }
      RedisServer launched = builder.build();
      launched.start();
      return launched;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (server.isActive()) {
      kill();
    }
  }
}
