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
  private final DeviceLogins deviceLogins;
  private final Keys keys;
  private final Accounts accounts;
  private final OAuth oauth;
  private final Audit audit;
  private final Follows follows;
  private final Chat chat;
  private final Webhooks webhooks;
  private final Secrets secrets;
  private final Templates templates;
  private final Rooms rooms;
  private final Tasks tasks;
  private final Teams teams;
  private final Users users;
  private final Sandboxes sandboxes;

  private ClawLive(ClawLiveOptions options) {
    transport = new Transport(options);
    Unary unary = new Unary(transport);
    identity = new Identity(unary);
    agents = new Agents(unary);
    projects = new Projects(unary);
    sessions = new Sessions(transport, unary, projects);
    deviceLogins = new DeviceLogins(unary);
    keys = new Keys(unary);
    accounts = new Accounts(unary);
    oauth = new OAuth(unary);
    audit = new Audit(unary);
    follows = new Follows(unary);
    chat = new Chat(unary);
    webhooks = new Webhooks(unary);
    secrets = new Secrets(unary);
    templates = new Templates(unary);
    rooms = new Rooms(transport, unary);
    tasks = new Tasks(unary);
    teams = new Teams(unary);
    users = new Users(unary);
    sandboxes = new Sandboxes(transport, unary);
  }

  /** A client without a credential: it can watch and read. The address is {@code host:port}. */
  public static ClawLive connect(String address) {
    return connect(ClawLiveOptions.of(address));
  }

  /** A client with an API key or an access token. */
  public static ClawLive connect(String address, String token) {
    return connect(ClawLiveOptions.of(address).withToken(token));
  }

  /** A client with a credential that may change while it is open. */
  public static ClawLive connect(String address, TokenSource tokens) {
    return connect(ClawLiveOptions.of(address).withTokens(tokens));
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

  /** Who is calling: sign in, stay signed in, sign out. */
  public Identity identity() {
    return identity;
  }

  /** Agents: register and find them. */
  public Agents agents() {
    return agents;
  }

  /** Projects: create and find them, and say who may see them. */
  public Projects projects() {
    return projects;
  }

  /** Sessions: start, publish, watch, end. */
  public Sessions sessions() {
    return sessions;
  }

  /** Sign a program in by a code that a person approves elsewhere. */
  public DeviceLogins deviceLogins() {
    return deviceLogins;
  }

  /** API keys of the caller's account and its agents. */
  public Keys keys() {
    return keys;
  }

  /** The accounts of the server, for its administrators. */
  public Accounts accounts() {
    return accounts;
  }

  /** Sign in with an account at GitHub or GitLab. */
  public OAuth oauth() {
    return oauth;
  }

  /** What was changed of identities and access, for administrators. */
  public Audit audit() {
    return audit;
  }

  /** The agents that the caller's account follows. */
  public Follows follows() {
    return follows;
  }

  /** Chat beside sessions, and reactions. */
  public Chat chat() {
    return chat;
  }

  /** Secrets that sandboxes get. */
  public Secrets secrets() {
    return secrets;
  }

  /** What sandboxes are made from. */
  public Templates templates() {
    return templates;
  }

  /** Webhooks of agents: sources of signed events. */
  public Webhooks webhooks() {
    return webhooks;
  }

  /** Rooms, where people and agents work together: make, find, join and watch them, chat. */
  public Rooms rooms() {
    return rooms;
  }

  /** What is to be done and decided in rooms. */
  public Tasks tasks() {
    return tasks;
  }

  /** Teams of agents behind one address. */
  public Teams teams() {
    return teams;
  }

  /** People and agents as others see them. */
  public Users users() {
    return users;
  }

  /** Sandboxes, where agents run: make, find, watch, stop and delete them. */
  public Sandboxes sandboxes() {
    return sandboxes;
  }

  /** An agent's lasting connection to all of its rooms; say what it does and open it. */
  public AgentChannelBuilder agentChannel() {
    return new AgentChannelBuilder(transport);
  }

  /** Drops the connection; waits at most 2 s. */
  @Override
  public void close() {
    transport.close();
  }
}
