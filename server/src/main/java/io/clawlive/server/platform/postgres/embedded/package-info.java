/**
 * The PostgreSQL that the server brings along and runs on its own data directory.
 *
 * <p>Public: {@link io.clawlive.server.platform.postgres.embedded.EmbeddedPostgres} (start here),
 * {@link io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresSettings}, {@link
 * io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException}.
 *
 * <p>Holds for every data directory: one server at a time; a cluster appears there whole or not at
 * all and is never written over; what PostgreSQL confirmed is on the disk (fsync, synchronous
 * commit and full page writes are on); only the owner can read the password. PostgreSQL outlives a
 * killed server, and the next server takes it over.
 *
 * <pre>
 * data/server.lock              held by the running server
 * data/server.pid               which process that is
 * data/postgres/cluster         what PostgreSQL keeps
 * data/postgres/password        of the user clawlive
 * data/postgres/log, start.log  what PostgreSQL says, a few files of bounded size
 * data/postgres.new             a cluster in the making
 * data/postgres-runtime         the unpacked programs; may be deleted while nothing runs
 * </pre>
 *
 * <p>Plain Java without the application context, so that PostgreSQL starts while the rest of the
 * server still loads.
 */
@NullMarked
package io.clawlive.server.platform.postgres.embedded;

import org.jspecify.annotations.NullMarked;
