/**
 * Secrets that sandboxes get: written by accounts and agents, sealed in the database, read by
 * nobody but the sandbox that starts.
 *
 * <p>Public: {@link io.clawlive.server.sandbox.secrets.Secrets}, whose {@code of} gives what one
 * sandbox gets; {@link io.clawlive.server.sandbox.secrets.Delivered}, one of those.
 *
 * <p>Table: {@code sandbox_secrets}, one row a secret, unique by account, agent and name. A value
 * is sealed for all of these and the row's id, so it opens nowhere else. Start reading at {@link
 * io.clawlive.server.sandbox.secrets.Secrets}.
 */
@NullMarked
package io.clawlive.server.sandbox.secrets;

import org.jspecify.annotations.NullMarked;
