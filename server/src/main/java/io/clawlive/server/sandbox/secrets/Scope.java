package io.clawlive.server.sandbox.secrets;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose a secret is: an account's, or that of one of its agents. */
record Scope(UUID account, @Nullable UUID agent) {

  /** What the value of a row is sealed for; {@link SealedSecretRepository} says the same in SQL. */
  String context(String name, UUID row) {
    return "sandbox_secret "
        + account
        + " "
        + (agent == null ? "-" : agent.toString())
        + " "
        + name
        + " "
        + row;
  }
}
