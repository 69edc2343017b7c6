/**
 * Sandboxes: where agents run, made, watched, fed, kept and stopped by us.
 *
 * <p>What somebody wants of a sandbox and what it is are both in its row of the table {@code
 * sandboxes}, which is the truth; a runtime is told until it agrees. A sandbox is also a stream:
 * its output are {@code log} events, its changes {@code sandbox} events.
 *
 * <p>Start reading at {@link io.clawlive.server.sandbox.Sandboxes}, which takes wishes, and {@link
 * io.clawlive.server.sandbox.Caretaker}, which makes them true. What runs them stands behind {@link
 * io.clawlive.server.sandbox.runtime.SandboxRuntime}.
 */
@NullMarked
package io.clawlive.server.sandbox;

import org.jspecify.annotations.NullMarked;
