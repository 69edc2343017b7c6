/**
 * The machinery under the public API; nothing here is for callers.
 *
 * <p>Owns the connection ({@code Transport}, {@code CallToken}, {@code Unary}, {@code Failures}),
 * the publishing side ({@code PublishLink} over an {@code Outbox} in memory or on disk), the
 * reading side ({@code Feed}) and an agent's channel ({@code ChannelLink} with its {@code
 * RoomLanes}). Start at {@code Transport}; the promise "nothing lost, nothing twice" is kept by
 * {@code PublishLink} when writing, by {@code Feed} when reading and by {@code ChannelLink} for
 * agents.
 */
@NullMarked
package io.clawlive.sdk.internal;

import org.jspecify.annotations.NullMarked;
