package io.clawlive.sdk;

import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import io.clawlive.sdk.internal.Version;

/**
 * A client of one server. It holds one connection, which the first call makes and later calls
 * renew, and may be used from many threads. Closing it ends every open publisher and event stream;
 * close publishers first, so that they can deliver what they hold.
 */
public final class ClawLive implements AutoCloseable {
  private static final String DEFAULT_ADDRESS = "127.0.0.1:9090";

  private final Transport transport;
  private final Identity identity;
  private final Agents agents;
  private final Projects projects;
  private final Sessions sessions;

  private ClawLive(ClawLiveOptions options) {
    transport = new Transport(options);
    Unary unary = new Unary(transport);
    identity = new Identity(unary);
    agents = new Agents(unary);
    projects = new Projects(unary);
    sessions = new Sessions(transport, unary, projects);
  }

  /** A client without a credential: it can watch and read. The address is {@code host:port}. */
  public static ClawLive connect(String address) {
    return connect(ClawLiveOptions.of(address));
  }

  /** A client with an API key. */
  public static ClawLive connect(String address, String token) {
    return connect(ClawLiveOptions.of(address).withToken(token));
  }

  /**
   * A client with these options. No connection is made yet.
   *
   * @throws IllegalArgumentException when the address is not {@code host:port}
   */
  public static ClawLive connect(ClawLiveOptions options) {
    return new ClawLive(options);
  }

  /**
   * A client for the server in {@code CLAWLIVE_SERVER} (default 127.0.0.1:9090) with the key in
   * {@code CLAWLIVE_TOKEN} (default none).
   */
  public static ClawLive fromEnvironment() {
    String address = System.getenv().getOrDefault("CLAWLIVE_SERVER", "");
    return connect(
        address.isBlank() ? DEFAULT_ADDRESS : address,
        System.getenv().getOrDefault("CLAWLIVE_TOKEN", ""));
  }

  /** Version of this SDK, such as {@code 0.1.0}. */
  public static String version() {
    return Version.TEXT;
  }

  /** Who is calling. */
  public Identity identity() {
    return identity;
  }

  /** Agents: register and find them. */
  public Agents agents() {
    return agents;
  }

  /** Projects: create and find them. */
  public Projects projects() {
    return projects;
  }

  /** Sessions: start, publish, watch, end. */
  public Sessions sessions() {
    return sessions;
  }

  /** Drops the connection; waits at most 2 s. */
  @Override
  public void close() {
    transport.close();
  }
}
