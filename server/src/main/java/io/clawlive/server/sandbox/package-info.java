/**
 * Sandbox control: agents run in containers that the server creates, watches, feeds, snapshots and
 * stops. Each part is a package of its own below this one.
 */
@NullMarked
package io.clawlive.server.sandbox;

import org.jspecify.annotations.NullMarked;
