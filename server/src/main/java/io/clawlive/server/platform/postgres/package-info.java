/**
 * PostgreSQL: where it is and how to reach it.
 *
 * <p>Public: {@link io.clawlive.server.platform.postgres.PostgresAddress}, an address with its
 * credential; {@link io.clawlive.server.platform.postgres.PostgresErrors}, what a failure means.
 */
@NullMarked
package io.clawlive.server.platform.postgres;

import org.jspecify.annotations.NullMarked;
