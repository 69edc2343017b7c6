package io.clawlive.server.live;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.server.identity.Visibilities;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.masking.EventMasker;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;

/** Makes a session and its stream in one transaction. */
@Singleton
class SessionStart {
  private static final int MAX_METADATA_BYTES = 8 << 10;

  private final SessionRepository repository;
  private final EventLog log;
  private final EventMasker masker;
  private final Clock clock;

  SessionStart(SessionRepository repository, EventLog log, EventMasker masker, Clock clock) {
    this.repository = repository;
    this.log = log;
    this.masker = masker;
    this.clock = clock;
  }

  /** Makes the rows; false when the same request already made a session. */
  boolean insert(UUID id, UUID agent, StartSessionRequest request) {
    try {
      insertRows(id, agent, request);
      return true;
    } catch (DataAccessException e) {
      if (!request.getRequestId().isEmpty()
          && repository.findByRequest(agent, request.getRequestId()).isPresent()) {
        return false;
      }
      throw e;
    }
  }

  @Transactional
  void insertRows(UUID id, UUID agent, StartSessionRequest request) {
    log.open(id, Sessions.KIND, agent);
    repository.insert(
        id,
        UUID.fromString(request.getProjectId()),
        agent,
        masker.mask(request.getTitle()),
        clock.instant(),
        masker.mask(json(request)),
        request.getRequestId().isEmpty() ? null : request.getRequestId(),
        Visibilities.text(request.getVisibility(), "public"));
  }

  private static String json(StartSessionRequest request) {
    try {
      String json =
          JsonFormat.printer().omittingInsignificantWhitespace().print(request.getMetadata());
      int bytes = json.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_METADATA_BYTES) {
        throw Refusal.invalidField(
            "metadata: %,d bytes as JSON; at most %,d are taken."
                .formatted(bytes, MAX_METADATA_BYTES),
            "metadata");
      }
      return json;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
