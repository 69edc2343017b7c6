package io.clawlive.server.sandbox.secrets;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.DeleteSecretRequest;
import io.clawlive.sandbox.v1.ListSecretsRequest;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.RotateSecretKeysRequest;
import io.clawlive.sandbox.v1.RotateSecretKeysResponse;
import io.clawlive.sandbox.v1.SealingKeyStep;
import io.clawlive.sandbox.v1.Secret;
import io.clawlive.sandbox.v1.SecretDelivery;
import io.clawlive.server.testing.Client;
import java.util.List;

/**
 * The secrets of a caller, or of an agent that it names.
 *
 * @param agent empty for the caller's own
 */
record Shelf(Client client, String agent) {

  static Shelf of(Client client) {
    return new Shelf(client, "");
  }

  Secret put(String name, String value) {
    return put(PutSecretRequest.newBuilder().setName(name).setValue(bytes(value)));
  }

  Secret putFile(String name, String fileName, String value) {
    return put(
        PutSecretRequest.newBuilder()
            .setName(name)
            .setValue(bytes(value))
            .setDelivery(SecretDelivery.SECRET_DELIVERY_FILE)
            .setFileName(fileName));
  }

  Secret put(PutSecretRequest.Builder request) {
    return client.secrets().putSecret(request.setAgent(agent).build()).getSecret();
  }

  List<Secret> list() {
    return client
        .secrets()
        .listSecrets(ListSecretsRequest.newBuilder().setAgent(agent).build())
        .getSecretsList();
  }

  List<String> names() {
    return list().stream().map(Secret::getName).toList();
  }

  boolean delete(String name) {
    return client
        .secrets()
        .deleteSecret(DeleteSecretRequest.newBuilder().setAgent(agent).setName(name).build())
        .getDeleted();
  }

  static RotateSecretKeysResponse step(Client admin, SealingKeyStep step) {
    return admin
        .secrets()
        .rotateSecretKeys(RotateSecretKeysRequest.newBuilder().setStep(step).build());
  }

  static ByteString bytes(String value) {
    return ByteString.copyFromUtf8(value);
  }
}
