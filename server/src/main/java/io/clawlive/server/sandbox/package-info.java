/**
 * Sandboxes: where agents run, made, watched, fed, kept and stopped by us.
 *
 * <p>What somebody wants and what is are both in the table {@code sandboxes}, which is the truth; a
 * runtime is told until it agrees. A sandbox is also a stream: its output are {@code log} events,
 * its changes {@code sandbox} events. What runs them stands behind {@link
 * io.clawlive.server.sandbox.runtime.SandboxRuntime}.
 */
@NullMarked
package io.clawlive.server.sandbox;

import org.jspecify.annotations.NullMarked;
