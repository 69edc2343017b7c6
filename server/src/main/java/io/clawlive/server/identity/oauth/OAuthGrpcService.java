package io.clawlive.server.identity.oauth;

import io.clawlive.identity.v1.FinishOAuthRequest;
import io.clawlive.identity.v1.FinishOAuthResponse;
import io.clawlive.identity.v1.ListOAuthLinksRequest;
import io.clawlive.identity.v1.ListOAuthLinksResponse;
import io.clawlive.identity.v1.ListOAuthProvidersRequest;
import io.clawlive.identity.v1.ListOAuthProvidersResponse;
import io.clawlive.identity.v1.OAuthLink;
import io.clawlive.identity.v1.OAuthProvider;
import io.clawlive.identity.v1.OAuthServiceGrpc.OAuthServiceImplBase;
import io.clawlive.identity.v1.StartOAuthLinkRequest;
import io.clawlive.identity.v1.StartOAuthLinkResponse;
import io.clawlive.identity.v1.StartOAuthLoginRequest;
import io.clawlive.identity.v1.StartOAuthLoginResponse;
import io.clawlive.identity.v1.UnlinkOAuthRequest;
import io.clawlive.identity.v1.UnlinkOAuthResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Timestamps;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;

@Singleton
final class OAuthGrpcService extends OAuthServiceImplBase {
  private final Providers providers;
  private final OAuthLogins logins;
  private final OAuthLinks links;

  OAuthGrpcService(Providers providers, OAuthLogins logins, OAuthLinks links) {
    this.providers = providers;
    this.logins = logins;
    this.links = links;
  }

  @Override
  public void listOAuthProviders(
      ListOAuthProvidersRequest request, StreamObserver<ListOAuthProvidersResponse> out) {
    var answer = ListOAuthProvidersResponse.newBuilder();
    for (Provider provider : providers.all()) {
      answer.addProviders(
          OAuthProvider.newBuilder()
              .setProvider(provider.name())
              .addAllRedirectUris(provider.redirectUris()));
    }
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void startOAuthLogin(
      StartOAuthLoginRequest request, StreamObserver<StartOAuthLoginResponse> out) {
    var started = logins.start(request.getProvider(), request.getRedirectUri(), null);
    out.onNext(
        StartOAuthLoginResponse.newBuilder()
            .setAuthorizationUrl(started.authorization().toString())
            .setLoginToken(started.loginToken().text())
            .build());
    out.onCompleted();
  }

  @Override
  public void startOAuthLink(
      StartOAuthLinkRequest request, StreamObserver<StartOAuthLinkResponse> out) {
    var started = logins.start(request.getProvider(), request.getRedirectUri(), account());
    out.onNext(
        StartOAuthLinkResponse.newBuilder()
            .setAuthorizationUrl(started.authorization().toString())
            .setLoginToken(started.loginToken().text())
            .build());
    out.onCompleted();
  }

  @Override
  public void finishOAuth(FinishOAuthRequest request, StreamObserver<FinishOAuthResponse> out) {
    var signedIn = logins.finish(request.getState(), request.getCode(), request.getLoginToken());
    out.onNext(
        FinishOAuthResponse.newBuilder()
            .setTokens(signedIn.tokens())
            .setNewAccount(signedIn.newAccount())
            .build());
    out.onCompleted();
  }

  @Override
  public void listOAuthLinks(
      ListOAuthLinksRequest request, StreamObserver<ListOAuthLinksResponse> out) {
    var answer = ListOAuthLinksResponse.newBuilder();
    for (OAuthLinkRow link : links.of(account())) {
      answer.addLinks(
          OAuthLink.newBuilder()
              .setProvider(link.provider())
              .setLogin(link.login())
              .setLinkedAt(Timestamps.of(link.linkedAt())));
    }
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void unlinkOAuth(UnlinkOAuthRequest request, StreamObserver<UnlinkOAuthResponse> out) {
    links.unlink(account(), request.getProvider());
    out.onNext(UnlinkOAuthResponse.getDefaultInstance());
    out.onCompleted();
  }

  private static UUID account() {
    return ((Caller.AccountCaller) Caller.CURRENT.get()).accountId();
  }
}
