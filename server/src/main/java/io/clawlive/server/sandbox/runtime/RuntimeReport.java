package io.clawlive.server.sandbox.runtime;

import java.util.List;

/**
 * What a runtime is and can do.
 *
 * @param usable whether it answers
 * @param version of the engine or program; empty when it does not answer
 * @param message why it is not usable, or what is worth knowing; may be empty
 * @param missing what it cannot do, a sentence each: a limit that is not enforced, a network that
 *     is not offered
 * @param processors that the machine has
 * @param memoryBytes that the machine has
 */
public record RuntimeReport(
    boolean usable,
    String version,
    String message,
    List<String> missing,
    int processors,
    long memoryBytes) {}
