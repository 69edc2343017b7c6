package io.clawlive.server.live;

import io.clawlive.live.v1.UpdateSessionRequest;
import io.clawlive.server.identity.Visibilities;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.streams.masking.EventMasker;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Map;

/** Changes what a session shows of itself and to whom; the latter goes into the audit log. */
@Singleton
class SessionUpdate {
  private final SessionRepository repository;
  private final EventMasker masker;
  private final AuditLog audit;

  SessionUpdate(SessionRepository repository, EventMasker masker, AuditLog audit) {
    this.repository = repository;
    this.masker = masker;
    this.audit = audit;
  }

  @Transactional
  void apply(SessionRow before, UpdateSessionRequest request) {
    String visibility = Visibilities.text(request.getVisibility(), before.visibility());
    repository.update(
        before.id(),
        request.hasTitle() ? masker.mask(request.getTitle()) : before.title(),
        visibility);
    if (!visibility.equals(before.visibility())) {
      audit.record("session", before.id(), before.title(), Map.of("visibility", visibility));
    }
  }
}
