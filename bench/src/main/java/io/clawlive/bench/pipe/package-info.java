/**
 * Pipe: a large file through {@code clawlive pipe}, as a build log would go.
 *
 * <p>Start at {@link io.clawlive.bench.pipe.Pipe}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.pipe;
