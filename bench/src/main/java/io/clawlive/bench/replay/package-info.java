/**
 * Replay: a long session read from its first to its last event, against a plain JDBC read of the
 * same rows.
 *
 * <p>Start at {@link io.clawlive.bench.replay.Replay}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.replay;
