/**
 * Redis: what several servers count together, and who is present at them. It holds nothing that would be missed; every key
 * expires by itself.
 *
 * <p>Public: {@link io.clawlive.server.platform.redis.RedisAddress}, an address as an operator
 * gives it. The beans here exist only where one is given, and stand in for those in {@code
 * platform} and {@code platform.grpc}.
 *
 * <p>Start reading at {@link io.clawlive.server.platform.redis.Redis}.
 */
@NullMarked
package io.clawlive.server.platform.redis;

import org.jspecify.annotations.NullMarked;
