package io.clawlive.bench.rooms;

import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.StreamServiceGrpc;
import io.clawlive.streams.v1.WatchRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the log of some rooms through the front door. */
final class StoredChat {
  private static final int ROOMS = 5;

  /**
   * What was found.
   *
   * @param rooms rooms that were read
   * @param acknowledged messages of which it was said that they are stored
   * @param apart rooms whose log holds others than these
   */
  record Found(int rooms, long acknowledged, int apart) {}

  private StoredChat() {}

  /** Compares the logs of a few rooms with what was acknowledged there. */
  static Found compare(String address, List<Seat> seats) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      Set<String> seen = new HashSet<>();
      long acknowledged = 0;
      int apart = 0;
      for (Seat seat : seats) {
        if (seen.size() < ROOMS && seen.add(seat.roomId())) {
          acknowledged += seat.said().count();
          apart += read(channel, seat).sameAs(seat.said()) ? 0 : 1;
        }
      }
      return new Found(seen.size(), acknowledged, apart);
    } finally {
      channel.shutdownNow();
    }
  }

  private static MessageSet read(ManagedChannel channel, Seat seat) {
    var stored = new MessageSet();
    var events =
        StreamServiceGrpc.newBlockingStub(channel)
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(Seats.credential(seat.apiKey())))
            .watch(
                WatchRequest.newBuilder()
                    .setStreamId(seat.roomId())
                    .setAfterSequence(0)
                    .addKinds("chat")
                    .setStopWhenCaughtUp(true)
                    .build());
    events.forEachRemaining(answer ->
        answer.getEventsList().stream().mapToLong(Event::getSequence).forEach(stored::add));
    return stored;
  }
}
