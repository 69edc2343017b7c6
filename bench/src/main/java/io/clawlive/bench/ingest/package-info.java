/**
 * Ingest: events stored and acknowledged a second, and how long one acknowledgement takes, against
 * the same rows written straight into the same PostgreSQL.
 *
 * <p>Start at {@link io.clawlive.bench.ingest.Ingest}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.ingest;
