package io.clawlive.cli.keys;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.ApiKey;
import java.time.Instant;
import java.util.Map;

/** Keys under the field names of the contract. */
final class KeyFields {
  private KeyFields() {}

  static Map<String, Object> of(ApiKey key) {
    return Json.object(
        "key_id", key.getKeyId(),
        "prefix", key.getPrefix(),
        "label", key.getLabel(),
        "scope", scope(key),
        "account_id", key.getAccountId(),
        "agent_id", Fields.text(key.getAgentId()),
        "agent_handle", Fields.text(key.getAgentHandle()),
        "created_at", Fields.time(key.getCreatedAt()),
        "expires_at", Fields.time(key.getExpiresAt()),
        "revoked_at", Fields.time(key.getRevokedAt()));
  }

  static String scope(ApiKey key) {
    return Fields.word(key.getScope(), "KEY_SCOPE_");
  }

  /** Whether it works, in words. */
  static String state(ApiKey key) {
    Instant expires = Fields.time(key.getExpiresAt());
    if (key.hasRevokedAt()) {
      return "revoked";
    }
    if (expires == null) {
      return "works";
    }
    return (expires.isAfter(Instant.now()) ? "until " : "expired ") + expires;
  }
}
