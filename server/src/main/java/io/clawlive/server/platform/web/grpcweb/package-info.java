/**
 * gRPC-Web: the protocol in which browsers call the contract. It carries frames between HTTP
 * messages and calls of {@code platform.grpc}'s inner door and does not look into the messages.
 *
 * <p>Public: nothing. Start reading at {@link
 * io.clawlive.server.platform.web.grpcweb.GrpcWebController}.
 */
@NullMarked
package io.clawlive.server.platform.web.grpcweb;

import org.jspecify.annotations.NullMarked;
