package io.clawlive.cli.secrets;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import io.clawlive.sandbox.v1.Secret;
import java.util.Map;

/** Secrets under the field names of the contract. */
final class SecretFields {
  private SecretFields() {}

  static Map<String, Object> of(Secret secret) {
    return Json.object(
        "name", secret.getName(),
        "account_id", secret.getAccountId(),
        "agent_id", Fields.text(secret.getAgentId()),
        "delivery", delivery(secret),
        "file_name", Fields.text(secret.getFileName()),
        "created_at", Fields.time(secret.getCreatedAt()),
        "updated_at", Fields.time(secret.getUpdatedAt()),
        "key_id", Fields.text(secret.getKeyId()),
        "unreadable", secret.getUnreadable());
  }

  static String delivery(Secret secret) {
    return Fields.word(secret.getDelivery(), "SECRET_DELIVERY_");
  }
}
