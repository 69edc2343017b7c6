/**
 * Faults: publishers and watchers while the server is killed again and again, and what the log says
 * afterwards. A control arm publishes without the product's deduplication and must show duplicates,
 * or the check would prove nothing.
 *
 * <p>Start at {@link io.clawlive.bench.faults.Faults}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.faults;
