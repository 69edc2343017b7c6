/**
 * The gRPC door: what every call passes before it reaches a noun, and what every answer passes on
 * its way out. It knows the contract's options and no feature.
 *
 * <p>Public: {@link io.clawlive.server.platform.grpc.Refusal}, the one exception by which a noun
 * declines a call; {@link io.clawlive.server.platform.grpc.ErrorAnswers}, what a caller is told of
 * one; {@link io.clawlive.server.platform.grpc.Policies}, the policy of an RPC; {@link
 * io.clawlive.server.platform.grpc.RequestFields}, a field of a request by its path; {@link
 * io.clawlive.server.platform.grpc.EncodedMessages}, for answers that are already bytes; {@link
 * io.clawlive.server.platform.grpc.Buckets} and {@link io.clawlive.server.platform.grpc.Attempts},
 * what is counted, here in memory and in {@code platform.redis} for several servers.
 *
 * <p>Calls run through errors, validation, access (in {@code identity}), rates and the lock-out, in
 * that order, each an interceptor. Start reading at {@link
 * io.clawlive.server.platform.grpc.ErrorInterceptor}.
 */
@NullMarked
package io.clawlive.server.platform.grpc;

import org.jspecify.annotations.NullMarked;
