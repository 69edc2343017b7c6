package io.clawlive.sdk;

import io.clawlive.identity.v1.Account;
import io.clawlive.identity.v1.AccountServiceGrpc;
import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.identity.v1.CreateAccountResponse;
import io.clawlive.identity.v1.ListAccountsRequest;
import io.clawlive.identity.v1.ListAccountsResponse;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.identity.v1.UpdateAccountResponse;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/** The accounts of the server, for its administrators. */
public final class Accounts {
  private final Unary unary;

  Accounts(Unary unary) {
    this.unary = unary;
  }

  /**
   * Makes an account.
   *
   * @throws AlreadyExistsException when the name is taken
   */
  public Account create(CreateAccountRequest request) {
    return Unary.await(createAsync(request));
  }

  /** As {@link #create}. */
  public CompletableFuture<Account> createAsync(CreateAccountRequest request) {
    return unary
        .call(AccountServiceGrpc.getCreateAccountMethod(), request)
        .thenApply(CreateAccountResponse::getAccount);
  }

  /** All accounts by name, read page by page while iterating. */
  public Iterable<Account> list() {
    return new Pages<>(
        token -> page(ListAccountsRequest.newBuilder().setPageToken(token).build()),
        ListAccountsResponse::getAccountsList,
        ListAccountsResponse::getNextPageToken);
  }

  /** One page of accounts. */
  public ListAccountsResponse page(ListAccountsRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListAccountsResponse> pageAsync(ListAccountsRequest request) {
    return unary.call(AccountServiceGrpc.getListAccountsMethod(), request);
  }

  /**
   * Changes what is set in the request: role, disabled, password.
   *
   * @throws NotFoundException when there is no such account
   * @throws FailedPreconditionException when no administrator who can sign in would be left
   */
  public Account update(UpdateAccountRequest request) {
    return Unary.await(updateAsync(request));
  }

  /** As {@link #update}. */
  public CompletableFuture<Account> updateAsync(UpdateAccountRequest request) {
    return unary
        .call(AccountServiceGrpc.getUpdateAccountMethod(), request)
        .thenApply(UpdateAccountResponse::getAccount);
  }
}
