package io.clawlive.server.identity.audit;

import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.AuditActor;
import io.clawlive.identity.v1.AuditEntry;
import io.clawlive.identity.v1.AuditTarget;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.platform.postgres.PostgresErrors;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;

/** Writes down changes, in the transaction that makes them: both are kept, or neither is. */
@Singleton
public class AuditLog {
  private static final AuditActor SERVER = AuditActor.newBuilder().setKind("server").build();

  private final AuditRepository repository;
  private final Clock clock;

  AuditLog(AuditRepository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Writes down what the present call changed, under the name in its policy.
   *
   * @param kind of what was changed, as in {@link AuditTarget#getKind}
   * @param details never a secret
   * @throws Refusal when nothing can be written; the transaction is rolled back by that
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void record(String kind, Object id, String name, Map<String, String> details) {
    AuditContext call = AuditContext.CURRENT.get();
    if (call == null) {
      throw new IllegalStateException("the policy of this RPC names no audit action");
    }
    write(call.action(), call.actor(), kind, id, name, details);
  }

  /** As {@link #record(String, Object, String, Map)}, without details. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void record(String kind, Object id, String name) {
    record(kind, id, name, Map.of());
  }

  /** Writes down what the server changed by itself. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void recordOwn(String action, String kind, Object id, String name) {
    write(action, SERVER, kind, id, name, Map.of());
  }

  private void write(
      String action,
      AuditActor actor,
      String kind,
      Object id,
      String name,
      Map<String, String> details) {
    try {
      AuditRepository.Link head = repository.lockHead();
      AuditEntry entry =
          AuditEntry.newBuilder()
              .setNumber(head.number() + 1)
              .setAt(Timestamps.of(clock.instant()))
              .setAction(action)
              .setActor(actor)
              .setTarget(AuditTarget.newBuilder().setKind(kind).setId(id.toString()).setName(name))
              .putAllDetails(details)
              .build();
      ByteString content = AuditChain.encode(entry);
      byte[] hash = AuditChain.hash(head.hash(), content.toByteArray());
      repository.insert(
          entry.getNumber(),
          action,
          actor.getId(),
          entry.getTarget().getId(),
          content.toByteArray(),
          hash);
      repository.moveHead(entry.getNumber(), hash);
    } catch (DataAccessException e) {
      throw refusal(e);
    }
  }

  private static RuntimeException refusal(DataAccessException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && PostgresErrors.isTransient(sql)) {
        return failure;
      }
    }
    return Refusal.of(
        ErrorReason.ERROR_REASON_AUDIT_UNWRITABLE,
        "The audit log takes no entry, so nothing was changed.");
  }
}
