/**
 * Redis: what several servers count together, and who is present at them. It holds nothing that
 * would be missed; every key expires by itself.
 *
 * <p>Public: {@link io.clawlive.server.platform.redis.RedisAddress}, an address as an operator
 * gives it; {@link io.clawlive.server.platform.redis.Bells}, short messages between servers that
 * may get lost. The beans here exist only where one is given, and stand in for those in {@code
 * platform} and {@code platform.grpc}, where there is one.
 *
 * <p>Start reading at {@link io.clawlive.server.platform.redis.Redis}.
 */
@NullMarked
package io.clawlive.server.platform.redis;

import org.jspecify.annotations.NullMarked;
