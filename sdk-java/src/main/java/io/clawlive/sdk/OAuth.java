package io.clawlive.sdk;

import io.clawlive.identity.v1.FinishOAuthRequest;
import io.clawlive.identity.v1.FinishOAuthResponse;
import io.clawlive.identity.v1.ListOAuthLinksRequest;
import io.clawlive.identity.v1.ListOAuthLinksResponse;
import io.clawlive.identity.v1.ListOAuthProvidersRequest;
import io.clawlive.identity.v1.ListOAuthProvidersResponse;
import io.clawlive.identity.v1.OAuthLink;
import io.clawlive.identity.v1.OAuthProvider;
import io.clawlive.identity.v1.OAuthServiceGrpc;
import io.clawlive.identity.v1.StartOAuthLinkRequest;
import io.clawlive.identity.v1.StartOAuthLinkResponse;
import io.clawlive.identity.v1.StartOAuthLoginRequest;
import io.clawlive.identity.v1.StartOAuthLoginResponse;
import io.clawlive.identity.v1.UnlinkOAuthRequest;
import io.clawlive.sdk.internal.Unary;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sign in with an account at GitHub or GitLab: start, open the authorization URL in a browser, take
 * state and code from the address that the browser comes back to, finish.
 */
public final class OAuth {
  private final Unary unary;

  OAuth(Unary unary) {
    this.unary = unary;
  }

  /** The providers that are set up on the server, each with the addresses to come back to. */
  public List<OAuthProvider> providers() {
    return Unary.await(providersAsync());
  }

  /** As {@link #providers}. */
  public CompletableFuture<List<OAuthProvider>> providersAsync() {
    return unary
        .call(
            OAuthServiceGrpc.getListOAuthProvidersMethod(),
            ListOAuthProvidersRequest.getDefaultInstance())
        .thenApply(ListOAuthProvidersResponse::getProvidersList);
  }

  /**
   * Begins a login.
   *
   * @param provider {@code github} or {@code gitlab}
   * @param redirectUri one of the provider's, letter by letter
   */
  public StartOAuthLoginResponse startLogin(String provider, String redirectUri) {
    return Unary.await(startLoginAsync(provider, redirectUri));
  }

  /** As {@link #startLogin}. */
  public CompletableFuture<StartOAuthLoginResponse> startLoginAsync(
      String provider, String redirectUri) {
    return unary.call(
        OAuthServiceGrpc.getStartOAuthLoginMethod(),
        StartOAuthLoginRequest.newBuilder()
            .setProvider(provider)
            .setRedirectUri(redirectUri)
            .build());
  }

  /** As {@link #startLogin}, to link the person there to the caller's account. */
  public StartOAuthLinkResponse startLink(String provider, String redirectUri) {
    return Unary.await(startLinkAsync(provider, redirectUri));
  }

  /** As {@link #startLink}. */
  public CompletableFuture<StartOAuthLinkResponse> startLinkAsync(
      String provider, String redirectUri) {
    return unary.call(
        OAuthServiceGrpc.getStartOAuthLinkMethod(),
        StartOAuthLinkRequest.newBuilder()
            .setProvider(provider)
            .setRedirectUri(redirectUri)
            .build());
  }

  /**
   * Finishes a login or a link.
   *
   * @param state parameter of the address that the browser came back to
   * @param code parameter of that address
   * @param loginToken from the answer that began
   */
  public FinishOAuthResponse finish(String state, String code, String loginToken) {
    return Unary.await(finishAsync(state, code, loginToken));
  }

  /** As {@link #finish}. */
  public CompletableFuture<FinishOAuthResponse> finishAsync(
      String state, String code, String loginToken) {
    return unary.call(
        OAuthServiceGrpc.getFinishOAuthMethod(),
        FinishOAuthRequest.newBuilder()
            .setState(state)
            .setCode(code)
            .setLoginToken(loginToken)
            .build());
  }

  /** The caller's links, by provider. */
  public List<OAuthLink> links() {
    return Unary.await(linksAsync());
  }

  /** As {@link #links}. */
  public CompletableFuture<List<OAuthLink>> linksAsync() {
    return unary
        .call(
            OAuthServiceGrpc.getListOAuthLinksMethod(), ListOAuthLinksRequest.getDefaultInstance())
        .thenApply(ListOAuthLinksResponse::getLinksList);
  }

  /**
   * Takes the caller's link to a provider away.
   *
   * @throws FailedPreconditionException when the account has no other way to sign in
   */
  public void unlink(String provider) {
    Unary.await(unlinkAsync(provider));
  }

  /** As {@link #unlink}. */
  public CompletableFuture<Void> unlinkAsync(String provider) {
    return unary
        .call(
            OAuthServiceGrpc.getUnlinkOAuthMethod(),
            UnlinkOAuthRequest.newBuilder().setProvider(provider).build())
        .thenApply(nothing -> null);
  }
}
