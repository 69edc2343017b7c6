/**
 * The command line {@code clawlive}: its entry, the table of its commands, what it does with
 * failures, and the commands that need no server.
 *
 * <p>One class is one command; what commands share is mixed in, not inherited. The packages below
 * are named as the nouns of the contract: {@code identity}, {@code keys}, {@code admin}, {@code
 * agents}, {@code live}, {@code streams}; beside them {@code shell} (streams, output, exit codes),
 * {@code home} (CLAWLIVE_HOME), {@code connection} (which server, which credential), {@code text}
 * (lines in, safe text out), {@code view} (events for people), {@code demo} and {@code doctor}.
 * Everything goes through the SDK; nothing here knows a gRPC stub.
 *
 * <p>Start reading at {@link io.clawlive.cli.Main}, then {@code Commands}.
 */
@NullMarked
package io.clawlive.cli;

import org.jspecify.annotations.NullMarked;
