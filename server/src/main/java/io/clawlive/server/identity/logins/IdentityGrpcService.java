package io.clawlive.server.identity.logins;

import io.clawlive.identity.v1.ChangePasswordRequest;
import io.clawlive.identity.v1.ChangePasswordResponse;
import io.clawlive.identity.v1.IdentityServiceGrpc.IdentityServiceImplBase;
import io.clawlive.identity.v1.ListSigningKeysRequest;
import io.clawlive.identity.v1.ListSigningKeysResponse;
import io.clawlive.identity.v1.LoginRequest;
import io.clawlive.identity.v1.LoginResponse;
import io.clawlive.identity.v1.LogoutRequest;
import io.clawlive.identity.v1.LogoutResponse;
import io.clawlive.identity.v1.RefreshRequest;
import io.clawlive.identity.v1.RefreshResponse;
import io.clawlive.identity.v1.RegisterRequest;
import io.clawlive.identity.v1.RegisterResponse;
import io.clawlive.identity.v1.RotateSigningKeyRequest;
import io.clawlive.identity.v1.RotateSigningKeyResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.Credential;
import io.clawlive.server.identity.accounts.Accounts;
import io.clawlive.server.platform.Version;
import io.clawlive.server.platform.grpc.Timestamps;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

@Singleton
final class IdentityGrpcService extends IdentityServiceImplBase {
  private final Accounts accounts;
  private final SignIn signIn;
  private final Logins logins;
  private final SigningKeys signingKeys;

  IdentityGrpcService(Accounts accounts, SignIn signIn, Logins logins, SigningKeys signingKeys) {
    this.accounts = accounts;
    this.signIn = signIn;
    this.logins = logins;
    this.signingKeys = signingKeys;
  }

  @Override
  public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> out) {
    Caller caller = Caller.CURRENT.get();
    boolean none = accounts.none();
    var answer =
        WhoAmIResponse.newBuilder()
            .setRole(caller.role())
            .setServerVersion(Version.CURRENT)
            .setFirstAccount(none)
            .setRegistrationOpen(accounts.registrationOpen(none));
    switch (caller) {
      case Caller.Spectator _ -> {}
      case Caller.WatchCaller watcher ->
          answer.setAccountId(watcher.accountId().toString()).setAccountName(watcher.accountName());
      case Caller.AgentCaller agent ->
          answer
              .setAccountId(agent.accountId().toString())
              .setAccountName(agent.accountName())
              .setAgentId(agent.agentId().toString())
              .setAgentHandle(agent.handle());
      case Caller.AccountCaller account ->
          answer.setAccountId(account.accountId().toString()).setAccountName(account.name());
    }
    Credential credential = Credential.CURRENT.get();
    if (credential != null) {
      answer.setKeyScope(credential.scope());
      if (credential.expiresAt() != null) {
        answer.setCredentialExpiresAt(Timestamps.of(credential.expiresAt()));
      }
    }
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void register(RegisterRequest request, StreamObserver<RegisterResponse> out) {
    out.onNext(signIn.register(request.getName(), request.getPassword()));
    out.onCompleted();
  }

  @Override
  public void login(LoginRequest request, StreamObserver<LoginResponse> out) {
    Tokens tokens = signIn.login(request.getName(), request.getPassword(), request.getLabel());
    out.onNext(LoginResponse.newBuilder().setTokens(tokens).build());
    out.onCompleted();
  }

  @Override
  public void refresh(RefreshRequest request, StreamObserver<RefreshResponse> out) {
    Tokens tokens = logins.refresh(request.getRefreshToken()).tokens();
    if (tokens == null) {
      throw Logins.reused();
    }
    out.onNext(RefreshResponse.newBuilder().setTokens(tokens).build());
    out.onCompleted();
  }

  @Override
  public void logout(LogoutRequest request, StreamObserver<LogoutResponse> out) {
    Credential credential = Credential.CURRENT.get();
    if (credential.by() == logins) {
      logins.close(credential.id());
    }
    out.onNext(LogoutResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void changePassword(
      ChangePasswordRequest request, StreamObserver<ChangePasswordResponse> out) {
    var caller = (Caller.AccountCaller) Caller.CURRENT.get();
    Credential credential = Credential.CURRENT.get();
    signIn.changePassword(
        caller.accountId(),
        request.getOldPassword(),
        request.getNewPassword(),
        credential.by() == logins ? credential.id() : null);
    out.onNext(ChangePasswordResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void rotateSigningKey(
      RotateSigningKeyRequest request, StreamObserver<RotateSigningKeyResponse> out) {
    out.onNext(
        RotateSigningKeyResponse.newBuilder()
            .setKey(signingKeys.rotate(request.getRevokeOld()))
            .build());
    out.onCompleted();
  }

  @Override
  public void listSigningKeys(
      ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> out) {
    out.onNext(ListSigningKeysResponse.newBuilder().addAllKeys(signingKeys.published()).build());
    out.onCompleted();
  }
}
