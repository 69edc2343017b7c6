package io.clawlive.server.sandbox.teams;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.ChatServiceGrpc;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.SendRoomMessageResponse;
import io.clawlive.server.platform.grpc.InnerCalls;
import io.clawlive.server.sandbox.teams.TeamFile.Place;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says it in the room that the team's file names, by the room's own RPC and with the caller's own
 * credential: who may speak there, how often and to whom is the room's to decide.
 */
@Singleton
final class RoomDelivery implements TeamDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(RoomDelivery.class);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ROOMS_LONGEST = 4_000;

  private final InnerCalls calls;

  RoomDelivery(InnerCalls calls) {
    this.calls = calls;
  }

  @Override
  public Outcome deliver(Place place, String handle, String text, String requestId) {
    if (place.room().isEmpty()) {
      return notDelivered(place, "The team's file names no room for '%s'.".formatted(place.key()));
    }
    String said = "@" + handle + " " + text;
    if (said.codePointCount(0, said.length()) > ROOMS_LONGEST) {
      return notDelivered(
          place,
          "With @%s before it the message is longer than the %,d characters of a room's message."
              .formatted(handle, ROOMS_LONGEST));
    }
    try {
      SendRoomMessageResponse sent =
          calls.call(
              ChatServiceGrpc.getSendRoomMessageMethod(),
              SendRoomMessageRequest.newBuilder()
                  .setRoomId(place.room())
                  .setMessage(said)
                  .setRequestId(requestId)
                  .build(),
              PATIENCE);
      return new Delivered(place.room(), sent.getSequence());
    } catch (StatusRuntimeException e) {
      return refused(place, e);
    }
  }

  private static NotDelivered notDelivered(Place place, String reason) {
    return new NotDelivered(place.room(), reason, ErrorReason.ERROR_REASON_UNSPECIFIED);
  }

  private static NotDelivered refused(Place place, StatusRuntimeException answer) {
    var status = StatusProto.fromThrowable(answer);
    if (status == null || status.getDetailsCount() == 0) {
      LOG.warn("a room did not answer: {}", answer.getStatus().getCode());
      return notDelivered(
          place, "The room did not answer in time; whether it was said is unknown.");
    }
    ErrorReason reason =
        status.getDetailsList().stream()
            .filter(detail -> detail.is(ErrorInfo.class))
            .map(detail -> {
              try {
                return "ERROR_REASON_" + detail.unpack(ErrorInfo.class).getReason();
              } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
              }
            })
            .flatMap(name ->
                Arrays.stream(ErrorReason.values()).filter(known -> known.name().equals(name)))
            .findFirst()
            .orElse(ErrorReason.ERROR_REASON_UNSPECIFIED);
    return new NotDelivered(place.room(), status.getMessage(), reason);
  }
}
