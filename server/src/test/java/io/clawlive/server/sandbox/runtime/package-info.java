/**
 * What every runtime promises, in one place, and what each promises beside that, shown with the
 * real thing: a Docker engine and bubblewrap.
 *
 * <p>Start reading at {@link io.clawlive.server.sandbox.runtime.RuntimeCases}.
 */
@NullMarked
package io.clawlive.server.sandbox.runtime;

import org.jspecify.annotations.NullMarked;
