/**
 * The web door: the contract for browsers and for whoever speaks HTTP, on one port. Calls travel on
 * through {@code platform.grpc}'s inner door and so pass the same interceptors as at the gRPC door.
 *
 * <p>Public: {@link io.clawlive.server.platform.web.WebDoor}, which opens the port.
 */
@NullMarked
package io.clawlive.server.platform.web;

import org.jspecify.annotations.NullMarked;
