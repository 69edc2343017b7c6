/**
 * The web door: the contract for browsers and for whoever speaks HTTP, on one port. Calls travel on
 * through {@code platform.grpc}'s inner door and so pass the same interceptors as at the gRPC door.
 *
 * <p>Below: {@code grpcweb}, the contract for browsers; {@code rest}, the contract as HTTP paths
 * and JSON; {@code json}, messages as JSON; {@code login} and {@code pages}, the viewer's logins
 * and files.
 *
 * <p>Public: {@link io.clawlive.server.platform.web.WebDoor}, which opens the port.
 */
@NullMarked
package io.clawlive.server.platform.web;

import org.jspecify.annotations.NullMarked;
