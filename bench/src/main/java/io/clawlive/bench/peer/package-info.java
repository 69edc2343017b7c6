/**
 * What the figures are held against: the same rows written and read without the product, on the
 * same PostgreSQL, and a gRPC server that only fans out.
 *
 * <p>Start at {@link io.clawlive.bench.peer.RawWriter}, {@link io.clawlive.bench.peer.RawReader}
 * and {@link io.clawlive.bench.peer.BareServer}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.peer;
