/**
 * Commands about webhooks: {@code webhook create|rotate|list|delete|send-test}.
 *
 * <p>Public: {@link io.clawlive.cli.webhooks.WebhookCommands}.
 */
@NullMarked
package io.clawlive.cli.webhooks;

import org.jspecify.annotations.NullMarked;
