package io.clawlive.server.identity;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.clawlive.sandbox.v1.DeleteSecretRequest;
import io.clawlive.sandbox.v1.GetTemplateRequest;
import io.clawlive.sandbox.v1.ListSecretsRequest;
import io.clawlive.sandbox.v1.ListTemplatesRequest;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.ReloadTemplatesRequest;
import io.clawlive.sandbox.v1.RotateSecretKeysRequest;
import io.clawlive.sandbox.v1.SealingKeyStep;

/** A right request to every RPC about secrets and templates. */
final class SecretCast {
  private SecretCast() {}

  static Message request(String rpc, String agent) {
    return switch (rpc) {
      case "SecretService/PutSecret" ->
          PutSecretRequest.newBuilder()
              .setAgent(agent)
              .setName("API_KEY")
              .setValue(ByteString.copyFromUtf8("value"))
              .build();
      case "SecretService/ListSecrets" -> ListSecretsRequest.newBuilder().setAgent(agent).build();
      case "SecretService/DeleteSecret" ->
          DeleteSecretRequest.newBuilder().setAgent(agent).setName("API_KEY").build();
      case "SecretService/RotateSecretKeys" ->
          RotateSecretKeysRequest.newBuilder()
              .setStep(SealingKeyStep.SEALING_KEY_STEP_SHOW)
              .build();
      case "TemplateService/ListTemplates" -> ListTemplatesRequest.getDefaultInstance();
      case "TemplateService/GetTemplate" ->
          GetTemplateRequest.newBuilder().setTemplate("shell").build();
      case "TemplateService/ReloadTemplates" -> ReloadTemplatesRequest.getDefaultInstance();
      default -> throw new AssertionError("say here what a good request to " + rpc + " is");
    };
  }
}
