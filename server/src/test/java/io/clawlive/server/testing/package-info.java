/**
 * What the server's tests stand on: a real PostgreSQL, servers in this JVM, and callers that come
 * in through the front door.
 *
 * <p>Start reading at {@link io.clawlive.server.testing.TestServer}, then {@link
 * io.clawlive.server.testing.Worker}.
 */
@NullMarked
package io.clawlive.server.testing;

import org.jspecify.annotations.NullMarked;
