package io.clawlive.server.sandbox.secrets;

import io.clawlive.sandbox.v1.DeleteSecretRequest;
import io.clawlive.sandbox.v1.DeleteSecretResponse;
import io.clawlive.sandbox.v1.ListSecretsRequest;
import io.clawlive.sandbox.v1.ListSecretsResponse;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.PutSecretResponse;
import io.clawlive.sandbox.v1.RotateSecretKeysRequest;
import io.clawlive.sandbox.v1.RotateSecretKeysResponse;
import io.clawlive.sandbox.v1.SealingKey;
import io.clawlive.sandbox.v1.Secret;
import io.clawlive.sandbox.v1.SecretDelivery;
import io.clawlive.sandbox.v1.SecretServiceGrpc.SecretServiceImplBase;
import io.clawlive.server.agents.Agents;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.platform.secrets.Resealing;
import io.clawlive.server.platform.secrets.SealingKeys;
import io.clawlive.server.platform.secrets.SecretBox;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

@Singleton
final class SecretGrpcService extends SecretServiceImplBase {
  private final Secrets secrets;
  private final KeysetRotation rotation;
  private final SealingKeys keys;
  private final Resealing resealing;
  private final SecretBox box;
  private final Agents agents;

  SecretGrpcService(
      Secrets secrets,
      KeysetRotation rotation,
      SealingKeys keys,
      Resealing resealing,
      SecretBox box,
      Agents agents) {
    this.secrets = secrets;
    this.rotation = rotation;
    this.keys = keys;
    this.resealing = resealing;
    this.box = box;
    this.agents = agents;
  }

  @Override
  public void putSecret(PutSecretRequest request, StreamObserver<PutSecretResponse> out) {
    SecretRow row = secrets.put(scope(request.getAgent()), request);
    out.onNext(PutSecretResponse.newBuilder().setSecret(message(row)).build());
    out.onCompleted();
  }

  @Override
  public void listSecrets(ListSecretsRequest request, StreamObserver<ListSecretsResponse> out) {
    var answer = ListSecretsResponse.newBuilder();
    secrets.list(scope(request.getAgent())).forEach(row -> answer.addSecrets(message(row)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void deleteSecret(DeleteSecretRequest request, StreamObserver<DeleteSecretResponse> out) {
    boolean deleted = secrets.delete(scope(request.getAgent()), request.getName());
    out.onNext(DeleteSecretResponse.newBuilder().setDeleted(deleted).build());
    out.onCompleted();
  }

  @Override
  public void rotateSecretKeys(
      RotateSecretKeysRequest request, StreamObserver<RotateSecretKeysResponse> out) {
    rotation.prepare(request.getStep());
    rotation.take(request.getStep());
    var answer = RotateSecretKeysResponse.newBuilder().setRowsLeft(resealing.left());
    for (SecretBox.Key key : keys.list()) {
      answer.addKeys(SealingKey.newBuilder().setKeyId(key.id()).setPrimary(key.primary()));
    }
    out.onNext(answer.build());
    out.onCompleted();
  }

  /** The agent that is named, or else whoever calls. */
  private Scope scope(String agent) {
    if (!agent.isEmpty()) {
      Caller.Owner owner = agents.guardOf(agent, Caller.Viewer.current()).owner();
      return new Scope(owner.accountId(), owner.agentId());
    }
    return switch (Caller.CURRENT.get()) {
      case Caller.AccountCaller account -> new Scope(account.accountId(), null);
      case Caller.AgentCaller own -> new Scope(own.accountId(), own.agentId());
      case Caller.WatchCaller _, Caller.Spectator _ ->
          throw new IllegalStateException("the policy lets nobody else in");
    };
  }

  private Secret message(SecretRow row) {
    var secret =
        Secret.newBuilder()
            .setName(row.name())
            .setAccountId(row.accountId().toString())
            .setDelivery(SecretDelivery.SECRET_DELIVERY_ENV)
            .setCreatedAt(Timestamps.of(row.createdAt()))
            .setUpdatedAt(Timestamps.of(row.updatedAt()))
            .setUnreadable(secrets.open(row).isEmpty());
    box.keyOf(row.sealed()).ifPresent(key -> secret.setKeyId(key.id()));
    if (row.agentId() != null) {
      secret.setAgentId(row.agentId().toString());
    }
    if (row.fileName() != null) {
      secret.setDelivery(SecretDelivery.SECRET_DELIVERY_FILE).setFileName(row.fileName());
    }
    return secret.build();
  }
}
