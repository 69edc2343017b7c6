package io.clawlive.server.identity.accounts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Told in the transaction that changes a password, so that whoever signed in with the old one is
 * signed out in the same moment.
 *
 * @param keptLogin login that made the change and goes on; null when all end
 */
public record PasswordChanged(UUID account, @Nullable UUID keptLogin) {}
