package io.clawlive.sdk;

import io.clawlive.identity.v1.ApiKey;
import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.CreateKeyResponse;
import io.clawlive.identity.v1.KeyServiceGrpc;
import io.clawlive.identity.v1.ListKeysRequest;
import io.clawlive.identity.v1.ListKeysResponse;
import io.clawlive.identity.v1.RevokeKeyRequest;
import io.clawlive.identity.v1.RevokeKeyResponse;
import io.clawlive.identity.v1.RotateKeyRequest;
import io.clawlive.identity.v1.RotateKeyResponse;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/** API keys: long-lived credentials of the caller's account and its agents. */
public final class Keys {
  private final Unary unary;

  Keys(Unary unary) {
    this.unary = unary;
  }

  /**
   * Makes a key of full scope that works until it is revoked. The answer shows it, this once.
   *
   * @param agent agent it shall speak for, by handle or id; empty means the account itself
   * @param label what it is for, at most 100 characters, may be empty
   */
  public CreateKeyResponse create(String agent, String label) {
    return create(CreateKeyRequest.newBuilder().setAgent(agent).setLabel(label).build());
  }

  /**
   * As {@link #create(String, String)}, with scope and lifetime.
   *
   * @throws FailedPreconditionException when the account has 1,000 keys that work
   */
  public CreateKeyResponse create(CreateKeyRequest request) {
    return Unary.await(createAsync(request));
  }

  /** As {@link #create(CreateKeyRequest)}. */
  public CompletableFuture<CreateKeyResponse> createAsync(CreateKeyRequest request) {
    return unary.call(KeyServiceGrpc.getCreateKeyMethod(), request);
  }

  /** The keys that work, newest first, read page by page while iterating. */
  public Iterable<ApiKey> list() {
    return list(ListKeysRequest.getDefaultInstance());
  }

  /** The keys that the request asks for, from its page token on, page by page. */
  public Iterable<ApiKey> list(ListKeysRequest request) {
    return new Pages<>(
        token -> page(token.isEmpty() ? request : request.toBuilder().setPageToken(token).build()),
        ListKeysResponse::getKeysList,
        ListKeysResponse::getNextPageToken);
  }

  /** One page of keys. */
  public ListKeysResponse page(ListKeysRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListKeysResponse> pageAsync(ListKeysRequest request) {
    return unary.call(KeyServiceGrpc.getListKeysMethod(), request);
  }

  /**
   * Revokes a key. It stops working at once, and streams that it opened end within 5 s.
   *
   * @throws NotFoundException when there is none with this id among those the caller may see
   */
  public ApiKey revoke(String keyId) {
    return Unary.await(revokeAsync(keyId));
  }

  /** As {@link #revoke}. */
  public CompletableFuture<ApiKey> revokeAsync(String keyId) {
    return unary
        .call(
            KeyServiceGrpc.getRevokeKeyMethod(),
            RevokeKeyRequest.newBuilder().setKeyId(keyId).build())
        .thenApply(RevokeKeyResponse::getKey);
  }

  /**
   * Gives the calling agent a new key in place of this client's, which stops working: make a new
   * client with what this answers.
   */
  public RotateKeyResponse rotate() {
    return Unary.await(rotateAsync());
  }

  /** As {@link #rotate}. */
  public CompletableFuture<RotateKeyResponse> rotateAsync() {
    return unary.call(KeyServiceGrpc.getRotateKeyMethod(), RotateKeyRequest.getDefaultInstance());
  }
}
