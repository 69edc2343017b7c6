/**
 * Files of sandboxes that run. Everything is done by small shell scripts ({@link
 * io.clawlive.server.sandbox.files.Script}) that run inside as the sandbox's own user, the same
 * ones whatever runs the sandbox, so that it is the kernel which decides what may be read and
 * written. What the scripts answer is not believed: whoever owns a sandbox owns the programs in it.
 *
 * <p>{@link io.clawlive.server.sandbox.files.Files} does what is done at once; {@link
 * io.clawlive.server.sandbox.files.FileReadCall}, {@link
 * io.clawlive.server.sandbox.files.FileWriteCall} and {@link
 * io.clawlive.server.sandbox.files.FileWatchCall} are calls that last, and {@link
 * io.clawlive.server.sandbox.files.FileCalls} knows them. Start reading at {@link
 * io.clawlive.server.sandbox.files.Inside}. No table, nothing public.
 */
@NullMarked
package io.clawlive.server.sandbox.files;

import org.jspecify.annotations.NullMarked;
