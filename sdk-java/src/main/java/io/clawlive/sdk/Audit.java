package io.clawlive.sdk;

import io.clawlive.identity.v1.AuditEntry;
import io.clawlive.identity.v1.AuditServiceGrpc;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.identity.v1.ListAuditEntriesResponse;
import io.clawlive.identity.v1.VerifyAuditRequest;
import io.clawlive.identity.v1.VerifyAuditResponse;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/** What was changed of identities, keys, roles and access, for administrators. */
public final class Audit {
  private final Unary unary;

  Audit(Unary unary) {
    this.unary = unary;
  }

  /** All entries, newest first, read page by page while iterating. */
  public Iterable<AuditEntry> list() {
    return list(ListAuditEntriesRequest.getDefaultInstance());
  }

  /** The entries that fulfil the request's conditions, from its page token on, page by page. */
  public Iterable<AuditEntry> list(ListAuditEntriesRequest request) {
    return new Pages<>(
        token -> page(token.isEmpty() ? request : request.toBuilder().setPageToken(token).build()),
        ListAuditEntriesResponse::getEntriesList,
        ListAuditEntriesResponse::getNextPageToken);
  }

  /** One page of entries. */
  public ListAuditEntriesResponse page(ListAuditEntriesRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListAuditEntriesResponse> pageAsync(ListAuditEntriesRequest request) {
    return unary.call(AuditServiceGrpc.getListAuditEntriesMethod(), request);
  }

  /** Whether every entry is as it was written and none is missing. */
  public VerifyAuditResponse verify() {
    return verify(VerifyAuditRequest.getDefaultInstance());
  }

  /** As {@link #verify()}, and compares with an entry whose hash was kept elsewhere. */
  public VerifyAuditResponse verify(VerifyAuditRequest request) {
    return Unary.await(verifyAsync(request));
  }

  /** As {@link #verify(VerifyAuditRequest)}. */
  public CompletableFuture<VerifyAuditResponse> verifyAsync(VerifyAuditRequest request) {
    return unary.call(AuditServiceGrpc.getVerifyAuditMethod(), request);
  }
}
