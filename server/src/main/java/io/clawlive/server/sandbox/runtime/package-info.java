/**
 * What a sandbox needs of whatever runs it. One implementation speaks to a container engine, the
 * other starts processes in namespaces of their own; nothing above this package knows which.
 *
 * <p>Start reading at {@link io.clawlive.server.sandbox.runtime.SandboxRuntime}.
 */
@NullMarked
package io.clawlive.server.sandbox.runtime;

import org.jspecify.annotations.NullMarked;
