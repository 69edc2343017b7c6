package io.clawlive.cli.identity;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.WhoAmIResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server says about whoever calls. */
record Caller(WhoAmIResponse answer) {

  Map<String, Object> fields() {
    return Json.object(
        "role", Fields.word(answer.getRole(), "ROLE_"),
        "account_id", Fields.text(answer.getAccountId()),
        "account_name", Fields.text(answer.getAccountName()),
        "agent_id", Fields.text(answer.getAgentId()),
        "agent_handle", Fields.text(answer.getAgentHandle()),
        "key_scope", scope(),
        "credential_expires_at", Fields.time(answer.getCredentialExpiresAt()),
        "server_version", answer.getServerVersion());
  }

  private @Nullable String scope() {
    return answer.getKeyScope() == KeyScope.KEY_SCOPE_UNSPECIFIED
        ? null
        : Fields.word(answer.getKeyScope(), "KEY_SCOPE_");
  }

  String words() {
    return switch (answer.getRole()) {
      case ROLE_AGENT -> "agent " + answer.getAgentHandle();
      case ROLE_USER -> "account " + answer.getAccountName();
      case ROLE_ADMIN -> "administrator " + answer.getAccountName();
      case ROLE_SPECTATOR, ROLE_UNSPECIFIED, UNRECOGNIZED ->
          answer.getAccountName().isEmpty()
              ? "spectator, not signed in"
              : "spectator, by a key of %s that only watches".formatted(answer.getAccountName());
    };
  }
}
