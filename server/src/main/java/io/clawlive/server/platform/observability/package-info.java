/**
 * What the server counts and measures about itself, and whether it can work. Every part that counts
 * asks for the registry; every part that leans on something outside declares a {@link
 * io.clawlive.server.platform.observability.Health.Dependency}.
 *
 * <p>Public: {@link io.clawlive.server.platform.observability.Figures}, {@link
 * io.clawlive.server.platform.observability.Health}.
 */
@NullMarked
package io.clawlive.server.platform.observability;

import org.jspecify.annotations.NullMarked;
