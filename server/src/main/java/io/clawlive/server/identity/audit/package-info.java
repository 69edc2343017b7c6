/**
 * What was changed of identities, keys, roles and access, by whom and when.
 *
 * <p>Public: {@link io.clawlive.server.identity.audit.AuditLog}, by which whoever makes a change
 * writes it down in the transaction of the change. The name of the change stands in the policy of
 * its RPC.
 *
 * <p>Tables: {@code audit_log}, only ever added to, each entry with the hash of the one before; and
 * {@code audit_head}, the end of that chain.
 */
@NullMarked
package io.clawlive.server.identity.audit;

import org.jspecify.annotations.NullMarked;
