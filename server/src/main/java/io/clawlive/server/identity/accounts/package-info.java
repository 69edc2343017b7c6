/**
 * People's accounts and their passwords.
 *
 * <p>Public: {@link io.clawlive.server.identity.accounts.Accounts}, which makes, finds and changes
 * accounts; {@link io.clawlive.server.identity.accounts.AccountRow}; {@link
 * io.clawlive.server.identity.accounts.Passwords}, which hashes and checks passwords a few at a
 * time.
 *
 * <p>Table: {@code accounts}. Names are kept in lower case; of a password only the hash is kept.
 */
@NullMarked
package io.clawlive.server.identity.accounts;

import org.jspecify.annotations.NullMarked;
