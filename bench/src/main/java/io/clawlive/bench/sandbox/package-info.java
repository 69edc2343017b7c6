/**
 * Sandboxes beside the container engine that runs them: how long until one runs, how many at once,
 * how long a program takes that does nothing, and how fast what one says is there.
 *
 * <p>Start at {@link io.clawlive.bench.sandbox.SandboxLoad}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.sandbox;
