package io.clawlive.server.identity.audit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.AuditEntry;
import io.clawlive.identity.v1.AuditServiceGrpc.AuditServiceImplBase;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.identity.v1.ListAuditEntriesResponse;
import io.clawlive.identity.v1.VerifyAuditRequest;
import io.clawlive.identity.v1.VerifyAuditResponse;
import io.clawlive.server.identity.audit.AuditRepository.EntryRow;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Refusal;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

@Singleton
final class AuditGrpcService extends AuditServiceImplBase {
  private final AuditRepository repository;
  private final AuditVerification verification;

  AuditGrpcService(AuditRepository repository, AuditVerification verification) {
    this.repository = repository;
    this.verification = verification;
  }

  @Override
  public void listAuditEntries(
      ListAuditEntriesRequest request, StreamObserver<ListAuditEntriesResponse> out) {
    int limit = Page.limit(request.getPageSize());
    String action = orNull(request.getAction());
    var rows =
        repository.page(
            before(request.getPageToken()),
            action,
            action == null || action.contains(".") ? action : action.replace("_", "\\_") + ".%",
            orNull(request.getSubject()),
            limit);
    var page = Page.cut(rows, limit, row -> Long.toString(row.number()));
    var answer = ListAuditEntriesResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> answer.addEntries(message(row)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void verifyAudit(VerifyAuditRequest request, StreamObserver<VerifyAuditResponse> out) {
    out.onNext(verification.verify(request));
    out.onCompleted();
  }

  private static long before(String token) {
    try {
      return token.isEmpty() ? Long.MAX_VALUE : Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_INVALID_FIELD,
          "page_token is not one that a page gave: '" + token + "'.",
          "page_token",
          token);
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static AuditEntry message(EntryRow row) {
    try {
      return AuditEntry.parseFrom(ByteString.copyFrom(row.entry())).toBuilder()
          .setHash(HexFormat.of().formatHex(row.hash()))
          .build();
    } catch (InvalidProtocolBufferException e) {
      // Somebody wrote into the table by hand. VerifyAudit says so; the rest of the list is still
      // good.
      return AuditEntry.newBuilder()
          .setNumber(row.number())
          .setAction(row.action())
          .setHash(HexFormat.of().formatHex(row.hash()))
          .build();
    }
  }
}
