/**
 * What every noun stands on and no noun owns; each technology is a leaf of its own below here.
 *
 * <p>Public: {@link io.clawlive.server.platform.Leases}, who is there; the rest are small things
 * that explain themselves.
 */
@NullMarked
package io.clawlive.server.platform;

import org.jspecify.annotations.NullMarked;
