package io.clawlive.sdk;

import io.clawlive.agents.v1.Project;
import io.clawlive.live.v1.EndSessionRequest;
import io.clawlive.live.v1.EndSessionResponse;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.live.v1.GetSessionResponse;
import io.clawlive.live.v1.HeartbeatRequest;
import io.clawlive.live.v1.HeartbeatResponse;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.ListSessionsResponse;
import io.clawlive.live.v1.PauseSessionRequest;
import io.clawlive.live.v1.PauseSessionResponse;
import io.clawlive.live.v1.ResumeSessionRequest;
import io.clawlive.live.v1.ResumeSessionResponse;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.SessionServiceGrpc;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.live.v1.StartSessionResponse;
import io.clawlive.live.v1.UpdateSessionRequest;
import io.clawlive.live.v1.UpdateSessionResponse;
import io.clawlive.sdk.internal.EventViews;
import io.clawlive.sdk.internal.Feed;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.ReplaySource;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import io.clawlive.sdk.internal.WatchSource;
import io.clawlive.streams.v1.AppendRequest;
import io.clawlive.streams.v1.AppendResponse;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.ListRequest;
import io.clawlive.streams.v1.StreamServiceGrpc;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Sessions: start, keep alive, pause, end, find; publish into them, watch and replay them. */
public final class Sessions {
  private final Transport transport;
  private final Unary unary;
  private final Projects projects;

  Sessions(Transport transport, Unary unary, Projects projects) {
    this.transport = transport;
    this.unary = unary;
    this.projects = projects;
  }

  /**
   * Starts a session on a project.
   *
   * @param project id, {@code handle/slug}, or a slug that only one agent uses
   * @throws NotFoundException when there is no such project
   */
  public Session start(String project) {
    return start(project, "");
  }

  /** As {@link #start(String)}, with a headline of at most 200 characters. */
  public Session start(String project, String title) {
    return Unary.await(startAsync(project, title));
  }

  /** As {@link #start(String, String)}. */
  public CompletableFuture<Session> startAsync(String project, String title) {
    CompletableFuture<String> id =
        isUuid(project)
            ? CompletableFuture.completedFuture(project)
            : projects.getAsync(project).thenApply(Project::getProjectId);
    return id.thenCompose(found ->
        startAsync(StartSessionRequest.newBuilder().setProjectId(found).setTitle(title).build()));
  }

  /** Starts a session. Without a request id the SDK sets one, so that a retry starts no second. */
  public Session start(StartSessionRequest request) {
    return Unary.await(startAsync(request));
  }

  /** As {@link #start(StartSessionRequest)}. */
  public CompletableFuture<Session> startAsync(StartSessionRequest request) {
    StartSessionRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return unary
        .call(SessionServiceGrpc.getStartSessionMethod(), named)
        .thenApply(StartSessionResponse::getSession);
  }

  /**
   * Reads one session.
   *
   * @throws NotFoundException when there is none with this id
   */
  public Session get(String sessionId) {
    return Unary.await(getAsync(sessionId));
  }

  /** As {@link #get}. */
  public CompletableFuture<Session> getAsync(String sessionId) {
    return unary
        .call(
            SessionServiceGrpc.getGetSessionMethod(),
            GetSessionRequest.newBuilder().setSessionId(sessionId).build())
        .thenApply(GetSessionResponse::getSession);
  }

  /** All sessions, newest first, read page by page while iterating. */
  public Iterable<Session> list() {
    return list(ListSessionsRequest.getDefaultInstance());
  }

  /** The sessions that fulfil the request's conditions, from its page token on, page by page. */
  public Iterable<Session> list(ListSessionsRequest request) {
    return new Pages<>(
        token -> page(token.isEmpty() ? request : request.toBuilder().setPageToken(token).build()),
        ListSessionsResponse::getSessionsList,
        ListSessionsResponse::getNextPageToken);
  }

  /** One page of sessions. */
  public ListSessionsResponse page(ListSessionsRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListSessionsResponse> pageAsync(ListSessionsRequest request) {
    return unary.call(SessionServiceGrpc.getListSessionsMethod(), request);
  }

  /**
   * Says that the session is alive. An open publisher does so by itself.
   *
   * @throws StreamEndedException when it has ended
   */
  public Session heartbeat(String sessionId) {
    return Unary.await(heartbeatAsync(sessionId));
  }

  /** As {@link #heartbeat}. */
  public CompletableFuture<Session> heartbeatAsync(String sessionId) {
    return unary
        .call(
            SessionServiceGrpc.getHeartbeatMethod(),
            HeartbeatRequest.newBuilder().setSessionId(sessionId).build())
        .thenApply(HeartbeatResponse::getSession);
  }

  /** Pauses a live session. Events may still be published. */
  public Session pause(String sessionId) {
    return pause(sessionId, "");
  }

  /** As {@link #pause(String)}, with a reason of at most 1,024 characters for the viewers. */
  public Session pause(String sessionId, String reason) {
    return Unary.await(pauseAsync(sessionId, reason));
  }

  /** As {@link #pause(String, String)}. */
  public CompletableFuture<Session> pauseAsync(String sessionId, String reason) {
    return unary
        .call(
            SessionServiceGrpc.getPauseSessionMethod(),
            PauseSessionRequest.newBuilder().setSessionId(sessionId).setReason(reason).build())
        .thenApply(PauseSessionResponse::getSession);
  }

  /** Goes on after a pause. */
  public Session resume(String sessionId) {
    return Unary.await(resumeAsync(sessionId));
  }

  /** As {@link #resume}. */
  public CompletableFuture<Session> resumeAsync(String sessionId) {
    return unary
        .call(
            SessionServiceGrpc.getResumeSessionMethod(),
            ResumeSessionRequest.newBuilder().setSessionId(sessionId).build())
        .thenApply(ResumeSessionResponse::getSession);
  }

  /** Changes what is set in the request: headline, who may see the session. */
  public Session update(UpdateSessionRequest request) {
    return Unary.await(updateAsync(request));
  }

  /** As {@link #update}. */
  public CompletableFuture<Session> updateAsync(UpdateSessionRequest request) {
    return unary
        .call(SessionServiceGrpc.getUpdateSessionMethod(), request)
        .thenApply(UpdateSessionResponse::getSession);
  }

  /** Ends a session: its stream takes no more events. Ending an ended one changes nothing. */
  public Session end(String sessionId) {
    return end(sessionId, "");
  }

  /** As {@link #end(String)}, with a reason of at most 1,024 characters for the viewers. */
  public Session end(String sessionId, String reason) {
    return Unary.await(endAsync(sessionId, reason));
  }

  /** As {@link #end(String, String)}. */
  public CompletableFuture<Session> endAsync(String sessionId, String reason) {
    return unary
        .call(
            SessionServiceGrpc.getEndSessionMethod(),
            EndSessionRequest.newBuilder().setSessionId(sessionId).setReason(reason).build())
        .thenApply(EndSessionResponse::getSession);
  }

  /** A publisher with the default options. */
  public SessionPublisher publisher(String sessionId) {
    return publisher(sessionId, PublisherOptions.defaults());
  }

  /**
   * A publisher into a session. It connects in the background at once; a wrong session, owner or
   * credential shows in its first call after the server's answer.
   *
   * @throws UnavailableException with reason SPOOL_IN_USE or SPOOL_FAILED when the spool's
   *     directory cannot be used
   * @throws InvalidRequestException when the spool still holds events of another session
   */
  public SessionPublisher publisher(String sessionId, PublisherOptions options) {
    return new SessionPublisher(transport, sessionId, options);
  }

  /**
   * Appends events in one call, for single events; use a publisher for a flow. Safe to repeat: what
   * is at or below the producer's committed number is dropped.
   *
   * @param producerId 1 to 64 of A-Z a-z 0-9 . _ : -
   * @param events 1 to 1,000 with rising producer sequences
   */
  public AppendResponse append(String sessionId, String producerId, List<Event> events) {
    return Unary.await(appendAsync(sessionId, producerId, events));
  }

  /** As {@link #append}. */
  public CompletableFuture<AppendResponse> appendAsync(
      String sessionId, String producerId, List<Event> events) {
    return unary.call(
        StreamServiceGrpc.getAppendMethod(),
        AppendRequest.newBuilder()
            .setStreamId(sessionId)
            .setProducerId(producerId)
            .addAllEvents(events)
            .build());
  }

  /** Watches a session from its beginning until it ends. */
  public EventStream watch(String sessionId) {
    return watch(sessionId, WatchOptions.fromStart());
  }

  /** Watches a session. Nothing is sent before the first item is asked for. */
  public EventStream watch(String sessionId, WatchOptions options) {
    return new EventStream(
        new Feed<>(transport, WatchSource.ofSession(sessionId, options), options));
  }

  /** Everything stored so far, as fast as it is read. */
  public EventStream replay(String sessionId) {
    return replay(sessionId, WatchOptions.fromStart());
  }

  /**
   * Everything stored so far after a position. The session itself comes first and is then at {@link
   * EventStream#session()}.
   *
   * @throws IllegalArgumentException when the options ask for a tail
   */
  public EventStream replay(String sessionId, WatchOptions options) {
    return new EventStream(new Feed<>(transport, new ReplaySource(sessionId, options), options));
  }

  /** One page of a session's events. */
  public EventPage events(String sessionId, PageRequest page) {
    return Unary.await(eventsAsync(sessionId, page));
  }

  /** As {@link #events}. */
  public CompletableFuture<EventPage> eventsAsync(String sessionId, PageRequest page) {
    ListRequest.Builder request =
        ListRequest.newBuilder()
            .setStreamId(sessionId)
            .setPageSize(page.size())
            .addAllKinds(page.kinds());
    if (page.backward()) {
      request.setBeforeSequence(page.sequence());
    } else {
      request.setAfterSequence(page.sequence());
    }
    return unary
        .call(StreamServiceGrpc.getListMethod(), request.build())
        .thenApply(answer ->
            new EventPage(
                answer.getEventsList().stream().map(EventViews::of).toList(),
                answer.getHasMore(),
                answer.getLastSequence()));
  }

  private static boolean isUuid(String text) {
    return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }
}
