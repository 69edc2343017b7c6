/**
 * What the server counts and measures about itself. Every part that counts asks for the registry.
 */
@NullMarked
package io.clawlive.server.platform.observability;

import org.jspecify.annotations.NullMarked;
