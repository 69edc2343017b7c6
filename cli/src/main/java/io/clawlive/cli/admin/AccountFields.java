package io.clawlive.cli.admin;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.Account;
import java.util.Map;

/** Accounts under the field names of the contract. */
final class AccountFields {
  private AccountFields() {}

  static Map<String, Object> of(Account account) {
    return Json.object(
        "account_id", account.getAccountId(),
        "name", account.getName(),
        "role", role(account),
        "created_at", Fields.time(account.getCreatedAt()),
        "disabled_at", Fields.time(account.getDisabledAt()),
        "last_login_at", Fields.time(account.getLastLoginAt()));
  }

  static String role(Account account) {
    return Fields.word(account.getRole(), "ROLE_");
  }
}
