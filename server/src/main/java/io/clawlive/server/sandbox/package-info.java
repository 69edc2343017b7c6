/**
 * Sandboxes: containers that the server makes, watches, feeds and stops for agents.
 *
 * <p>Each part is a package of its own below this one.
 */
@NullMarked
package io.clawlive.server.sandbox;

import org.jspecify.annotations.NullMarked;
