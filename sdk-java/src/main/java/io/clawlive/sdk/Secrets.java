package io.clawlive.sdk;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.DeleteSecretRequest;
import io.clawlive.sandbox.v1.DeleteSecretResponse;
import io.clawlive.sandbox.v1.ListSecretsRequest;
import io.clawlive.sandbox.v1.ListSecretsResponse;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.PutSecretResponse;
import io.clawlive.sandbox.v1.RotateSecretKeysRequest;
import io.clawlive.sandbox.v1.RotateSecretKeysResponse;
import io.clawlive.sandbox.v1.SealingKeyStep;
import io.clawlive.sandbox.v1.Secret;
import io.clawlive.sandbox.v1.SecretServiceGrpc;
import io.clawlive.sdk.internal.Unary;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Secrets that sandboxes get: of an account for all its sandboxes, or of one agent for its own. A
 * value is written and never read again.
 *
 * <p>Where an agent is asked for, its handle or id; empty means for whoever calls.
 */
public final class Secrets {
  private final Unary unary;

  Secrets(Unary unary) {
    this.unary = unary;
  }

  /**
   * Writes a secret that sandboxes get as an environment variable, in the place of the one before.
   *
   * @param name of the form [A-Z_][A-Z0-9_]{0,63}
   * @param value 1 byte to 32,768 bytes of UTF-8
   */
  public Secret put(String agent, String name, String value) {
    return put(
        PutSecretRequest.newBuilder()
            .setAgent(agent)
            .setName(name)
            .setValue(ByteString.copyFromUtf8(value))
            .build());
  }

  /**
   * Writes a secret, in the place of the one before. At most 100 a scope.
   *
   * @throws AlreadyExistsException when another secret is delivered as a file of this name
   * @throws InvalidRequestException when the value cannot be delivered as asked
   */
  public Secret put(PutSecretRequest request) {
    return Unary.await(putAsync(request));
  }

  /** As {@link #put(PutSecretRequest)}. */
  public CompletableFuture<Secret> putAsync(PutSecretRequest request) {
    return unary
        .call(SecretServiceGrpc.getPutSecretMethod(), request)
        .thenApply(PutSecretResponse::getSecret);
  }

  /** The secrets by name, without their values. */
  public List<Secret> list(String agent) {
    return Unary.await(listAsync(agent));
  }

  /** As {@link #list}. */
  public CompletableFuture<List<Secret>> listAsync(String agent) {
    return unary
        .call(
            SecretServiceGrpc.getListSecretsMethod(),
            ListSecretsRequest.newBuilder().setAgent(agent).build())
        .thenApply(ListSecretsResponse::getSecretsList);
  }

  /** Removes a secret; says whether there was one. Sandboxes that run keep it until they stop. */
  public boolean delete(String agent, String name) {
    return Unary.await(deleteAsync(agent, name));
  }

  /** As {@link #delete}. */
  public CompletableFuture<Boolean> deleteAsync(String agent, String name) {
    return unary
        .call(
            SecretServiceGrpc.getDeleteSecretMethod(),
            DeleteSecretRequest.newBuilder().setAgent(agent).setName(name).build())
        .thenApply(DeleteSecretResponse::getDeleted);
  }

  /**
   * Changes the keys that seal what the server's database must not show. For administrators.
   *
   * @throws FailedPreconditionException when the server cannot change its keyset, or an old key is
   *     still needed
   */
  public RotateSecretKeysResponse rotateKeys(SealingKeyStep step) {
    return Unary.await(rotateKeysAsync(step));
  }

  /** As {@link #rotateKeys}. */
  public CompletableFuture<RotateSecretKeysResponse> rotateKeysAsync(SealingKeyStep step) {
    return unary.call(
        SecretServiceGrpc.getRotateSecretKeysMethod(),
        RotateSecretKeysRequest.newBuilder().setStep(step).build());
  }
}
