/**
 * What a run found: rows with a figure of ours, the peer or limit measured beside it, and what is
 * required; the table for people and the JSON for programs.
 *
 * <p>Start at {@link io.clawlive.bench.report.Report}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.report;
