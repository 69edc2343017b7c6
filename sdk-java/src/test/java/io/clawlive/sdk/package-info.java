/**
 * Tests of the SDK through its public API.
 *
 * <p>{@code ServerProcessTest} drives the real server as a process and kills it. {@code WireDouble}
 * speaks the stream service's wire behaviour from memory and exists for the faults that a real
 * server cannot be made to have at will, such as a connection lost between commit and
 * acknowledgement.
 */
@NullMarked
package io.clawlive.sdk;

import org.jspecify.annotations.NullMarked;
