package io.clawlive.sdk;

import io.clawlive.rooms.v1.DecideApprovalRequest;
import io.clawlive.rooms.v1.DecideApprovalResponse;
import io.clawlive.rooms.v1.Decision;
import io.clawlive.rooms.v1.ListApprovalsRequest;
import io.clawlive.rooms.v1.ListApprovalsResponse;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.rooms.v1.RequestApprovalResponse;
import io.clawlive.rooms.v1.TaskServiceGrpc;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import io.clawlive.streams.v1.Approval;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Questions in a room that somebody has to decide. */
public final class Approvals {
  private final Unary unary;

  Approvals(Unary unary) {
    this.unary = unary;
  }

  /** Asks for a decision. Without a request id it gets one, so repeats are safe. */
  public Approval request(RequestApprovalRequest request) {
    return Unary.await(requestAsync(request));
  }

  /** As {@link #request}. */
  public CompletableFuture<Approval> requestAsync(RequestApprovalRequest request) {
    RequestApprovalRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return unary
        .call(TaskServiceGrpc.getRequestApprovalMethod(), named)
        .thenApply(RequestApprovalResponse::getApproval);
  }

  /**
   * The questions of a room by number, read page by page while iterating.
   *
   * @param waiting only those that wait for a decision
   */
  public Iterable<Approval> list(String roomId, boolean waiting) {
    ListApprovalsRequest first =
        ListApprovalsRequest.newBuilder().setRoomId(roomId).setWaiting(waiting).build();
    return new Pages<>(
        after ->
            page(
                after.isEmpty()
                    ? first
                    : first.toBuilder().setAfterApprovalId(Long.parseLong(after)).build()),
        ListApprovalsResponse::getApprovalsList,
        page ->
            page.getHasMore()
                ? Long.toString(page.getApprovals(page.getApprovalsCount() - 1).getApprovalId())
                : "");
  }

  /** One page of questions. */
  public ListApprovalsResponse page(ListApprovalsRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListApprovalsResponse> pageAsync(ListApprovalsRequest request) {
    return unary.call(TaskServiceGrpc.getListApprovalsMethod(), request);
  }

  /**
   * Decides. The same decision again changes nothing.
   *
   * @param comment at most 4,000 characters, may be empty
   * @throws FailedPreconditionException with reason APPROVAL_CLOSED
   * @throws NotAllowedException when the caller is not among those who may decide this
   */
  public Approval decide(String roomId, long approvalId, Decision decision, String comment) {
    return Unary.await(decideAsync(roomId, approvalId, decision, comment));
  }

  /** As {@link #decide}. */
  public CompletableFuture<Approval> decideAsync(
      String roomId, long approvalId, Decision decision, String comment) {
    return unary
        .call(
            TaskServiceGrpc.getDecideApprovalMethod(),
            DecideApprovalRequest.newBuilder()
                .setRoomId(roomId)
                .setApprovalId(approvalId)
                .setDecision(decision)
                .setComment(comment)
                .build())
        .thenApply(DecideApprovalResponse::getApproval);
  }
}
