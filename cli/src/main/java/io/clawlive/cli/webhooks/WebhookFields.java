package io.clawlive.cli.webhooks;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import io.clawlive.webhooks.v1.Webhook;
import java.util.LinkedHashMap;
import java.util.Map;

/** Webhooks under the field names of the contract. */
final class WebhookFields {
  private WebhookFields() {}

  static Map<String, Object> of(Webhook webhook) {
    return Json.object(
        "webhook_id", webhook.getWebhookId(),
        "agent_id", webhook.getAgentId(),
        "name", webhook.getName(),
        "created_at", Fields.time(webhook.getCreatedAt()),
        "last_delivery_at", Fields.time(webhook.getLastDeliveryAt()),
        "previous_secret_until", Fields.time(webhook.getPreviousSecretUntil()));
  }

  /** With the secret, which is shown this once. */
  static Map<String, Object> of(Webhook webhook, String secret) {
    Map<String, Object> fields = new LinkedHashMap<>(of(webhook));
    fields.put("secret", secret);
    return fields;
  }
}
