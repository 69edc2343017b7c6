/**
 * Fan-out: one publisher and many watchers of one session. Deliveries a second, how long an event
 * takes from its publishing to a watcher's hands, the server's processor time for a delivery, and
 * the memory of a watcher that only waits; against a gRPC server that does nothing else.
 *
 * <p>Start at {@link io.clawlive.bench.fanout.FanOut}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.fanout;
