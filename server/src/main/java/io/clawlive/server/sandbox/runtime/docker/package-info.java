/**
 * Sandboxes as containers of a Docker engine, 20.10 or newer.
 *
 * <p>Everything that is made carries the labels {@code clawlive.sandbox} and {@code
 * clawlive.server}, by which it is found again. What the engine answers at once goes through
 * docker-java; streams whose input must end go through a connection of our own, because no library
 * at hand tells a container that its input is over.
 *
 * <p>Public are {@link io.clawlive.server.sandbox.runtime.docker.DockerRuntime}, where to start
 * reading, and {@link io.clawlive.server.sandbox.runtime.docker.DockerSettings}.
 */
@NullMarked
package io.clawlive.server.sandbox.runtime.docker;

import org.jspecify.annotations.NullMarked;
