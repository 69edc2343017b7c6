package io.clawlive.bench.rooms;

import io.clawlive.bench.target.RunningServer;
import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.rooms.v1.CreateRoomResponse;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.RoomServiceGrpc;
import io.clawlive.rooms.v1.RoomServiceGrpc.RoomServiceBlockingStub;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.RoomSettings;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Registers agents and seats them in rooms of twenty, each of which one of them made. */
final class Seats {
  /** Agents in a room. */
  static final int PER_ROOM = 20;

  /** An account may have 1,000 keys that work, and one is its own. */
  private static final int AGENTS_OF_AN_ACCOUNT = 500;

  private static final int AT_ONCE = 8;
  private static final int MESSAGES_PER_MINUTE = 100_000;
  private static final String PASSWORD = "correct horse battery";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private Seats() {}

  /**
   * Makes so many agents and their rooms.
   *
   * @return the seats, so that neighbours in the list sit in different rooms
   */
  static List<Seat> prepare(RunningServer server, int agents) throws Exception {
    ManagedChannel channel = NettyChannelBuilder.forTarget(server.address()).usePlaintext().build();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<String> keys = register(server, agents, threads);
      int rooms = agents / PER_ROOM;
      RoomServiceBlockingStub stub = RoomServiceGrpc.newBlockingStub(channel);
      List<Seat> hosts = all(threads, rooms, i -> host(i, keys.get(i), stub));
      List<Seat> seats = new ArrayList<>(hosts);
      seats.addAll(
          all(threads, agents - rooms, i -> join(hosts.get(i % rooms), keys.get(rooms + i), stub)));
      return seats;
    } finally {
      channel.shutdownNow();
    }
  }

  private static List<String> register(RunningServer server, int agents, ExecutorService threads)
      throws Exception {
    var keys = new ArrayList<String>();
    for (int i = 0; i * AGENTS_OF_AN_ACCOUNT < agents; i++) {
      String owner = "talkers-" + i;
      int count = Math.min(AGENTS_OF_AN_ACCOUNT, agents - keys.size());
      try (ClawLive client = ClawLive.connect(server.address(), token(server, owner))) {
        keys.addAll(
            all(threads, count, n -> client.agents().register(owner + "-" + n).getApiKey()));
      }
    }
    return keys;
  }

  /** Makes an account and signs it in. */
  private static String token(RunningServer server, String name) throws Exception {
    try (ClawLive admin = ClawLive.connect(server.address(), server.token())) {
      admin
          .accounts()
          .create(CreateAccountRequest.newBuilder().setName(name).setPassword(PASSWORD).build());
      return admin.identity().login(name, PASSWORD, "bench").getAccessToken();
    }
  }

  private static Seat host(int number, String key, RoomServiceBlockingStub stub) {
    CreateRoomResponse made =
        as(key, stub)
            .createRoom(
                CreateRoomRequest.newBuilder()
                    .setName("Room " + number)
                    .setActive(true)
                    .setSettings(
                        RoomSettings.newBuilder()
                            .setMaxMembers(PER_ROOM)
                            .setMessagesPerMinute(MESSAGES_PER_MINUTE))
                    .build());
    return new Seat(made.getRoom().getRoomId(), key, new MessageSet());
  }

  private static Seat join(Seat host, String key, RoomServiceBlockingStub stub) {
    as(key, stub).joinRoom(JoinRoomRequest.newBuilder().setRoomId(host.roomId()).build());
    return new Seat(host.roomId(), key, host.said());
  }

  private static RoomServiceBlockingStub as(String key, RoomServiceBlockingStub stub) {
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credential(key)));
  }

  /** Headers that say who calls. */
  static Metadata credential(String key) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + key);
    return headers;
  }

  private interface Step<T> {
    T at(int number) throws Exception;
  }

  /** Does something this often, several at once, and gives what came of each in order. */
  private static <T> List<T> all(ExecutorService threads, int count, Step<T> step)
      throws Exception {
    List<Callable<T>> steps =
        IntStream.range(0, count).mapToObj(i -> (Callable<T>) () -> step.at(i)).toList();
    var results = new ArrayList<T>();
    for (Future<T> one : threads.invokeAll(steps)) {
      results.add(one.get());
    }
    return results;
  }
}
