package io.clawlive.server.rooms.channel;

import com.google.protobuf.Duration;
import io.clawlive.rooms.v1.AgentChannelServiceGrpc;
import io.clawlive.rooms.v1.ChannelChat;
import io.clawlive.rooms.v1.ChannelDone;
import io.clawlive.rooms.v1.ChannelRefusal;
import io.clawlive.rooms.v1.ChannelResult;
import io.clawlive.rooms.v1.ChannelStatus;
import io.clawlive.rooms.v1.ChatServiceGrpc;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.ConnectRequest.MessageCase;
import io.clawlive.rooms.v1.ConnectResponse;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.rooms.v1.RoomServiceGrpc;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.TaskServiceGrpc;
import io.clawlive.server.identity.Caller.AgentCaller;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.ErrorAnswers;
import io.clawlive.server.platform.grpc.Rates;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.AgentDeeds;
import io.grpc.MethodDescriptor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Carries out what an agent asks for, and says what became of it. */
@Singleton
final class ChannelRequests {
  private static final String METHOD =
      AgentChannelServiceGrpc.getConnectMethod().getFullMethodName();

  private final AgentDeeds deeds;
  private final Rates rates;
  private final ErrorAnswers errors;
  private final Map<MessageCase, Counter> counters = new EnumMap<>(MessageCase.class);

  ChannelRequests(AgentDeeds deeds, Rates rates, ErrorAnswers errors, MeterRegistry registry) {
    this.deeds = deeds;
    this.rates = rates;
    this.errors = errors;
    for (MessageCase kind : MessageCase.values()) {
      counters.put(
          kind,
          Counter.builder("clawlive.agent.channel.requests")
              .description("Messages of agents on their channels, by kind.")
              .tag("kind", kind.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  void count(MessageCase kind) {
    counters.get(kind).increment();
  }

  /**
   * Does what a request says.
   *
   * @param rooms where the agent is, for what it says of itself everywhere
   * @return the answer; null where there is nothing to say
   */
  CompletableFuture<@Nullable ConnectResponse> carryOut(
      ConnectRequest request, AgentCaller agent, Collection<UUID> rooms) {
    CompletableFuture<ChannelResult.Builder> done;
    try {
      requireNamed(request);
      rates.countAs(method(request.getMessageCase()), agent.agentId().toString());
      done = deed(request, agent, rooms);
    } catch (RuntimeException e) {
      done = CompletableFuture.failedFuture(e);
    }
    return done.handle((result, failure) -> answer(request, result, failure));
  }

  private CompletableFuture<ChannelResult.Builder> deed(
      ConnectRequest request, AgentCaller agent, Collection<UUID> rooms) {
    String id = request.getRequestId();
    return switch (request.getMessageCase()) {
      case CHAT ->
          deeds.say(message(request.getChat(), id), agent).thenApply(result()::setSequence);
      case STATUS -> now(status(request.getStatus(), agent, rooms));
      case JOIN -> {
        deeds.join(request.getJoin(), agent);
        yield now(done());
      }
      case LEAVE -> {
        deeds.leave(UUID.fromString(request.getLeave().getRoomId()), agent);
        yield now(done());
      }
      case CLAIM -> now(result().setTask(deeds.claim(request.getClaim(), agent)));
      case MOVE -> now(result().setTask(deeds.move(request.getMove(), agent)));
      case WORK -> now(result().setTask(deeds.submit(request.getWork(), agent)));
      case PROGRESS ->
          deeds.report(request.getProgress(), id, agent).thenApply(result()::setSequence);
      case APPROVAL -> now(result().setApproval(deeds.ask(approval(request), agent)));
      case HELLO, ACKNOWLEDGEMENT, HEARTBEAT, GOODBYE, MESSAGE_NOT_SET ->
          throw new IllegalStateException("a channel asks nobody to do this");
    };
  }

  /** The RPC that does the same, whose rates count here too. */
  private static MethodDescriptor<?, ?> method(MessageCase kind) {
    return switch (kind) {
      case CHAT -> ChatServiceGrpc.getSendRoomMessageMethod();
      case STATUS -> RoomServiceGrpc.getHeartbeatMethod();
      case JOIN -> RoomServiceGrpc.getJoinRoomMethod();
      case LEAVE -> RoomServiceGrpc.getLeaveRoomMethod();
      case CLAIM -> TaskServiceGrpc.getClaimTaskMethod();
      case MOVE -> TaskServiceGrpc.getMoveTaskMethod();
      case WORK -> TaskServiceGrpc.getSubmitWorkMethod();
      case PROGRESS -> TaskServiceGrpc.getReportProgressMethod();
      case APPROVAL -> TaskServiceGrpc.getRequestApprovalMethod();
      case HELLO, ACKNOWLEDGEMENT, HEARTBEAT, GOODBYE, MESSAGE_NOT_SET ->
          throw new IllegalStateException("a channel asks nobody to do this");
    };
  }

  private static ChannelResult.Builder result() {
    return ChannelResult.newBuilder();
  }

  private static ChannelResult.Builder done() {
    return result().setDone(ChannelDone.getDefaultInstance());
  }

  private static CompletableFuture<ChannelResult.Builder> now(ChannelResult.Builder result) {
    return CompletableFuture.completedFuture(result);
  }

  private static SendRoomMessageRequest message(ChannelChat chat, String requestId) {
    return SendRoomMessageRequest.newBuilder()
        .setRoomId(chat.getRoomId())
        .setMessage(chat.getMessage())
        .setVisibility(chat.getVisibility())
        .addAllRecipients(chat.getRecipientsList())
        .setThread(chat.getThread())
        .setRequestId(requestId)
        .build();
  }

  /** The request's own name, where it brings one, is what the question is known by elsewhere. */
  private static RequestApprovalRequest approval(ConnectRequest request) {
    RequestApprovalRequest asked = request.getApproval();
    return asked.getRequestId().isEmpty()
        ? asked.toBuilder().setRequestId(request.getRequestId()).build()
        : asked;
  }

  private ChannelResult.Builder status(
      ChannelStatus status, AgentCaller agent, Collection<UUID> rooms) {
    if (status.getRoomId().isEmpty()) {
      rooms.forEach(room -> deeds.doing(room, status.getActivity(), status.getNote(), agent));
    } else {
      deeds.doing(
          Ids.parse(status.getRoomId())
              .orElseThrow(
                  () -> Refusal.invalidField("status.room_id: no id of a room.", "status.room_id")),
          status.getActivity(),
          status.getNote(),
          agent);
    }
    return done();
  }

  /** What is not the same when it is done twice has a name by which it is known. */
  private static void requireNamed(ConnectRequest request) {
    boolean needed =
        switch (request.getMessageCase()) {
          case CHAT, CLAIM, MOVE, WORK, PROGRESS, APPROVAL -> true;
          case HELLO, STATUS, ACKNOWLEDGEMENT, JOIN, LEAVE, HEARTBEAT, GOODBYE, MESSAGE_NOT_SET ->
              false;
        };
    if (needed && request.getRequestId().isEmpty()) {
      throw Refusal.invalidField("request_id: required for what is answered.", "request_id");
    }
  }

  private @Nullable ConnectResponse answer(
      ConnectRequest request, ChannelResult.@Nullable Builder result, @Nullable Throwable failure) {
    ChannelResult.Builder answer;
    if (result == null) {
      answer = result().setRefusal(refusal(request, failure));
    } else if (request.getRequestId().isEmpty()) {
      // Nobody waits for it, and it went well.
      return null;
    } else {
      answer = result;
    }
    return ConnectResponse.newBuilder()
        .setResult(answer.setRequestId(request.getRequestId()))
        .build();
  }

  private ChannelRefusal refusal(ConnectRequest request, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    Refusal refusal =
        errors.refused(
            cause instanceof RuntimeException known ? known : new IllegalStateException(cause),
            METHOD + " " + request.getMessageCase());
    var told =
        ChannelRefusal.newBuilder()
            .setReason(refusal.reason())
            .setMessage(refusal.getMessage())
            .putAllMetadata(errors.info(refusal).getMetadataMap());
    if (refusal.retryAfter() != null) {
      told.setRetryAfter(duration(refusal.retryAfter()));
    }
    return told.build();
  }

  static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
