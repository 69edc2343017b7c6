/**
 * Webhooks in: programs that hold no key sign their events with a secret instead.
 *
 * <p>Tables: {@code webhooks}, whose secrets are sealed, and {@code webhook_deliveries}, the ids of
 * the deliveries of the last 30 days. A delivery is one batch of a producer that its webhook and
 * bytes name, so the log itself stores no body twice; the table only adds that an id is taken once.
 *
 * <p>Start reading at {@link io.clawlive.server.webhooks.Deliveries}; {@link
 * io.clawlive.server.webhooks.Webhooks} keeps the webhooks themselves.
 */
@NullMarked
package io.clawlive.server.webhooks;

import org.jspecify.annotations.NullMarked;
