package io.clawlive.server.live;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.live.v1.ListSessionsRequest;
import io.clawlive.live.v1.SessionStatus;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.policy.v1.Resource;
import io.clawlive.server.agents.Agents;
import io.clawlive.server.agents.Projects;
import io.clawlive.server.identity.Caller.Viewer;
import io.clawlive.server.identity.ResourceGuards;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.streams.EventLog;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Status;
import io.clawlive.streams.v1.StatusState;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The life of a session: live ⇄ paused → ended. Each change is an event on its stream. */
@Singleton
public final class Sessions implements ResourceGuards {
  /** What a session's stream is opened as. */
  static final String KIND = "session";

  private final SessionRepository repository;
  private final SessionStart start;
  private final EventLog log;
  private final Projects projects;
  private final Agents agents;
  private final Clock clock;

  Sessions(
      SessionRepository repository,
      SessionStart start,
      EventLog log,
      Projects projects,
      Agents agents,
      Clock clock) {
    this.repository = repository;
    this.start = start;
    this.log = log;
    this.projects = projects;
    this.agents = agents;
    this.clock = clock;
  }

  SessionRow start(StartSessionRequest request) {
    UUID agent = projects.guardOf(request.getProjectId(), Viewer.current()).owner().agentId();
    Optional<SessionRow> earlier = earlier(agent, request.getRequestId());
    if (earlier.isPresent()) {
      return earlier.get();
    }
    UUID id = UuidCreator.getTimeOrderedEpoch();
    if (start.insert(id, agent, request)) {
      tell(id, StatusState.STATUS_STATE_LIVE, "");
      return get(id);
    }
    return earlier(agent, request.getRequestId()).orElseThrow();
  }

  private Optional<SessionRow> earlier(UUID agent, String requestId) {
    return requestId.isEmpty() ? Optional.empty() : repository.findByRequest(agent, requestId);
  }

  SessionRow get(UUID id) {
    return repository.findById(id).orElseThrow(() -> notFound(id.toString()));
  }

  SessionRow heartbeat(UUID id) {
    requireRunning(get(id));
    repository.heartbeat(new UUID[] {id}, clock.instant());
    return get(id);
  }

  SessionRow pause(UUID id, String reason) {
    return move(id, "live", "paused", StatusState.STATUS_STATE_PAUSED, reason);
  }

  SessionRow resume(UUID id) {
    return move(id, "paused", "live", StatusState.STATUS_STATE_LIVE, "");
  }

  private SessionRow move(UUID id, String from, String to, StatusState told, String reason) {
    requireRunning(get(id));
    if (repository.move(id, from, to) > 0) {
      tell(id, told, reason);
    }
    return get(id);
  }

  SessionRow end(UUID id, String reason) {
    if (!get(id).ended()) {
      try {
        log.end(id, status(StatusState.STATUS_STATE_ENDED, reason));
      } catch (Refusal refusal) {
        // Somebody else ended it in the same moment, which is what the caller wants.
        if (refusal.reason() != ErrorReason.ERROR_REASON_STREAM_ENDED) {
          throw refusal;
        }
      }
      repository.end(id, clock.instant());
    }
    return get(id);
  }

  List<SessionRow> page(ListSessionsRequest request, int limit) {
    Viewer viewer = Viewer.current();
    return repository.page(
        status(request.getStatus()),
        request.getAgent().isEmpty() ? null : agents.idOf(request.getAgent()),
        request.getProjectId().isEmpty()
            ? null
            : Ids.parse(request.getProjectId()).orElseThrow(() -> notFound(request.getProjectId())),
        Page.idToken(request.getPageToken()),
        viewer.account(),
        viewer.everything(),
        limit);
  }

  private static @Nullable String status(SessionStatus status) {
    return switch (status) {
      case SESSION_STATUS_UNSPECIFIED, UNRECOGNIZED -> null;
      case SESSION_STATUS_LIVE, SESSION_STATUS_PAUSED, SESSION_STATUS_ENDED ->
          status.name().substring("SESSION_STATUS_".length()).toLowerCase(Locale.ROOT);
    };
  }

  private static void requireRunning(SessionRow session) {
    if (session.ended()) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SESSION_ENDED,
          "The session " + session.id() + " has ended.",
          "session_id",
          session.id().toString());
    }
  }

  private void tell(UUID id, StatusState state, String reason) {
    log.append(id, status(state, reason));
  }

  private static Event status(StatusState state, String reason) {
    return Event.newBuilder()
        .setStatus(Status.newBuilder().setState(state).setReason(reason))
        .build();
  }

  @Override
  public Resource resource() {
    return Resource.RESOURCE_SESSION;
  }

  @Override
  public Guard guardOf(String id, Viewer viewer) {
    return log.guard(id, KIND, viewer).orElseThrow(() -> notFound(id));
  }

  @Override
  public Set<String> restricted(Set<String> ids) {
    return log.restricted(ids);
  }

  private static Refusal notFound(String id) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_SESSION_NOT_FOUND,
        "There is no session " + id + ".",
        "session_id",
        id);
  }
}
