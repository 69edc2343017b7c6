package io.clawlive.server.live;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.clawlive.live.v1.EndSessionRequest;
import io.clawlive.live.v1.EndSessionResponse;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.live.v1.GetSessionResponse;
import io.clawlive.live.v1.HeartbeatRequest;
import io.clawlive.live.v1.HeartbeatResponse;
import io.clawlive.live.v1.ListArtifactsRequest;
import io.clawlive.live.v1.ListArtifactsResponse;
import io.clawlive.live.v1.ListLiveFeedRequest;
import io.clawlive.live.v1.ListLiveFeedResponse;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.ListSessionsResponse;
import io.clawlive.live.v1.PauseSessionRequest;
import io.clawlive.live.v1.PauseSessionResponse;
import io.clawlive.live.v1.ReplayRequest;
import io.clawlive.live.v1.ReplayResponse;
import io.clawlive.live.v1.ResumeSessionRequest;
import io.clawlive.live.v1.ResumeSessionResponse;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.SessionServiceGrpc;
import io.clawlive.live.v1.SessionStatus;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.live.v1.StartSessionResponse;
import io.clawlive.live.v1.UpdateSessionRequest;
import io.clawlive.live.v1.UpdateSessionResponse;
import io.clawlive.server.identity.Caller.Viewer;
import io.clawlive.server.identity.Visibilities;
import io.clawlive.server.platform.PublicAddress;
import io.clawlive.server.platform.grpc.EncodedMessages;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.streams.Audiences;
import io.clawlive.server.streams.StreamPages;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/** The sessions' door. Replay answers with bytes as the log keeps them. */
@Singleton
final class SessionGrpcService implements BindableService {
  private final Sessions sessions;
  private final SessionUpdate update;
  private final LiveFeed feed;
  private final Artifacts artifacts;
  private final StreamPages pages;
  private final Audiences audiences;
  private final PublicAddress address;
  private final Clock clock;

  SessionGrpcService(
      Sessions sessions,
      SessionUpdate update,
      LiveFeed feed,
      Artifacts artifacts,
      StreamPages pages,
      Audiences audiences,
      PublicAddress address,
      Clock clock) {
    this.sessions = sessions;
    this.update = update;
    this.feed = feed;
    this.artifacts = artifacts;
    this.pages = pages;
    this.audiences = audiences;
    this.address = address;
    this.clock = clock;
  }

  @Override
  public ServerServiceDefinition bindService() {
    var replay = EncodedMessages.answeredBy(SessionServiceGrpc.getReplayMethod());
    return ServerServiceDefinition.builder(
            EncodedMessages.service(
                SessionServiceGrpc.getServiceDescriptor(),
                SessionServiceGrpc.getStartSessionMethod(),
                SessionServiceGrpc.getHeartbeatMethod(),
                SessionServiceGrpc.getPauseSessionMethod(),
                SessionServiceGrpc.getResumeSessionMethod(),
                SessionServiceGrpc.getEndSessionMethod(),
                SessionServiceGrpc.getUpdateSessionMethod(),
                SessionServiceGrpc.getGetSessionMethod(),
                SessionServiceGrpc.getListSessionsMethod(),
                SessionServiceGrpc.getListLiveFeedMethod(),
                SessionServiceGrpc.getListArtifactsMethod(),
                replay))
        .addMethod(SessionServiceGrpc.getStartSessionMethod(), unary(this::start))
        .addMethod(SessionServiceGrpc.getHeartbeatMethod(), unary(this::heartbeat))
        .addMethod(SessionServiceGrpc.getPauseSessionMethod(), unary(this::pause))
        .addMethod(SessionServiceGrpc.getResumeSessionMethod(), unary(this::resume))
        .addMethod(SessionServiceGrpc.getEndSessionMethod(), unary(this::end))
        .addMethod(SessionServiceGrpc.getUpdateSessionMethod(), unary(this::update))
        .addMethod(SessionServiceGrpc.getGetSessionMethod(), unary(this::get))
        .addMethod(SessionServiceGrpc.getListSessionsMethod(), unary(this::list))
        .addMethod(SessionServiceGrpc.getListLiveFeedMethod(), unary(this::feed))
        .addMethod(SessionServiceGrpc.getListArtifactsMethod(), unary(this::artifacts))
        .addMethod(replay, ServerCalls.asyncServerStreamingCall(this::replay))
        .build();
  }

  private static <Q, S> io.grpc.ServerCallHandler<Q, S> unary(Function<Q, S> endpoint) {
    return ServerCalls.asyncUnaryCall((request, out) -> {
      out.onNext(endpoint.apply(request));
      out.onCompleted();
    });
  }

  private StartSessionResponse start(StartSessionRequest request) {
    return StartSessionResponse.newBuilder().setSession(message(sessions.start(request))).build();
  }

  private HeartbeatResponse heartbeat(HeartbeatRequest request) {
    var session = sessions.heartbeat(UUID.fromString(request.getSessionId()));
    return HeartbeatResponse.newBuilder()
        .setSession(message(session))
        .setStatus("alive")
        .setLastHeartbeat(Timestamps.of(session.lastHeartbeatAt()))
        .build();
  }

  private PauseSessionResponse pause(PauseSessionRequest request) {
    var session = sessions.pause(UUID.fromString(request.getSessionId()), request.getReason());
    return PauseSessionResponse.newBuilder().setSession(message(session)).build();
  }

  private ResumeSessionResponse resume(ResumeSessionRequest request) {
    var session = sessions.resume(UUID.fromString(request.getSessionId()));
    return ResumeSessionResponse.newBuilder().setSession(message(session)).build();
  }

  private EndSessionResponse end(EndSessionRequest request) {
    var session = sessions.end(UUID.fromString(request.getSessionId()), request.getReason());
    return EndSessionResponse.newBuilder().setSession(message(session)).build();
  }

  private UpdateSessionResponse update(UpdateSessionRequest request) {
    UUID id = UUID.fromString(request.getSessionId());
    update.apply(sessions.get(id), request);
    return UpdateSessionResponse.newBuilder().setSession(message(sessions.get(id))).build();
  }

  private GetSessionResponse get(GetSessionRequest request) {
    var session = sessions.get(UUID.fromString(request.getSessionId()));
    return GetSessionResponse.newBuilder().setSession(message(session)).build();
  }

  private ListSessionsResponse list(ListSessionsRequest request) {
    int limit = Page.limit(request.getPageSize());
    var page = Page.cut(sessions.page(request, limit), limit, row -> row.id().toString());
    var answer = ListSessionsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> answer.addSessions(message(row)));
    return answer.build();
  }

  private ListLiveFeedResponse feed(ListLiveFeedRequest request) {
    LiveFeed.Feed feed = this.feed.of(Viewer.current(), Page.size(request.getPageSize()));
    var answer = ListLiveFeedResponse.newBuilder();
    feed.sessions().forEach(row -> answer.addSessions(message(row)));
    feed.sessions().stream()
        .map(SessionRow::agentId)
        .distinct()
        .filter(feed.followed()::contains)
        .forEach(agent -> answer.addFollowedAgentIds(agent.toString()));
    return answer.build();
  }

  private ListArtifactsResponse artifacts(ListArtifactsRequest request) {
    int limit = Page.limit(request.getPageSize());
    long before = request.getBeforeSequence() == 0 ? Long.MAX_VALUE : request.getBeforeSequence();
    var page =
        Page.cut(
            artifacts.before(UUID.fromString(request.getSessionId()), before, limit),
            limit,
            artifact -> Long.toString(artifact.getSequence()));
    return ListArtifactsResponse.newBuilder()
        .addAllArtifacts(page.rows())
        .setHasMore(!page.nextToken().isEmpty())
        .build();
  }

  private void replay(ReplayRequest request, StreamObserver<byte[]> out) {
    SessionRow session = sessions.get(UUID.fromString(request.getSessionId()));
    out.onNext(ReplayResponse.newBuilder().setSession(message(session)).build().toByteArray());
    pages.send(
        session.id(),
        request.getAfterSequence(),
        request.getKindsList(),
        session.lastSequence(),
        () ->
            ReplayResponse.newBuilder()
                .addAllArtifacts(artifacts.all(session.id()))
                .build()
                .toByteArray(),
        (ServerCallStreamObserver<byte[]>) out);
  }

  private Session message(SessionRow row) {
    var message =
        Session.newBuilder()
            .setSessionId(row.id().toString())
            .setProjectId(row.projectId().toString())
            .setProjectSlug(row.projectSlug())
            .setProjectTitle(row.projectTitle())
            .setAgentId(row.agentId().toString())
            .setAgentHandle(row.agentHandle())
            .setAgentName(row.agentName())
            .setTitle(row.title())
            .setStatus(
                SessionStatus.valueOf("SESSION_STATUS_" + row.status().toUpperCase(Locale.ROOT)))
            .setLiveness(Liveness.of(row, clock.instant()))
            .setStartedAt(Timestamps.of(row.startedAt()))
            .setLastHeartbeatAt(Timestamps.of(row.lastHeartbeatAt()))
            .setLastSequence(row.lastSequence())
            .setViewers(audiences.watching(row.id()))
            .setViewersPeak(Math.max(row.viewersPeak(), audiences.watching(row.id())))
            .setMetadata(metadata(row.metadata()))
            .setVisibility(Visibilities.message(row.restricted()));
    address.page("/s/" + row.id()).ifPresent(message::setUrl);
    if (row.endedAt() != null) {
      message.setEndedAt(Timestamps.of(row.endedAt()));
    }
    return message.build();
  }

  private static Struct metadata(String json) {
    var metadata = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(json, metadata);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("metadata in the table is not JSON", e);
    }
    return metadata.build();
  }
}
