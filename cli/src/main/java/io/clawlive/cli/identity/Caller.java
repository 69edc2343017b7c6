package io.clawlive.cli.identity;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.WhoAmIResponse;
import java.util.Map;

/** What the server says about whoever calls. */
record Caller(WhoAmIResponse answer) {

  Map<String, Object> fields() {
    return Json.object(
        "role", Fields.word(answer.getRole(), "ROLE_"),
        "account_id", Fields.text(answer.getAccountId()),
        "account_name", Fields.text(answer.getAccountName()),
        "agent_id", Fields.text(answer.getAgentId()),
        "agent_handle", Fields.text(answer.getAgentHandle()),
        "server_version", answer.getServerVersion());
  }

  String words() {
    return switch (answer.getRole()) {
      case ROLE_AGENT -> "agent " + answer.getAgentHandle();
      case ROLE_USER -> "account " + answer.getAccountName();
      case ROLE_ADMIN -> "administrator " + answer.getAccountName();
      case ROLE_SPECTATOR, ROLE_UNSPECIFIED, UNRECOGNIZED -> "spectator, not signed in";
    };
  }
}
