/** What every noun stands on and no noun owns; each technology is a leaf of its own below here. */
@NullMarked
package io.clawlive.server.platform;

import org.jspecify.annotations.NullMarked;
