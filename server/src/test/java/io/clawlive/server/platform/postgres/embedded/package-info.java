/** Tests of the embedded PostgreSQL, each with real processes on directories of its own. */
@NullMarked
package io.clawlive.server.platform.postgres.embedded;

import org.jspecify.annotations.NullMarked;
