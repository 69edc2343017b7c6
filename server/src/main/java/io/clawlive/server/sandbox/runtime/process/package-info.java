/**
 * Sandboxes as processes in namespaces of their own, made by bubblewrap: no daemon, no image. The
 * programs of the machine are there to be read, {@code /workspace} and {@code /data} are folders of
 * the server's, and nobody is reached.
 *
 * <p>Nothing here outlives the server: when it dies, so do they, and the next one finds them ended.
 * Limits are those of a cgroup where the server may make one, else of each process.
 *
 * <p>Public are {@link io.clawlive.server.sandbox.runtime.process.ProcessRuntime}, where to start
 * reading, and {@link io.clawlive.server.sandbox.runtime.process.ProcessSettings}.
 */
@NullMarked
package io.clawlive.server.sandbox.runtime.process;

import org.jspecify.annotations.NullMarked;
