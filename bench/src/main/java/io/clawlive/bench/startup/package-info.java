/**
 * Start-up: how long a user waits for the server and for the command line.
 *
 * <p>Start at {@link io.clawlive.bench.startup.StartUp}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.startup;
