package io.clawlive.server.identity;

import io.clawlive.identity.v1.IdentityServiceGrpc.IdentityServiceImplBase;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.server.platform.Version;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

@Singleton
final class IdentityGrpcService extends IdentityServiceImplBase {
  @Override
  public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> out) {
    Caller caller = Caller.CURRENT.get();
    var answer =
        WhoAmIResponse.newBuilder().setRole(caller.role()).setServerVersion(Version.CURRENT);
    switch (caller) {
      case Caller.Spectator _ -> {}
      case Caller.AgentCaller agent ->
          answer
              .setAccountId(agent.accountId().toString())
              .setAccountName(agent.accountName())
              .setAgentId(agent.agentId().toString())
              .setAgentHandle(agent.handle());
      case Caller.AccountCaller account ->
          answer.setAccountId(account.accountId().toString()).setAccountName(account.name());
    }
    out.onNext(answer.build());
    out.onCompleted();
  }
}
