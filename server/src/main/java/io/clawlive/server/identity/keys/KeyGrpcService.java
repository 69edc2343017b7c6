package io.clawlive.server.identity.keys;

import io.clawlive.identity.v1.ApiKey;
import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.CreateKeyResponse;
import io.clawlive.identity.v1.KeyServiceGrpc.KeyServiceImplBase;
import io.clawlive.identity.v1.ListKeysRequest;
import io.clawlive.identity.v1.ListKeysResponse;
import io.clawlive.identity.v1.RevokeKeyRequest;
import io.clawlive.identity.v1.RevokeKeyResponse;
import io.clawlive.identity.v1.RotateKeyRequest;
import io.clawlive.identity.v1.RotateKeyResponse;
import io.clawlive.policy.v1.Resource;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.Credential;
import io.clawlive.server.identity.ResourceGuards;
import io.clawlive.server.identity.keys.ApiKeyRepository.KeyRow;
import io.clawlive.server.identity.keys.ApiKeys.NewKey;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Timestamps;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

@Singleton
final class KeyGrpcService extends KeyServiceImplBase {
  private final ApiKeys keys;
  private final ResourceGuards agents;

  KeyGrpcService(ApiKeys keys, List<ResourceGuards> guards) {
    this.keys = keys;
    this.agents =
        guards.stream()
            .filter(guard -> guard.resource() == Resource.RESOURCE_AGENT)
            .findFirst()
            .orElseThrow();
  }

  @Override
  public void createKey(CreateKeyRequest request, StreamObserver<CreateKeyResponse> out) {
    var caller = (Caller.AccountCaller) Caller.CURRENT.get();
    // A key of an agent belongs to the agent's account, also when an administrator makes it.
    Caller.Owner owner =
        request.getAgent().isEmpty()
            ? null
            : agents.guardOf(request.getAgent(), caller.viewer()).owner();
    NewKey key =
        keys.createAsked(
            owner == null ? caller.accountId() : owner.accountId(),
            owner == null ? null : owner.agentId(),
            request.getLabel(),
            request.getScope(),
            request.hasLifetime() ? Duration.ofSeconds(request.getLifetime().getSeconds()) : null);
    out.onNext(
        CreateKeyResponse.newBuilder()
            .setKeyId(key.id().toString())
            .setApiKey(key.text())
            .setKey(message(keys.get(key.id())))
            .build());
    out.onCompleted();
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> out) {
    var caller = (Caller.AccountCaller) Caller.CURRENT.get();
    int limit = Page.limit(request.getPageSize());
    var rows =
        keys.page(
            caller.accountId(), Page.idToken(request.getPageToken()), request.getAll(), limit);
    var page = Page.cut(rows, limit, row -> row.id().toString());
    var answer = ListKeysResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> answer.addKeys(message(row)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void revokeKey(RevokeKeyRequest request, StreamObserver<RevokeKeyResponse> out) {
    var caller = (Caller.AccountCaller) Caller.CURRENT.get();
    KeyRow key = keys.revoke(UUID.fromString(request.getKeyId()), caller);
    out.onNext(RevokeKeyResponse.newBuilder().setKey(message(key)).build());
    out.onCompleted();
  }

  @Override
  public void rotateKey(RotateKeyRequest request, StreamObserver<RotateKeyResponse> out) {
    NewKey key = keys.rotate(Credential.CURRENT.get().id());
    out.onNext(
        RotateKeyResponse.newBuilder().setKeyId(key.id().toString()).setApiKey(key.text()).build());
    out.onCompleted();
  }

  private static ApiKey message(KeyRow row) {
    var message =
        ApiKey.newBuilder()
            .setKeyId(row.id().toString())
            .setPrefix(ApiKeys.shown(row))
            .setLabel(row.label())
            .setScope(ApiKeys.scope(row))
            .setAccountId(row.accountId().toString())
            .setCreatedAt(Timestamps.of(row.createdAt()));
    if (row.agentId() != null) {
      message
          .setAgentId(row.agentId().toString())
          .setAgentHandle(String.valueOf(row.agentHandle()));
    }
    if (row.expiresAt() != null) {
      message.setExpiresAt(Timestamps.of(row.expiresAt()));
    }
    if (row.revokedAt() != null) {
      message.setRevokedAt(Timestamps.of(row.revokedAt()));
    }
    return message.build();
  }
}
